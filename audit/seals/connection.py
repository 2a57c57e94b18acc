"""The one place that connects as the role which reads the log and seals it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@contextmanager
def as_audit_role(*, steady: bool = False) -> Iterator[Any]:
    """Open one transaction as vigil_audit; a steady one sees the log as it stood at its beginning, however long it reads."""
    if not settings.DATABASE_AUDIT_URL:
        raise ImproperlyConfigured("DATABASE_AUDIT_URL is not set: the log cannot be sealed or verified. See docs/operations.md.")
    with closing(psycopg2.connect(settings.DATABASE_AUDIT_URL)) as connection:
        if steady:
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection:
            yield connection
