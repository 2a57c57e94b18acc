"""Say where postcodes lie: `manage.py load_postcodes FILE.csv`, with the table of a national directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.errors import DomainError
from audit.choices import Channel
from audit.context import acting_as
from intelligence.services.postcodes import load_postcodes


class Command(BaseCommand):
    help = "Reads postcodes with metres east and north on the national grid, as the open directories of postcodes have them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say which file."""
        parser.add_argument("path", type=Path)

    def handle(self, *, path: Path, **options: Any) -> None:
        """Store them, or nothing when a line cannot be read."""
        try:
            with acting_as(None, channel=Channel.COMMAND), path.open(encoding="utf-8-sig", newline="") as lines:
                number = load_postcodes(actor=None, lines=lines)
        except (DomainError, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{number:,} postcodes stored.")
