"""What must hold before news of an agency is stored or moves on."""

from __future__ import annotations

from datetime import date

from accounts.choices import OrganisationKind
from accounts.errors import DomainError
from accounts.models import Organisation
from offenders.choices.confidential import Consent
from sharing.choices.news import EVENTS, NewsKind
from sharing.guards.requests import MEANWHILE
from sharing.models import PartnerNews
from sharing.rules.news import State, may_move

TELL_OF_EVENTS = frozenset({OrganisationKind.PROBATION, OrganisationKind.PRISON})


def require_move(news: PartnerNews, after: State) -> None:
    """The table of moves brings it there."""
    if not may_move(State(news.state), after):
        raise DomainError(MEANWHILE)


def require_words(news: PartnerNews, agency: Organisation, today: date) -> None:
    """News says of whom, what and when; events come from probation and prison."""
    if news.kind not in NewsKind.values:
        raise DomainError("Choose what kind of news it is.", field="kind")
    if news.kind in EVENTS and agency.kind not in TELL_OF_EVENTS:
        raise DomainError("Events come from probation and prison only.", field="kind")
    if not news.text.strip():
        raise DomainError("Say what happened.", field="text")
    if not news.subject_name.strip() and news.release is None:
        raise DomainError("Say of whom: a name, or the key of what was shared with you.", field="subject_name")
    if news.happened_on > today:
        raise DomainError("Enter today or an earlier day.", field="happened_on")


def require_consent(news: PartnerNews, consent: str, words: str) -> None:
    """The agency keeps control of it, and whoever answered is named."""
    if not news.needs_consent:
        raise DomainError("The agency did not keep control of this: it needs no consent.")
    if consent not in Consent.values:
        raise DomainError("Choose what came of it.", field="consent")
    if consent in {Consent.GIVEN, Consent.REFUSED} and not words.strip():
        raise DomainError("Say who at the agency answered.", field="consent_words")
