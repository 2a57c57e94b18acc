"""Bare SQL: the statements that a piece of the service sends, sent again by the driver alone."""
from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements_of(act: Callable[[], object]) -> list[str]:
    """Return the statements of an act, values filled in."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured.captured_queries]


def replay(statements: list[str]) -> None:
    """Send them and fetch every row, without models, templates or rules."""
    with connection.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            if cursor.description:
                cursor.fetchall()
