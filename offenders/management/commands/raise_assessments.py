"""Ask for the risk assessments that records lack: `manage.py raise_assessments [--date YYYY-MM-DD]`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate

from audit.choices import Channel
from audit.context import acting_as
from offenders.services.assessment_dues import raise_missing_assessments
from offenders.services.plan_actions import raise_missing_turns


class Command(BaseCommand):
    help = "Asks for the risk assessments, and the turns of plan actions, that nobody is asked for. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day for which it is run."""
        parser.add_argument("--date", type=date.fromisoformat, default=None, help="the day to reckon for, today unless given")

    def handle(self, *, date: date | None, **options: Any) -> None:
        """Do it and say how many."""
        today = date or localdate()
        with acting_as(None, channel=Channel.COMMAND):
            assessments = raise_missing_assessments(actor=None, today=today)
            turns = raise_missing_turns(actor=None, today=today)
        self.stdout.write(f"{assessments:,} assessments and {turns:,} plan actions raised.")
