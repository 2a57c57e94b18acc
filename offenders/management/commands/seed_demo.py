"""Fill an empty database with a synthetic force: `manage.py seed_demo --nominals 3000 --seed 1`."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from audit.context import acting_as
from offenders.demo.seeding import NotEmpty, seed_force
from offenders.services.imports import gather_statistics


class Command(BaseCommand):
    help = "Makes a synthetic force with believable people, none of them real. Refuses where there are nominals already."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how many, and which of the endlessly many forces."""
        parser.add_argument("--nominals", type=int, default=3000, help="how many people to make (10 to 3,000,000)")
        parser.add_argument("--seed", type=int, default=1, help="the same number makes the same people")
        parser.add_argument("--if-empty", action="store_true", help="do nothing, quietly, where there are nominals already")
        parser.add_argument("--yes-synthetic", action="store_true", help="also outside a demonstration; nobody made can sign in then")

    def handle(self, *, nominals: int, seed: int, if_empty: bool, yes_synthetic: bool, **options: Any) -> None:
        """Make the force, or say why not."""
        if not (settings.DEMO or yes_synthetic):
            raise CommandError(
                "This is not a demonstration (DEMO=true). To put synthetic people into it all the same, add --yes-synthetic."
            )
        if not 10 <= nominals <= 3_000_000:
            raise CommandError("Choose between 10 and 3,000,000 nominals.")
        try:
            with acting_as(None, channel="command"):
                seed_force(nominals=nominals, seed=seed, today=localdate(), report=self.stdout.write)
            gather_statistics()
        except NotEmpty as error:
            if not if_empty:
                raise CommandError(
                    "There are nominals already, and synthetic people must not be mixed with them. Use an empty database."
                ) from error
