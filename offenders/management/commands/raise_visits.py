"""Raise the visits that records lack: `manage.py raise_visits --date 2026-11-24`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate

from offenders.services.visits_due import raise_visits


class Command(BaseCommand):
    help = "Gives every record that lacks it the action that says when its next visit is due. Safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day on which levels and reactive management are looked at."""
        parser.add_argument("--date", type=date.fromisoformat, default=None, help="Today unless given, as 2026-11-24.")

    def handle(self, **options: Any) -> None:
        """Run the sweep and say what it did."""
        self.stdout.write(f"{raise_visits(actor=None, today=options['date'] or localdate()):,} visits raised or reckoned anew.")
