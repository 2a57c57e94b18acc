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
    meetings,
    merging,
    messages,
    registration,
    report_search,
    requests,
    risk,
    tasking,
    travel,
    visits,
    weak_signals,
)

SUBJECTS = (
    actions, briefings, case_file, confidential, custody, documents, duplicates, flag_reviews, flags, information, intelligence, links,
    meetings, merging, messages, registration, report_search, requests, risk, tasking, travel, visits, weak_signals,
)  # fmt: skip
