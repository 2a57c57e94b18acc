"""Back everything up: `manage.py make_backup FOLDER`; see docs/operations.md, Backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.errors import DomainError
from audit.choices import Channel
from audit.context import acting_as
from governance.services.backup import make_backup
from governance.services.jobs import note_run


class Command(BaseCommand):
    help = "Writes database, files and keys into a new folder, sealed. The service may go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say where to, and whether keys may stay behind."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--without-keys", action="store_true", help="leave the keys out, when they are kept safe elsewhere")

    def handle(self, *, folder: Path, without_keys: bool, **options: Any) -> None:
        """Do it and say what the backup holds."""
        if not settings.BACKUP_PASSPHRASE and not without_keys:
            raise CommandError(
                "BACKUP_PASSPHRASE is not set, so the keys cannot go along, and without them nobody can use the backup elsewhere. "
                "Set it, or say --without-keys when the keys are kept safe elsewhere."
            )
        passphrase = "" if without_keys else settings.BACKUP_PASSPHRASE
        with acting_as(None, channel=Channel.COMMAND), note_run(actor=None, name="backup"):
            try:
                made = make_backup(actor=None, folder=folder, address=settings.DATABASE_BACKUP_URL, passphrase=passphrase, say=self.say)
            except DomainError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"Backed up {made.rows:,} rows of {len(made.tables)} tables and {made.files:,} files to {folder}, "
            f"{'with' if made.has_keys else 'without'} the keys. It holds personal data: encrypt it and keep it away from this host."
        )

    def say(self, words: str) -> None:
        """Show how far it is."""
        self.stdout.write(words)
        self.stdout.flush()
