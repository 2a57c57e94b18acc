"""Raise MAPPA reviews and minutes that are owed: `manage.py raise_reviews --date 2026-11-24`; running it again adds nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from audit.choices import Channel
from audit.context import acting_as
from offenders.services.levels import raise_reviews


class Command(BaseCommand):
    help = "Raises each MAPPA review, and the minutes of each meeting held, that nothing asks for yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say for which day."""
        parser.add_argument("--date", default="", help="the day to look from, like 2026-11-24; today unless given")

    def handle(self, *, date: str, **options: Any) -> None:
        """Do it in the foreground."""
        with acting_as(None, channel=Channel.COMMAND):
            number = raise_reviews(actor=None, today=day_of(date))
        self.stdout.write(f"{number} raised.")


def day_of(text: str) -> date:
    """Return the day that was asked for; CommandError for anything that is none."""
    try:
        return date.fromisoformat(text) if text else localdate()
    except ValueError as error:
        raise CommandError("Give the date like 2026-11-24.") from error
