"""Raise the annual notifications that records lack: `manage.py raise_duties [--date 2026-11-24]`; safe to run again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate

from audit.choices import Channel
from audit.context import acting_as
from offenders.services.duties import raise_duties


class Command(BaseCommand):
    help = "Raises annual notifications that records lack and ends what is due after registration is over."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say for which day."""
        parser.add_argument("--date", type=date.fromisoformat, help="as it is on this day; today unless given")

    def handle(self, *, date: date | None, **options: Any) -> None:
        """Do it and say how many."""
        with acting_as(None, channel=Channel.COMMAND):
            raised, ended = raise_duties(actor=None, today=date or localdate())
        self.stdout.write(f"{raised} annual notifications raised, {ended} ended.")
