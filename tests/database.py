"""The database that each worker of the tests gets a copy of, so that the migrations run once."""

from __future__ import annotations

from typing import Any

import django
from django.db import connection

from config import env

NAME = "vigil_for_tests"


def parts_of_trail(cursor: Any) -> list[str]:
    """Return the tables in which the entries of the trail stand, by months."""
    cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'audit_event'::regclass ORDER BY 1")
    return [name for (name,) in cursor.fetchall()]


def make_database() -> None:
    """Make it anew, as its owner."""
    connection.settings_dict.update({key: value for key, value in env.database("DATABASE_OWNER_URL").items() if key != "NAME"})
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.close()


if __name__ == "__main__":
    django.setup()
    make_database()
