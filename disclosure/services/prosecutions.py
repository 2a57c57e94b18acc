"""Prosecutions: opened, charged, handed to others, reviewed again and again, finished."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import make_aware, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError, NotPermitted
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.prosecutions import Outcome, ReviewKind, ScheduleKind
from disclosure.guards.needs import require_nothing_missing
from disclosure.guards.prosecutions import (
    require_charged,
    require_past,
    require_running,
    require_team,
    require_whole,
    require_words,
)
from disclosure.models import LineOfEnquiry, Prosecution, UnusedReview
from disclosure.references import PROSECUTION, next_reference
from disclosure.reports.prosecutions import LINE, REVIEW_CLOCK, SCHEDULE_CLOCK, all_facts
from disclosure.rules.prosecutions import left_to_finish, missing
from offenders.guards import require_unchanged
from offenders.models import Nominal

LIST = "disclosure:prosecution-list"
TITLES = {
    SCHEDULE_CLOCK: gettext_noop("Schedules of unused material are due"),
    REVIEW_CLOCK: gettext_noop("Unused material must be reviewed again"),
}
ENDED_EARLY = {Outcome.DISCONTINUED, Outcome.STOPPED}


def hold_prosecution(actor: User, prosecution: Prosecution, version: int | None = None, *, whole: bool = False) -> Prosecution:
    """Hold a prosecution that runs and on which the actor works until the transaction ends; `whole`: the actor sees all of its material."""
    authorise(actor, Perm.SCHEDULE_MATERIAL, prosecution)
    rows = Prosecution.objects.select_for_update(of=("self",)).select_related("force", "unit", "nominal__unit", "disclosure_officer__unit")
    locked = rows.filter(pk=prosecution.pk).first()
    if locked is None:  # given to others while this page was open
        raise NotPermitted(Perm.SCHEDULE_MATERIAL)
    require_unchanged(locked, version)
    require_running(locked)
    if whole:
        require_whole(actor, locked)
    return locked


def touch(prosecution: Prosecution, *fields: str) -> None:
    """Store fields of a prosecution that is held, and count the change."""
    prosecution.version += 1
    prosecution.save(update_fields=[*fields, "version"])


@transaction.atomic
def open_prosecution(
    *, actor: User, unit: Unit, defendant: str, offence: str, officer: User, disclosure_officer: User, nominal: Nominal | None = None,
    urn: str = "", charged_on: date | None = None, court: str = "", deputy: User | None = None,
) -> Prosecution:  # fmt: skip
    """Open a prosecution; with a charge its clocks begin. A record is linked only where the actor may read of it."""
    authorise(actor, Perm.SCHEDULE_MATERIAL)
    if nominal:
        authorise(actor, Perm.VIEW_MARKER, nominal)
    require_words(defendant=defendant, offence=offence)
    require_past("charged_on", charged_on)
    require_team(actor.organisation_id, unit, nominal, officer=officer, disclosure_officer=disclosure_officer, deputy=deputy)
    prosecution = Prosecution.objects.create(
        reference=next_reference(PROSECUTION), force=actor.organisation, unit=unit, nominal=nominal, defendant=defendant.strip(),
        offence=offence.strip(), urn=urn.strip(), charged_on=charged_on, court=court.strip(), officer=officer,
        disclosure_officer=disclosure_officer, deputy=deputy, opened_by=actor,
    )  # fmt: skip
    start_clocks(actor, prosecution)
    record_event(Verb.CREATED, prosecution, act="Prosecution opened")
    tell_named(actor, prosecution)
    return prosecution


@transaction.atomic
def change_prosecution(
    *, actor: User, prosecution: Prosecution, version: int, unit: Unit, defendant: str, offence: str, officer: User,
    disclosure_officer: User, nominal: Nominal | None = None, urn: str = "", charged_on: date | None = None, court: str = "",
    deputy: User | None = None,
) -> Prosecution:  # fmt: skip
    """Put right what is said of a prosecution: the charge, the court, who works on it. Its clocks follow."""
    locked = hold_prosecution(actor, prosecution, version)
    if nominal and nominal.pk != locked.nominal_id:
        authorise(actor, Perm.VIEW_MARKER, nominal)
    require_words(defendant=defendant, offence=offence)
    require_past("charged_on", charged_on)
    require_team(locked.force_id, unit, nominal, officer=officer, disclosure_officer=disclosure_officer, deputy=deputy)
    if {disclosure_officer, deputy} != {locked.disclosure_officer, locked.deputy} or unit != locked.unit:
        require_whole(actor, locked)  # whoever is named here sees sensitive material
    if charged_on is None and (locked.schedules.exists() or locked.reviews.exists()):
        raise DomainError("Schedules or reviews rest on the charge already. Enter the day of the charge.", field="charged_on")
    is_new_clock = (charged_on, disclosure_officer.pk) != (locked.charged_on, locked.disclosure_officer_id)
    said = {
        "unit": unit, "defendant": defendant.strip(), "offence": offence.strip(), "officer": officer, "deputy": deputy, "nominal": nominal,
        "disclosure_officer": disclosure_officer, "urn": urn.strip(), "charged_on": charged_on, "court": court.strip(),
    }  # fmt: skip
    changed = sorted(name for name, value in said.items() if getattr(locked, name) != value)
    for name, value in said.items():
        setattr(locked, name, value)
    touch(locked, *said)
    if is_new_clock:
        renew_clocks(actor, locked)
    record_event(Verb.CHANGED, locked, act="Prosecution changed", fields=changed)
    if {"officer", "disclosure_officer", "deputy"} & set(changed):
        tell_named(actor, locked)
    return locked


def tell_named(actor: User, prosecution: Prosecution) -> None:
    """Tell the officers of a case that they are named in it."""
    named = [prosecution.officer, prosecution.disclosure_officer, prosecution.deputy]
    people = list(dict.fromkeys(user for user in named if user and user != actor))
    tell(actor=actor, people=people, text=gettext_noop("You are named in a prosecution"), nominal=prosecution.nominal_id, route=LIST)


def start_clocks(actor: User, prosecution: Prosecution) -> None:
    """Have the disclosure officer write the schedules, and review the material, from the charge on."""
    if prosecution.charged_on:
        charged = make_aware(datetime.combine(prosecution.charged_on, time()))
        if not all_issued(prosecution):
            raise_clock(actor, prosecution, SCHEDULE_CLOCK, charged)
        latest = prosecution.reviews.filter(kind=ReviewKind.ROUTINE).first()
        raise_clock(actor, prosecution, REVIEW_CLOCK, latest.at if latest else charged)


def renew_clocks(actor: User, prosecution: Prosecution) -> None:
    """Let the clocks begin anew, for whoever discloses now; what is late stays late."""
    for kind in TITLES:
        cancel_actions_about(actor=actor, subject=prosecution, kind=kind, reason="The charge or the disclosure officer changed.")
    start_clocks(actor, prosecution)


def raise_clock(actor: User, prosecution: Prosecution, kind: str, starts_at: datetime) -> None:
    """Raise what waits for the disclosure officer."""
    raise_action(
        actor=actor, kind=kind, title=TITLES[kind], owner=Owner(user=prosecution.disclosure_officer), nominal=prosecution.nominal,
        force=prosecution.force, unit=prosecution.unit, subject=prosecution, route=LIST, rule=kind, starts_at=starts_at,
        key=f"{kind}-{prosecution.pk}-{prosecution.version}",
    )  # fmt: skip


def all_issued(prosecution: Prosecution) -> bool:
    """Whether each schedule was issued once."""
    return set(prosecution.schedules.values_list("kind", flat=True)) == set(ScheduleKind.values)


@transaction.atomic
def review_material(
    *, actor: User, prosecution: Prosecution, version: int, kind: str, words: str, late_reason: str = ""
) -> UnusedReview:  # fmt: skip
    """Review everything again; or say what came, which reopens every item until it was looked at afresh."""
    locked = hold_prosecution(actor, prosecution, version, whole=True)
    require_charged(locked)
    if kind not in ReviewKind.values:
        raise DomainError("Choose what led to it.", field="kind")
    require_words(words=words)
    if kind == ReviewKind.ROUTINE:
        stale = [str(each.number) for each in all_facts(actor, locked) if not each.examined or not each.is_fresh]
        if stale:
            raise DomainError("Look at these items first: {numbers}.", numbers=", ".join(stale))
        complete_actions_about(actor=actor, subject=locked, kind=REVIEW_CLOCK, outcome="Reviewed", late_reason=late_reason)
    else:
        locked.round += 1
    touch(locked, "round")
    review = UnusedReview.objects.create(prosecution=locked, kind=kind, words=words.strip(), round=locked.round, by=actor)
    if kind == ReviewKind.ROUTINE:
        raise_clock(actor, locked, REVIEW_CLOCK, now())
    record_event(Verb.CHANGED, locked, act="Unused material reviewed" if kind == ReviewKind.ROUTINE else "Unused material reopened")
    return review


@transaction.atomic
def finish_prosecution(*, actor: User, prosecution: Prosecution, version: int, outcome: str, outcome_words: str) -> Prosecution:
    """Say how it ended. After a trial nothing may be left: no item undecided, no ruling missing, nothing to disclose."""
    locked = hold_prosecution(actor, prosecution, version, whole=True)
    if outcome not in Outcome.values:
        raise DomainError("Choose how it ended.", field="outcome")
    require_words(outcome_words=outcome_words)
    if outcome not in ENDED_EARLY:
        require_charged(locked)
        facts = all_facts(actor, locked)
        require_nothing_missing([*missing(facts), *left_to_finish(facts)])
    locked.outcome, locked.outcome_words, locked.finished_at, locked.finished_by = outcome, outcome_words.strip(), now(), actor
    touch(locked, "outcome", "outcome_words", "finished_at", "finished_by")
    reason = "The prosecution is finished."
    cancel_actions_about(actor=actor, subject=locked, reason=reason)
    for line in LineOfEnquiry.objects.filter(prosecution=locked, state="open"):
        cancel_actions_about(actor=actor, subject=line, kind=LINE, reason=reason)
    record_event(Verb.CHANGED, locked, act="Prosecution finished", outcome=outcome)
    return locked
