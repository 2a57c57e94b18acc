"""Dispose again of what a restored backup brought back. Run as the owner of the tables, before the service opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.services.disposal_files import finish_disposals
from governance.services.reapplying import reapply_disposals


class Command(BaseCommand):
    """Reads the list of disposals and applies each again."""

    help = "After an older backup was restored: dispose again of every record on the list of disposals."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the list."""
        parser.add_argument("file", type=Path, help="The list of disposals (DISPOSAL_LIST_FILE).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply it, remove files, and say what was done; a record that had to be left is an error."""
        try:
            lines = options["file"].read_text(encoding="utf-8").splitlines()
            result = reapply_disposals(actor=None, lines=lines)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        finish_disposals(actor=None)
        self.stdout.write(f"Disposed of again: {result.done}. Not there: {result.nothing}.")
        if result.left:
            raise CommandError("Left as they are:\n" + "\n".join(result.left))
