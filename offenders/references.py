"""References of nominals: generated, never typed, so that two can't collide and none tells anything."""
from django.db import connection


def next_references(count: int = 1) -> list[str]:
    """Return new references such as V-000417, from a database sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('offenders_reference') FROM generate_series(1, %s)", [count])
        return [f"V-{number:06}" for (number,) in cursor.fetchall()]
