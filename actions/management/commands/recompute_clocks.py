"""`manage.py recompute_clocks`: reckon open clocks anew, as the worker does every hour and after each change of a rule."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import localdate

from accounts.choices import Nation
from actions.services.recomputing import recompute_clocks
from audit.choices import Channel
from audit.context import acting_as


class Command(BaseCommand):
    """Reckon open clocks anew and tell the owners of those that moved."""

    help = "Reckon open clocks anew, all or those of one rule or nation. Safe to run at any time, and twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask which clocks."""
        parser.add_argument("--rule", default="", metavar="CODE", help="only clocks of this rule, such as 'visit-high'")
        parser.add_argument("--nation", default="", choices=["", *Nation.values], help="only clocks of forces in this nation")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reckon."""
        with acting_as(None, Channel.COMMAND):
            moved = recompute_clocks(actor=None, today=localdate(), code=options["rule"], nation=options["nation"])
        self.stdout.write(f"{moved} dates moved.")
