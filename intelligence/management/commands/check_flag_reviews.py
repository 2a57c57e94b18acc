"""Raise reviews of flags that are due: `manage.py check_flag_reviews [--date YYYY-MM-DD]`; safe to run again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate

from audit.choices import Channel
from audit.context import acting_as
from intelligence.services.flag_reviews import check_flag_reviews


class Command(BaseCommand):
    help = "Raises one review and one action for each record with a flag that is due."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say for which day."""
        parser.add_argument("--date", type=date.fromisoformat, help="as it is on this day; today unless given")

    def handle(self, *, date: date | None, **options: Any) -> None:
        """Do it and say how many."""
        with acting_as(None, channel=Channel.COMMAND):
            raised = check_flag_reviews(actor=None, on=date or localdate())
        self.stdout.write(f"{raised} reviews of flags raised.")
