"""`manage.py escalate_actions`: remind and escalate as of the end of a day, as the worker does through the day."""

from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import now

from actions.rules import end_of
from actions.services.reminding import escalate_actions, remind_owners
from audit.choices import Channel
from audit.context import acting_as


class Command(BaseCommand):
    """Remind owners of what is due soon, and tell the next ranks of what is late."""

    help = "Remind and escalate now, or as of the end of a day. Safe to run at any time, and twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the day."""
        parser.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the end of this day instead of now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind first, so that what is late already is not reminded of as well."""
        moment: datetime = end_of(options["date"]) if options["date"] else now()
        with acting_as(None, Channel.COMMAND):
            reminded, up = remind_owners(actor=None, now=moment), escalate_actions(actor=None, now=moment)
        self.stdout.write(f"{reminded} reminders, {up} overdue actions went up.")
