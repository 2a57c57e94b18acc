"""What the safety tests need, subject by subject."""
from tests.safety.things import (
    actions,
    briefings,
    case_file,
    confidential,
    custody,
    documents,
    duplicates,
    flag_reviews,
    flags,
    information,
    intelligence,
    links,
    media,
    meetings,
    merging,
    messages,
    registration,
    releases,
    report_search,
    risk,
    sharing_decisions,
    tasking,
    travel,
    visits,
    weak_signals,
)

SUBJECTS = (
    actions, briefings, case_file, confidential, custody, documents, duplicates, flag_reviews, flags, information, intelligence, links,
    media, meetings, merging, messages, registration, releases, report_search, risk, sharing_decisions, tasking, travel, visits,
    weak_signals,
)  # fmt: skip
