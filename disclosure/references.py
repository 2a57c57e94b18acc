"""References of what disclosure keeps: generated, so that none tells anything."""

from django.db import connection

APPLICATION, SUBJECT_REQUEST = "disclosure_application_reference", "disclosure_subject_request_reference"
FREEDOM_REQUEST, PROSECUTION = "disclosure_freedom_request_reference", "disclosure_prosecution_reference"
PREFIX = {APPLICATION: "DA", SUBJECT_REQUEST: "SA", FREEDOM_REQUEST: "FI", PROSECUTION: "CP"}


def next_reference(sequence: str) -> str:
    """Return a new reference such as DA-000417, from a sequence of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [sequence])
        return f"{PREFIX[sequence]}-{cursor.fetchone()[0]:06}"
