"""What the safety tests need, subject by subject."""
from tests.safety.things import (
    actions,
    briefings,
    case_file,
    confidential,
    custody,
    documents,
    flags,
    intelligence,
    meetings,
    registration,
    risk,
    visits,
)

SUBJECTS = (actions, briefings, case_file, confidential, custody, documents, flags, intelligence, meetings, registration, risk, visits)
