"""Verify the log: `manage.py verify_audit [--since DATE] [--anchor FILE] [--row event:123]`; status 1 where it is not whole."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import make_aware

from audit.seals.rows import LOGS
from audit.seals.verifying import Outcome, prove_row, verify_trail

SECONDS_BETWEEN = 2.0


class Command(BaseCommand):
    help = "Reads the log beside its seals and the anchor outside, and names the first place that is not as it was sealed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what to read."""
        parser.add_argument("--since", type=date.fromisoformat, help="read only entries sealed from this day on; seals are always read")
        parser.add_argument("--anchor", type=Path, help="the file outside; unless given, that of AUDIT_ANCHOR_FILE where there is one")
        parser.add_argument("--row", help=f"prove one entry: {', '.join(f'{log.name}:NUMBER' for log in LOGS)}")

    def handle(self, *, since: date | None, anchor: Path | None, row: str | None, **options: Any) -> None:
        """Do it, say how far it is, and what was found."""
        if row:
            self.prove(row)
            return
        usual = Path(settings.AUDIT_ANCHOR_FILE) if settings.AUDIT_ANCHOR_FILE else None
        anchor = anchor or (usual if usual and usual.exists() else None)
        moment = make_aware(datetime.combine(since, time.min)) if since else None
        self.told_at = monotonic()
        outcome = verify_trail(since=moment, anchor=anchor, report=self.report)
        self.say(outcome)
        if outcome.finding:
            raise CommandError(f"The log is not whole. First bad place: {outcome.finding}.")
        self.stdout.write("The log is whole." if anchor else "The log is whole. No anchor was given: a cut at the end would not show.")

    def report(self, outcome: Outcome) -> None:
        """Print how far it is, now and then."""
        if monotonic() - self.told_at >= SECONDS_BETWEEN:
            self.told_at = monotonic()
            self.stdout.write(f"{outcome.seals:,} of {outcome.total:,} seals, {outcome.rows:,} entries.")

    def say(self, outcome: Outcome) -> None:
        """Print what was read."""
        self.stdout.write(f"{outcome.seals:,} seals and {outcome.rows:,} entries verified, {outcome.erased:,} of them erased.")
        self.stdout.write(f"{outcome.waiting:,} entries wait for their seal. Hash of the last seal: {outcome.head or 'none'}.")
        if outcome.anchored_to:
            self.stdout.write(f"The anchor says the same up to seal {outcome.anchored_to}.")

    def prove(self, asked: str) -> None:
        """Print the path from one entry to the root of its seal, and whether it holds."""
        log, _, number = asked.partition(":")
        if log not in {each.name for each in LOGS} or not number.isdigit():
            raise CommandError("Name the entry as event:123, entry:123 or erasure:123.")
        proof = prove_row(log=log, row=int(number))
        if proof is None:
            raise CommandError(f"{log} {number} is not sealed, or is not there.")
        self.stdout.write(f"Seal {proof.link.number}, hash of the entry {proof.leaf.hex()}")
        for side, neighbour in proof.path:
            self.stdout.write(f"  {side:5} {neighbour.hex()}")
        self.stdout.write(f"leads to {proof.climbed.hex()}\nroot     {proof.link.root.hex()}")
        if proof.finding:
            raise CommandError(f"It does not hold: {proof.finding}.")
        self.stdout.write("It holds.")
