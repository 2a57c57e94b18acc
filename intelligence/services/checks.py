"""System checks: recorded by hand, or asked of another system by a worker; each answer moves the clock of the record on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext_noop

from accounts.access import authorise, may
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.choices import Happening
from actions.services.occurrences import note_occurrence
from actions.services.telling import tell
from actions.services.work import cancel_actions_about
from audit.choices import Verb
from audit.context import acting_as
from audit.services import record_event
from intelligence.adapters import Adapter, AdapterError, Query, Result
from intelligence.adapters.connections import adapter_for
from intelligence.choices.checks import AdapterKind, CheckResult, CheckState, Failure, Need
from intelligence.guards.checks import (
    require_consistent,
    require_not_waiting,
    require_past,
    require_source_in_use,
    require_withdrawable,
)
from intelligence.models import CheckSource, SystemCheck
from intelligence.rules.checks import retry_after
from intelligence.services.check_clocks import KIND, ROUTE, hold_record, keep_clock
from offenders.choices import NameKind
from offenders.models import DateOfBirth, Identifier, Name, Nominal

CLAIM_LASTS = timedelta(minutes=5)
LOST_AFTER = timedelta(minutes=10)
MOST_AT_ONCE = 500
# What people are told before the name of the source.
HIT = gettext_noop("A system check found something")
SILENT = gettext_noop("A system check got no answer. Ask again or record it by hand")


@transaction.atomic
def record_check(
    *,
    actor: User,
    nominal: Nominal,
    source: CheckSource,
    result: CheckResult | str,
    checked_on: date,
    reference: str = "",
    records_found: int | None = None,
    last_entry_on: date | None = None,
    details: str = "",
) -> SystemCheck:
    """Write down what a system answered to somebody who asked it by hand."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    require_past(checked_on, localdate())
    require_source_in_use(source, checked_on)
    require_consistent(result, records_found)
    locked = hold_record(nominal.pk)
    moment = now() if checked_on == localdate() else make_aware(datetime.combine(checked_on, time(12)))
    check = SystemCheck.objects.create(
        nominal=locked, source=source, adapter=AdapterKind.BY_HAND, state=CheckState.ANSWERED, asked_at=moment, asked_by=actor,
        finished_at=moment, result=result, reference=reference, records_found=records_found, last_entry_on=last_entry_on, details=details,
    )  # fmt: skip
    record_event(Verb.CHANGED, check, act="System check recorded", source=source.code, result=str(result))
    note_hit(actor, check)
    keep_clock(actor=actor, nominal=locked, today=localdate())
    return check


@transaction.atomic
def ask_source(*, actor: User, nominal: Nominal, source: CheckSource) -> SystemCheck:
    """Have a worker ask a system about the person."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    require_source_in_use(source, localdate())
    if adapter_for(source) is None:
        said = gettext_noop("Vigil cannot ask {system} itself. Ask it where you have access, and record the answer here.")
        raise DomainError(said, system=source.name)
    locked = hold_record(nominal.pk)
    require_not_waiting(locked, source)
    check = SystemCheck.objects.create(nominal=locked, source=source, adapter=AdapterKind.HTTP_JSON, asked_at=now(), asked_by=actor)
    record_event(Verb.CREATED, check, act="System check asked for", source=source.code)
    transaction.on_commit(lambda: run_later(check.pk), robust=True)
    return check


@transaction.atomic
def withdraw_check(*, actor: User, check: SystemCheck, reason: str) -> SystemCheck:
    """Take back a check that was recorded wrongly; the row stays, and the round counts as if it had not been made."""
    authorise(actor, Perm.CHANGE_RECORD, check)
    nominal = hold_record(check.nominal_id)
    locked = SystemCheck.objects.select_for_update(of=("self",)).select_related("source").get(pk=check.pk)
    require_withdrawable(locked)
    locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_why = now(), actor, reason
    locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record_event(Verb.CHANGED, locked, reason=reason, act="System check withdrawn", source=locked.source.code)
    cancel_actions_about(actor=actor, subject=nominal, kind=KIND, reason="A check was withdrawn")
    keep_clock(actor=actor, nominal=nominal, today=localdate())
    return locked


def run_later(check_id: int) -> None:
    """Leave the question to a worker. If the message is lost, `resume_checks` finds the row."""
    from intelligence.tasks import run_system_check  # noqa: PLC0415  (tasks import services)

    run_system_check.delay(check_id)


def run_check(*, actor: User | None, check_id: int) -> int | None:
    """Put one question to its system and store what came of it; return after how many seconds to try again, if at all.

    Safe to call twice and at the same time: whoever claims the row asks, and an answered check is not asked again.
    """
    check = claim(check_id)
    if check is None:
        return None
    with acting_as(actor or check.asked_by):
        adapter = adapter_for(check.source)
        if adapter is None or not may(check.asked_by, Perm.CHANGE_RECORD, check.nominal):
            return store_failure(check, Failure.REFUSED)
        return put_question(check, adapter)


def claim(check_id: int) -> SystemCheck | None:
    """Take a question up, so that no other worker does; None when another has it or it has its answer."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now() - CLAIM_LASTS)
    if not SystemCheck.objects.filter(free, pk=check_id, state=CheckState.ASKED).update(claimed_at=now()):
        return None
    people = ("nominal__force", "nominal__unit", "nominal__offender_manager", "asked_by")
    return SystemCheck.objects.select_related("source", *people).get(pk=check_id)


