"""Encrypt anew what earlier keys encrypted, so that they can leave SECRET_KEY_FALLBACKS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.choices import Channel
from audit.context import acting_as
from governance.services.renewing import renew_secrets


class Command(BaseCommand):
    """Renews seeds of authenticator apps and secrets of webhooks."""

    help = "After a change of SECRET_KEY: encrypt seeds of authenticator apps and secrets of webhooks under the new key."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; what no key opens is an error."""
        with acting_as(None, channel=Channel.COMMAND):
            done, lost = renew_secrets(actor=None)
        self.stdout.write(f"Encrypted under the present key: {done}.")
        if lost:
            raise CommandError(f"No key of the settings opens {lost}. Add the key of then, or set them up anew.")
