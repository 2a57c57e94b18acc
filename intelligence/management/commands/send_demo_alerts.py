"""Drop invented reports from the border into the demonstration's folder: `manage.py send_demo_alerts --count 3`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from intelligence.services.demo_alerts import drop_demo_alert


class Command(BaseCommand):
    help = "Writes invented reports about people of the synthetic force; beat takes them within a minute. In a demonstration only."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how many."""
        parser.add_argument("--count", type=int, default=1)

    def handle(self, *, count: int, **options: Any) -> None:
        """Write them, or say why not."""
        if not settings.DEMO:
            raise CommandError("This is not a demonstration (DEMO=true). Invented reports must not be mixed with real ones.")
        for _ in range(count):
            path = drop_demo_alert(actor=None)
            if path is None:
                raise CommandError("Enough for today, too many wait unread, or there is no synthetic force yet.")
            self.stdout.write(str(path))