def put_question(check: SystemCheck, adapter: Adapter) -> int | None:
    """Ask, outside of any transaction; the trail learns what kinds of facts were sent, never the facts."""
    query = build_query(check)
    sent = [*(["name"] if query.name else []), *(["date of birth"] if query.birth else []), *sorted(query.numbers)]
    record_event(Verb.SEARCHED, check, act="Another system asked", source=check.source.code, sent=sent)
    try:
        result = adapter.ask(query)
    except AdapterError as error:
        return store_failure(check, error.failure)
    store_answer(check, result)
    return None


def build_query(check: SystemCheck) -> Query:
    """Return what this source needs of the person, and no more."""
    needs, nominal = set(check.source.needs), check.nominal
    name = Name.objects.filter(nominal=nominal, kind=NameKind.PRIMARY).first() if Need.NAME in needs else None
    birth = DateOfBirth.objects.filter(nominal=nominal, is_primary=True).first() if Need.BIRTH in needs else None
    numbers: dict[str, list[str]] = {}
    for kind, value in Identifier.objects.filter(nominal=nominal, kind__in=needs).order_by("pk").values_list("kind", "value"):
        numbers.setdefault(kind, []).append(value)
    parts = [f"{birth.year:04}", *(f"{part:02}" for part in (birth.month, birth.day) if part)] if birth else []
    return Query(str(check.public_id), (name.surname, name.given_names) if name else None, "-".join(parts), numbers)


def lock_unanswered(check: SystemCheck) -> SystemCheck | None:
    """Hold the record, then the question, until the transaction ends; None when it has its answer already."""
    hold_record(check.nominal_id)
    return SystemCheck.objects.select_for_update(of=("self",)).select_related("source").filter(pk=check.pk, state=CheckState.ASKED).first()


@transaction.atomic
def store_answer(check: SystemCheck, result: Result) -> None:
    """Store an answer, tell the manager of a hit, and move the clock on."""
    locked = lock_unanswered(check)
    if locked is None:
        return
    locked.state, locked.finished_at, locked.claimed_at, locked.failure = CheckState.ANSWERED, now(), None, ""
    locked.result, locked.reference, locked.details = result.result, result.reference, result.details
    locked.records_found, locked.last_entry_on = result.records_found, result.last_entry_on
    locked.save()
    record_event(Verb.CHANGED, locked, act="System check answered", source=locked.source.code, result=locked.result)
    nominal = check.nominal
    if locked.is_hit:
        people = {nominal.offender_manager, check.asked_by}
        tell(actor=None, people=people, text=f"{HIT}: {locked.source.name}", nominal=nominal.pk, route=ROUTE)
    note_hit(None, locked)
    keep_clock(actor=check.asked_by, nominal=nominal, today=localdate())


def note_hit(actor: User | None, check: SystemCheck) -> None:
    """Note for flags that a source knows something of the person, or may."""
    if check.is_hit:
        note_occurrence(actor=actor, kind=Happening.CHECK_HIT, nominal=check.nominal, subject=check, route=ROUTE)


@transaction.atomic
def store_failure(check: SystemCheck, failure: Failure) -> int | None:
    """Count a failure; return after how many seconds to try again, or end the check and tell whoever asked."""
    locked = lock_unanswered(check)
    if locked is None:
        return None
    locked.failures += 1
    locked.failure, locked.last_failure_at, locked.claimed_at = failure, now(), None
    again = retry_after(failure, locked.failures)
    if again is None:
        locked.state, locked.finished_at = CheckState.FAILED, now()
    locked.save()
    record_event(Verb.CHANGED, locked, act="System gave no answer", source=locked.source.code, failure=str(failure))
    if again is None:
        tell(actor=None, people=[check.asked_by], text=f"{SILENT}: {locked.source.name}", nominal=check.nominal.pk, route=ROUTE)
    return again


def resume_checks(*, actor: User | None) -> int:
    """Hand questions whose message or worker was lost to the workers again; return how many."""
    lost = SystemCheck.objects.filter(state=CheckState.ASKED, asked_at__lt=now() - LOST_AFTER).order_by("pk")
    keys = list(lost.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for key in keys:
        run_later(key)
    return len(keys)
