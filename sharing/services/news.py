"""What agencies tell the police: stored word for word, looked at by a unit or the bureau, and closed with what was done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise, may
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import Organisation, User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services import Owner, complete_actions_about, raise_action, tell
from actions.services.occurrences import note_occurrence
from audit.choices import Verb
from audit.services import record_event
from intelligence.models import InformationReport
from intelligence.services.information import add_subject, save_report, start_report
from offenders.guards import require_unchanged
from offenders.guards.confidential import require_consent_dates
from offenders.models import InformationSource, Nominal
from sharing.choices.news import NewsKind
from sharing.guards.news import require_consent, require_move, require_words
from sharing.guards.requests import require_text
from sharing.models import PartnerNews
from sharing.references import NEWS, next_reference
from sharing.rules.news import State
from sharing.services.requests import release_of

KIND, LIST, BUREAU_LIST, CARD = "partner-news", "sharing:news-list", "sharing:intelligence-list", "offenders:card"
HAPPENINGS = {
    NewsKind.RELEASE: Happening.RELEASE, NewsKind.RECALL: Happening.RECALL, NewsKind.BREACH: Happening.BREACH,
    NewsKind.ADDRESS: Happening.ADDRESS_CHANGE,
}  # fmt: skip
CONSENT = "The agency keeps control of this: it may not go on without its consent."


@transaction.atomic
def give_news(*, actor: User, force: Organisation, kind: NewsKind, release_key: Any = None, **words: Any) -> PartnerNews:
    """Tell a force something as an agency. An event about what was shared goes to the unit that shared it."""
    authorise(actor, Perm.TELL_POLICE)
    release = release_of(actor, force, release_key)
    news = PartnerNews(force=force, agency=actor.organisation, kind=kind, given_by=actor, release=release, **words)
    require_words(news, actor.organisation, localdate())
    nominal = release.decision.nominal if release and kind != NewsKind.INTELLIGENCE else None
    news.unit = nominal.unit if nominal and nominal.force_id == force.pk else None
    news.reference = next_reference(NEWS)
    news.save()
    record_event(Verb.CREATED, news, act="News of an agency", kind=str(kind))
    start_clock(actor, news, nominal)
    if nominal:
        name_record(actor, news, nominal)
    return news


def start_clock(actor: User, news: PartnerNews, nominal: Nominal | None) -> None:
    """Raise what must be done: by the bureau with intelligence, by the unit or the supervisors of the force with an event."""
    is_bureau = news.kind == NewsKind.INTELLIGENCE
    owner = Owner(role=Role.INTELLIGENCE) if is_bureau else Owner(unit=news.unit) if news.unit else Owner(role=Role.SUPERVISOR)
    raise_action(
        actor=actor, kind=KIND, title=gettext_noop("News of an agency waits"), owner=owner, force=news.force, unit=news.unit,
        nominal=nominal, subject=news, route=BUREAU_LIST if is_bureau else LIST, rule=KIND, key=f"{KIND}-{news.pk}", is_private=is_bureau,
    )  # fmt: skip


def name_record(actor: User, news: PartnerNews, nominal: Nominal) -> None:
    """Store which record it is about; the offender manager is told, and flags on such events hear of it."""
    news.nominal, news.version = nominal, news.version + 1
    news.save(update_fields=["nominal", "version"])
    record_event(Verb.CHANGED, news, act="Record of news found")
    tell(
        actor=actor,
        people=[nominal.offender_manager],
        text=gettext_noop("An agency gave news about a record of yours"),
        nominal=nominal.pk,
        route=CARD,
    )
    if happening := HAPPENINGS.get(NewsKind(news.kind)):
        note_occurrence(actor=actor, kind=happening, nominal=nominal, subject=news, route=CARD, key=f"news-{news.pk}-{nominal.pk}")


def hold(actor: User, news: PartnerNews, perm: Perm, version: int | None) -> PartnerNews:
    """Hold news that the actor reads with this permission until the transaction ends."""
    rows = PartnerNews.objects.for_user(actor, perm).select_for_update(of=("self",))
    locked: PartnerNews | None = rows.select_related("force", "agency", "release__decision__nominal").filter(pk=news.pk).first()
    if locked is None:
        raise NotPermitted(perm)
    require_unchanged(locked, version)
    return locked


def move(news: PartnerNews, after: State, **values: Any) -> None:
    """Store the next state with what belongs to it, and say so in the trail without a word of it."""
    require_move(news, after)
    before = news.state
    for name, value in values.items():
        setattr(news, name, value)
    news.state, news.version = after.value, news.version + 1
    news.save(update_fields=[*values, "state", "version"])
    record_event(Verb.CHANGED, news, act="News moved", before=before, after=after.value)


@transaction.atomic
def take_news(*, actor: User, news: PartnerNews, version: int | None = None) -> PartnerNews:
    """Take an event for one's unit; other units no longer see it."""
    locked = hold(actor, news, Perm.ANSWER_REQUEST, version)
    move(locked, State.TAKEN, unit=actor.unit, taken_by=actor)
    return locked


