"""Test every route that flags in use take: `manage.py send_canaries`; the page “Connections” shows what arrived."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from audit.choices import Channel
from audit.context import acting_as
from intelligence.services.flag_canaries import send_canaries


class Command(BaseCommand):
    help = "Sends a test, of no record, on each route that flags in use take."

    def handle(self, **options: Any) -> None:
        """Do it and say how many."""
        with acting_as(None, channel=Channel.COMMAND):
            sent = send_canaries(actor=None, now=now())
        self.stdout.write(f"{sent} routes of flags are being tested.")
