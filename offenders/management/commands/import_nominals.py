"""Bring a file of nominals into a force: `manage.py import_nominals FILE --force CODE --unit NAME`; see docs/import-format.md."""
from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.errors import DomainError, NotPermitted
from accounts.models import Unit, User
from audit.choices import Channel
from audit.context import acting_as
from offenders.models import Import
from offenders.services.imports import cancel_import, run_import, start_import


class Command(BaseCommand):
    help = "Checks a .csv or .jsonl file and stores all its records, or none and says what is wrong on which line."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say which file, and where its records go."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", required=True, help="code of the force that owns the records")
        parser.add_argument("--unit", required=True, help="name of the unit that new records go to")
        parser.add_argument("--user", help="username of the person on whose behalf, and with whose rights; without it the operator's")
        parser.add_argument("--dry-run", action="store_true", help="check only, store nothing")

    def handle(self, *, file: Path, force: str, unit: str, user: str | None, dry_run: bool, **options: Any) -> None:
        """Do it in the foreground."""
        where = Unit.objects.filter(organisation__code=force, name=unit).first()
        if where is None:
            raise CommandError(f"There is no unit “{unit}” in a force with the code “{force}”.")
        actor = User.objects.filter(username=user).first()
        if user and actor is None:
            raise CommandError(f"There is no user “{user}”.")
        with acting_as(actor, channel=Channel.COMMAND):
            self.say(self.run(file, actor, where, dry_run))

    def run(self, path: Path, actor: User | None, unit: Unit, dry_run: bool) -> Import:
        """Hand the file in and wait for the end."""
        try:
            with path.open("rb") as opened:
                handed_in = start_import(
                    actor=actor, file=File(opened, name=path.name), unit=unit, is_dry_run=dry_run, is_left_to_worker=False
                )
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except NotPermitted as error:
            raise CommandError("This user may not import records. Name a supervisor whose training and vetting count.") from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        try:
            run_import(import_id=handed_in.pk, report=lambda rows: self.stdout.write(f"{rows:,} records checked."))
        except KeyboardInterrupt:
            cancel_import(imported=handed_in)
        return Import.objects.get(pk=handed_in.pk)

    def say(self, imported: Import) -> None:
        """Print the outcome; a refusal is an error."""
        if imported.state == Import.State.REFUSED:
            for error in imported.errors:
                place = f"Line {error['line']}" + (f", {error['column']}" if error["column"] else "") + ": " if error["line"] else ""
                self.stderr.write(f"{place}{error['reason']}")
            raise CommandError("Nothing was stored.")
        for held in imported.held:
            self.stdout.write(f"Line {held['line']}: {held['reason']}." if held["line"] else held["reason"])
        counts = f"{imported.created_count:,} new, {imported.updated_count:,} changed, {imported.unchanged_count:,} unchanged"
        self.stdout.write(f"{'Checked, nothing stored' if imported.is_dry_run else 'Stored'}: {counts}.")