@transaction.atomic
def link_news(*, actor: User, news: PartnerNews, nominal: Nominal, version: int) -> PartnerNews:
    """Say which record an event is about."""
    locked = hold(actor, news, Perm.ANSWER_REQUEST, version)
    if locked.state != State.TAKEN:
        raise DomainError("Take it first.")
    authorise(actor, Perm.VIEW_MARKER, nominal)
    name_record(actor, locked, nominal)
    return locked


@transaction.atomic
def close_news(*, actor: User, news: PartnerNews, outcome: str, version: int, perm: Perm = Perm.ANSWER_REQUEST) -> PartnerNews:
    """Say what was done about it; nothing waits any more."""
    locked = hold(actor, news, perm, version)
    require_text(outcome, gettext_noop("Say what was done."), "outcome")
    finish(actor, locked, outcome.strip())
    return locked


def finish(actor: User, news: PartnerNews, outcome: str, **values: Any) -> None:
    """Store the end."""
    move(news, State.CLOSED, outcome=outcome, closed_by=actor, closed_at=now(), **values)
    complete_actions_about(actor=actor, subject=news, kind=KIND, outcome="Dealt with")


@transaction.atomic
def turn_into_report(*, actor: User, news: PartnerNews, version: int) -> InformationReport:
    """Open a draft of the bureau's own with the agency's words, day and source; what the agency keeps control of says so at the top.

    Whoever opens it finishes it; somebody else of the bureau evaluates it.
    """
    locked = hold(actor, news, Perm.VIEW_REPORT, version)
    authorise(actor, Perm.EVALUATE_REPORT)
    require_move(locked, State.CLOSED)
    report = start_report(actor=actor)
    save_report(
        actor=actor, report=report, original=words_for_report(locked), seen_on=locked.happened_on,
        source=source_of(locked.agency.kind, localdate()), prison=locked.agency.name if locked.agency.kind == "prison" else "",
        prison_officer=locked.given_for if locked.agency.kind == "prison" else "",
        prison_handling=CONSENT if locked.agency.kind == "prison" and locked.needs_consent else "",
    )  # fmt: skip
    nominal = locked.release.decision.nominal if locked.release else None
    if nominal and may(actor, Perm.VIEW_MARKER, nominal):
        add_subject(actor=actor, report=report, nominal=nominal)
    else:
        words = ", ".join(filter(None, (locked.subject_birth, locked.subject_number)))
        add_subject(actor=actor, report=report, called=locked.subject_name[:100] or f"The person of {locked.release}", words=words)
    finish(actor, locked, f"Became the report {report.reference}", report=report)
    return report


@transaction.atomic
def record_consent(
    *, actor: User, news: PartnerNews, version: int, consent: str, asked_on: date | None, answered_on: date | None, consent_words: str
) -> PartnerNews:
    """Keep whether the agency lets its intelligence go on; until it does, no decision to share can hold the report that came of it."""
    locked = hold(actor, news, Perm.VIEW_REPORT, version)
    authorise(actor, Perm.EVALUATE_REPORT)
    require_consent(locked, consent, consent_words)
    require_consent_dates(consent, asked_on, answered_on, localdate())
    locked.consent, locked.asked_on, locked.answered_on, locked.consent_words = consent, asked_on, answered_on, consent_words.strip()
    locked.version += 1
    locked.save(update_fields=["consent", "asked_on", "answered_on", "consent_words", "version"])
    record_event(Verb.CHANGED, locked, act="Consent of an agency", consent=consent)
    return locked


def words_for_report(news: PartnerNews) -> str:
    """Return the agency's words with where they came from, and how it said that it knows."""
    parts = [f"Given by {news.agency.name} as {news.reference}.", CONSENT if news.needs_consent else "", news.text]
    return "\n\n".join(filter(None, [*parts, f"How the agency knows: {news.how_known}" if news.how_known else ""]))


def source_of(kind: str, today: date) -> InformationSource | None:
    """Return the entry of the register of sources for a kind of agency; the one for all others where it has none."""
    codes = [kind.replace("_", "-"), "other"]
    found = {source.code: source for source in InformationSource.objects.on(today).filter(code__in=codes)}
    return found.get(codes[0]) or found.get(codes[1])
