"""The log of these tests is sealed on their own connection, so that each takes its rows back."""

import pytest
from django.db import connection

from audit.seals.checking import Progress
from tests.audit.making_seals import on_this_connection


@pytest.fixture
def sealing(monkeypatch):
    """Seal and verify what the test has not committed."""
    for module in ("sealing", "verifying"):
        monkeypatch.setattr(f"audit.seals.{module}.as_audit_role", on_this_connection)
    tell = Progress.__call__

    def tell_as_application(progress, outcome):
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE vigil_app")
            tell(progress, outcome)
            cursor.execute("SET ROLE vigil_audit")

    monkeypatch.setattr(Progress, "__call__", tell_as_application)
