"""Print how to sign in to the demonstration: `manage.py show_demo_logins`."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from offenders.demo.staff import LOGINS, PASSWORD


class Command(BaseCommand):
    help = "Lists one login for each role of the demonstration, with the password."

    def handle(self, **options: Any) -> None:
        """Print them; refuse outside a demonstration."""
        if not settings.DEMO:
            raise CommandError("This is not a demonstration (DEMO=true): there are no public logins.")
        self.stdout.write(f"The password of everybody is {PASSWORD}\n")
        for login in LOGINS:
            roles = " and ".join(str(role.label) for role in login.roles)
            self.stdout.write(f"  {login.username:26}{roles}: {login.what_for}")
