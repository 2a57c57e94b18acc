"""References of what sharing keeps: generated, so that none tells anything."""
from django.db import connection

DECISION, RELEASE, ENQUIRY = "sharing_decision_reference", "sharing_release_reference", "sharing_enquiry_reference"
REQUEST, NEWS = "sharing_request_reference", "sharing_news_reference"
PREFIX = {DECISION: "SD", RELEASE: "SR", ENQUIRY: "ME", REQUEST: "PR", NEWS: "PN"}


def next_reference(sequence: str) -> str:
    """Return a new reference such as SD-000417, from a sequence of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass)", [sequence])
        return f"{PREFIX[sequence]}-{cursor.fetchone()[0]:06}"
