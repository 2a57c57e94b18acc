"""Bring reports from the border in by hand: `manage.py ingest_travel PATH [--source CODE]`; see docs/travel-alerts.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.choices import Channel
from audit.context import acting_as
from intelligence.choices.travel import AlertState, Door, MessageState
from intelligence.models import AlertRepeat, AlertSource, RawMessage, TravelAlert
from intelligence.services.folders import take_file
from intelligence.services.reading import read_message


class Command(BaseCommand):
    help = "Stores a file, or each file of a folder, reads it now and says what came of it. Files stay where they are."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say which files, and as coming from where."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--source", help="code of the source; needed where there is more than one folder")

    def handle(self, *, path: Path, source: str | None, **options: Any) -> None:
        """Do it in the foreground; status 1 when anything could not be read."""
        where = self.find_source(source)
        if not path.exists():
            raise CommandError(f"There is nothing at {path}.")
        with acting_as(None, channel=Channel.COMMAND):
            states = [self.ingest(each, where) for each in files_below(path)]
        if not states:
            raise CommandError("The folder holds no file.")
        if failed := sum(state != MessageState.READ for state in states):
            raise CommandError(f"{failed} of {len(states)} files could not be read.")

    def find_source(self, code: str | None) -> AlertSource:
        """Return the source that is meant."""
        sources = AlertSource.objects.filter(is_active=True).select_related("force", "unit")
        found = list(sources.filter(code=code) if code else sources.filter(door=Door.FOLDER))
        if len(found) == 1:
            return found[0]
        known = ", ".join(sources.order_by("code").values_list("code", flat=True)) or "none"
        raise CommandError(f"Name one source with --source. In use: {known}.")

    def ingest(self, path: Path, source: AlertSource) -> str:
        """Store and read one file, and say what came of it."""
        try:
            message, is_new = take_file(actor=None, source=source, path=path)
        except OSError as error:
            self.stderr.write(f"{path.name}: cannot be opened: {error.strerror}.")
            return MessageState.REJECTED
        while read_message(actor=None, message_id=message.pk):
            self.stdout.write(f"{path.name}: {RawMessage.objects.values_list('lines_read', flat=True).get(pk=message.pk):,} lines so far.")
        message = RawMessage.objects.defer("content").get(pk=message.pk)
        alerts = TravelAlert.objects.filter(message=message)
        count, refused = alerts.count(), alerts.filter(state=AlertState.REJECTED).count()
        repeats = AlertRepeat.objects.filter(message=message).count()
        words = message.get_state_display().lower() + ("" if is_new else f", seen {message.times_seen} times")
        self.stdout.write(f"{path.name}: {words}; {count - refused:,} new, {repeats:,} repeats, {refused:,} refused.")
        for line, problem in alerts.filter(state=AlertState.REJECTED).order_by("line").values_list("line", "problem")[:20]:
            self.stderr.write(f"{path.name}, line {line}: {problem}")
        return message.state


def files_below(path: Path) -> Iterator[Path]:
    """Yield a file, or the ordinary files of a folder by name."""
    if path.is_dir():
        yield from sorted(each for each in path.iterdir() if each.is_file() and not each.is_symlink() and not each.name.startswith("."))
    else:
        yield path
