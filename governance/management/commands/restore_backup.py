"""Bring a backup back: `manage.py restore_backup FOLDER [--adopt KEYS]`; see docs/operations.md, Restore."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.errors import DomainError
from audit.choices import Channel
from audit.context import acting_as
from governance.services.restoring import restore_backup

VERIFY, DISPOSE_AGAIN = "verify_audit", "reapply_disposals"


class Command(BaseCommand):
    help = "Restores a backup into an empty database and an empty folder of files, and compares every row and file."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Say which backup, and whether it takes the place of an installation that is gone."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--adopt", type=Path, metavar="KEYS", help="take over a backup of another installation; its keys go here")

    def handle(self, *, folder: Path, adopt: Path | None, **options: Any) -> None:
        """Do it, check the trail, dispose again of what was disposed of since."""
        addresses = {"owner": settings.DATABASE_OWNER_URL, "reader": settings.DATABASE_BACKUP_URL}
        with acting_as(None, channel=Channel.COMMAND):
            try:
                made = restore_backup(
                    actor=None, folder=folder, adopt=adopt, passphrase=settings.BACKUP_PASSPHRASE, say=self.say, **addresses
                )
            except DomainError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"Restored {made.rows:,} rows and {made.files:,} files as of {made.made_at}; all equal to the backup.")
        if adopt:
            self.stdout.write(f"The keys are in {adopt}. Start with SECRET_KEY_FILE (and the others) pointing there, then look after them.")
        self.follow_up(VERIFY, keys=adopt)
        self.dispose_again(adopt)

    def dispose_again(self, keys: Path | None) -> None:
        """Have what is on the list of disposals go again, as the owner of the tables; say so where there is no list here."""
        listed = settings.DISPOSAL_LIST_FILE
        if listed.exists():
            self.follow_up(DISPOSE_AGAIN, str(listed), keys=keys, DATABASE_URL=settings.DATABASE_OWNER_URL)
        else:
            self.say(f"No list of disposals is at {listed}. If there is one elsewhere, run {DISPOSE_AGAIN} with it before people come in.")

    def follow_up(self, name: str, *arguments: str, keys: Path | None, **changed: str) -> None:
        """Run another command, under the adopted keys; say what to do when it finds something."""
        self.say(f"Running {name}.")
        given = {variable: value for variable, value in os.environ.items() if variable.removesuffix("_FILE") not in changed}
        adopted = {f"{path.name.upper()}_FILE": str(path) for path in (keys.iterdir() if keys else ())}
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), name, *arguments]
        done = subprocess.run(command, env=given | adopted | changed, check=False)
        if done.returncode:
            raise CommandError(f"Everything was restored, but {name} found something; it stands above. Clear it up before people come in.")

    def say(self, words: str) -> None:
        """Show how far it is."""
        self.stdout.write(words)
        self.stdout.flush()
