"""Say how the system does: `manage.py check_health`, for a host without Prometheus; see docs/operations.md, Health."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audit.health import State
from governance.reports.health import findings, worst_of


class Command(BaseCommand):
    help = "Looks at everything that the page Health shows; ends with status 1 when something is bad."

    def handle(self, **options: Any) -> None:
        """Show each finding, with what to do where it is not good."""
        self.stdout.write(f"Vigil {settings.VERSION}")
        found = findings()
        for finding in found:
            reading = finding.reading
            advice = "" if reading.state == State.GOOD else f" {finding.check.what_to_do}"
            self.stdout.write(f"{reading.state.label}: {finding.check.name}. {reading.figure}.{advice}")
        if worst_of(found) == State.BAD:
            raise CommandError("Something is bad; see docs/operations.md, Runbook.")
