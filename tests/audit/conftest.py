"""The log of these tests is sealed on their own connection, so that each takes its rows back."""

import pytest

from tests.audit.making_seals import on_this_connection


@pytest.fixture
def sealing(monkeypatch):
    """Seal and verify what the test has not committed."""
    for module in ("sealing", "verifying"):
        monkeypatch.setattr(f"audit.seals.{module}.as_audit_role", on_this_connection)
