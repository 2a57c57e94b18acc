"""Requests for one's own data as they are shown: sources, headings, what is still missing, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop, override

from accounts.access import may, scopes_of
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import Unit, User
from accounts.permissions import Perm, Scope
from actions.models import Action
from actions.reports import Work
from audit.models import Event
from disclosure.choices.grounds import Law
from disclosure.choices.subject_access import Answer, State
from disclosure.models import Bundle, BundleItem, Collected, Ground, StandardText, SubjectRequest
from disclosure.reports.personal import Source, held_sources, may_read
from disclosure.reports.practice import text_on
from disclosure.rules.subject_access import Tally, answer_of, contents_of, lacks, seal_of, tally, told_of
from disclosure.rules.subject_access_corrections import answered, lacks_corrections
from offenders.models import Nominal
from ui.languages import Language

CLOCK, SECOND = "subject-access", "subject-access-second"
COVER, NEUTRAL, CORRECTION = "subject-access-cover", "subject-access-neutral", "subject-correction-cover"
RETURNED = "Returned by the second reader"
SHOWN = 100


@dataclass(frozen=True)
class SourceLine:
    """A source as the page of collecting shows it."""

    source: Source
    collected: Collected | None
    may_collect: bool


@dataclass(frozen=True)
class HeadingLine:
    """A source as the workbench shows it: how far its passages are decided and read."""

    source: str
    heading: str
    tally: Tally


@dataclass(frozen=True)
class Step:
    """A step of a request, and whether it is done."""

    words: str
    is_done: bool


def with_people(rows: QuerySet) -> QuerySet:
    """Fetch requests with those who work on them."""
    return rows.select_related("force", "unit", "officer", "identity_by", "nominal__unit", "nothing_held_by", "ended_by", "collector")


def actions_about(rows: Iterable[SubjectRequest], kind: str) -> QuerySet[Action]:
    """Return the waiting actions of a kind about requests."""
    return Action.objects.waiting().filter(
        kind=kind, subject_type=SubjectRequest._meta.label_lower, subject_id__in=[row.pk for row in rows]
    )


def clocks_of(rows: Sequence[SubjectRequest]) -> dict[int, Action]:
    """Return by key of the request its clock, where one runs."""
    running = actions_about(rows, CLOCK).select_related("owner", "force")
    return {row.subject_id: row for row in running if row.subject_id is not None}


def is_waiting(request: SubjectRequest, kind: str) -> bool:
    """Whether an action of a kind waits about a request."""
    return actions_about([request], kind).exists()


def record_of(user: User, request: SubjectRequest) -> Nominal | None:
    """Return the record of a request, where the user may know of it."""
    return request.nominal if request.nominal and may(user, Perm.VIEW_MARKER, request.nominal) else None


def sources_of(user: User, request: SubjectRequest) -> list[SourceLine]:
    """Return each source: by whom it was collected, or whether the user may."""
    nominal = request.nominal
    if nominal is None:
        return []
    done = {row.source: row for row in request.collected.select_related("by")}
    return [SourceLine(each, done.get(each.name), each.name not in done and may_read(user, nominal, each)) for each in held_sources()]


def items_for(user: User, request: SubjectRequest) -> QuerySet[BundleItem]:
    """Return what was collected: everything for whoever answers, else what the user may read where it comes from."""
    rows = BundleItem.objects.for_user(user).filter(request=request)
    if request.nominal is None or may(user, Perm.ANSWER_SUBJECT_REQUEST, request):
        return rows
    nominal = request.nominal
    return rows.filter(source__in=[each.name for each in held_sources() if may_read(user, nominal, each)])


def tally_of(items: QuerySet[BundleItem]) -> Tally:
    """Count what is decided and read of things."""
    rows = items.values_list("passages", "decided_by", "needs_second", "read_by")
    return tally((passages, decided is not None, second, read is not None) for passages, decided, second, read in rows)


def headings_of(items: QuerySet[BundleItem]) -> list[HeadingLine]:
    """Return the sources that hold something, in order, with how far each is."""
    lines: dict[str, tuple[str, list[Any]]] = {}
    for source, heading, passages, decided, second, read in items.values_list(
        "source", "heading", "passages", "decided_by", "needs_second", "read_by"
    ):
        lines.setdefault(source, (heading, []))[1].append((passages, decided is not None, second, read is not None))
    return [HeadingLine(source, heading, tally(rows)) for source, (heading, rows) in lines.items()]


def waiting_for_second(items: QuerySet[BundleItem]) -> QuerySet[BundleItem]:
    """Narrow things to those that are decided and that a second person has still to read."""
    return items.filter(needs_second=True, decided_by__isnull=False, read_by__isnull=True)


def second_readings_of(user: User) -> set[int]:
    """Return the keys of the requests of which something waits for the user as the one who leads the unit that helps.

    Only what they may read where it comes from and did not decide. Whoever answers such requests has an action instead.
    """
    if Scope.UNIT not in scopes_of(user, Perm.ASSIGN_ACTION) or scopes_of(user, Perm.ANSWER_SUBJECT_REQUEST):
        return set()
    items = waiting_for_second(BundleItem.objects.for_user(user)).filter(request__ended_at__isnull=True).exclude(decided_by=user)
    found = set(items.order_by().values_list("request", "request__nominal", "source"))
    permission_of = {each.name: each.permission for each in held_sources()} if found else {}
    records = {nominal for _, nominal, _ in found}
    readable = {
        (nominal, perm)
        for perm in {permission_of[source] for _, _, source in found}
        for nominal in Nominal.objects.for_user(user, perm).filter(pk__in=records).values_list("pk", flat=True)
    }
    return {request for request, nominal, source in found if (nominal, permission_of[source]) in readable}


def work_of(user: User, now: datetime) -> list[Work]:
    """Say for pages of counters how many requests wait for this user's second reading, and how many of them are late."""
    keys = second_readings_of(user)
    if not keys:
        return []
    late = actions_about(SubjectRequest.objects.filter(pk__in=keys), SECOND).filter(late_from__lte=now).count()
    return [Work(gettext("Subject access to read as the second person"), len(keys), late, reverse("disclosure:subject-list"))]


def grounds_on(day: date) -> QuerySet[Ground]:
    """Return the grounds on which something may be held back on a day."""
    return Ground.objects.on(day).filter(law=Law.SUBJECT_ACCESS).order_by("name")


def words_on(code: str, day: date, language: str) -> str:
    """Return the standard words of a code in a language; without any there is nothing to seal."""
    if text := text_on(code, day, language):
        return text
    raise StandardText.DoesNotExist(code)


def told_as_on(day: date, language: str) -> dict[str, str]:
    """Return by code of a ground what the person may read of it, in their language."""
    welsh = language == Language.WELSH
    return {row.code: (row.told_as_welsh if welsh else "") or row.told_as for row in grounds_on(day)}


def told_anyway(language: str) -> str:
    """Return what the person reads where a ground says nothing of itself."""
    with override(language):
        return gettext("Information that the law lets us hold back was left out.")


def bundle_of(request: SubjectRequest) -> Bundle:
    """Return what would be sealed now, unsaved. The words are the same whether nothing is held or everything is withheld."""
    if request.is_correction:
        return correction_answer_of(request)
    today, items = localdate(), list(request.items.all())
    contents = contents_of(items)
    answer = answer_of(items, contents)
    is_bundle = answer == Answer.BUNDLE
    told = told_of(items, told_as_on(today, request.language), told_anyway(request.language)) if is_bundle else []
    letter = words_on(COVER if is_bundle else NEUTRAL, today, request.language)
    digest = seal_of(reference=request.reference, letter=letter, contents=contents, told=told)
    return Bundle(request=request, answer=answer, letter=letter, contents=contents, told=told, sha256=digest)


def correction_answer_of(request: SubjectRequest) -> Bundle:
    """Return the answer to what is disputed as it would be sealed now, unsaved."""
    letter = words_on(CORRECTION, localdate(), request.language)
    with override(request.language):  # what was decided is worded for the person, who reads it
        contents = answered(request.corrections.all())
    digest = seal_of(reference=request.reference, letter=letter, contents=contents, told=[])
    return Bundle(request=request, answer=Answer.CORRECTION, letter=letter, contents=contents, sha256=digest)


def lacks_of(request: SubjectRequest, counted: Tally) -> list[DomainError]:
    """Return what must still be done before something can be sealed."""
    return lacks_corrections(list(request.corrections.all())) if request.is_correction else lacks(counted)


def missing_of(request: SubjectRequest, counted: Tally) -> list[str]:
    """Return what a request needs next, in words that name it."""
    if request.state == State.NEW:
        return [gettext("Prove who asks.")]
    if request.state == State.COLLECTING:
        linked, unlinked = gettext("Collect what is held, source by source."), gettext("Link the record, or say that nothing is held.")
        return [linked if request.nominal_id else unlinked]
    if request.state == State.DECIDING:
        return [str(each) for each in lacks_of(request, counted)] or [gettext("Seal it.")]
    return [gettext("Hand it over.")] if request.state == State.SEALED else []


def steps_of(request: SubjectRequest, counted: Tally) -> list[Step]:
    """Return the steps of a request, in order."""
    is_collected = (request.state not in {State.NEW, State.COLLECTING} and request.is_open) or request.state == State.ANSWERED
    is_sealed = request.state in {State.SEALED, State.ANSWERED}
    if request.is_correction:
        rows = list(request.corrections.all())
        work = [
            Step(gettext("Each thing that is disputed is decided"), bool(rows) and all(row.outcome for row in rows)),
            Step(gettext("What was granted is done on the record"), bool(rows) and not lacks_corrections(rows)),
        ]
    else:
        work = [
            Step(gettext("Everything is collected"), is_collected),
            Step(gettext("Each passage is decided"), is_collected and not counted.undecided),
            Step(gettext("A second person has read what needs it"), is_collected and not counted.undecided and not counted.unread),
        ]
    return [
        Step(gettext("Who asks is proved"), request.identity_at is not None),
        Step(gettext("The record is linked, or nothing is held"), request.nominal_id is not None or request.nothing_held_by_id is not None),
        *work,
        Step(gettext("What goes out is sealed"), is_sealed),
        Step(gettext("It is handed over"), request.state == State.ANSWERED),
    ]


def events_of(request: SubjectRequest) -> list[Event]:
    """Return what was done with a request, newest first; whoever may read the request may read it."""
    rows = Event.objects.filter(subject_type=request._meta.label_lower, subject_id=request.pk).exclude(verb__in=["viewed", "listed"])
    return list(rows.select_related("actor").order_by("-pk")[:SHOWN])


def returned_with(items: Iterable[BundleItem]) -> dict[int, str]:
    """Return by key of a thing with which words its second reader returned it last, where nobody has decided it anew."""
    wanted = [item.pk for item in items if item.decided_by_id is None]
    rows = Event.objects.filter(subject_type=BundleItem._meta.label_lower, subject_id__in=wanted, detail__act=RETURNED)
    return {row.subject_id: row.reason for row in rows.order_by("pk") if row.subject_id is not None}


def is_second_reader(user: User, request: SubjectRequest) -> bool:
    """Whether the user may read as the second person: whoever answers such requests, or leads the unit that helps."""
    if may(user, Perm.ANSWER_SUBJECT_REQUEST, request):
        return True
    return Scope.UNIT in scopes_of(user, Perm.ASSIGN_ACTION) and may(user, Perm.VIEW_SUBJECT_REQUEST, request)


def units_of(request: SubjectRequest) -> QuerySet[Unit]:
    """Return the units of the force that can be asked to help."""
    return Unit.objects.filter(organisation=request.force_id).order_by("name")


def officers_of(request: SubjectRequest, user: User) -> QuerySet[User]:
    """Return who else of the force answers such requests."""
    rows: QuerySet[User] = User.objects.colleagues_of(user).filter(groups__name=Role.INFORMATION_GOVERNANCE).exclude(pk=request.officer_id)
    return rows.order_by("last_name", "pk")


def history_of(user: User, nominal: Nominal) -> list[tuple[datetime, str, str, str]]:
    """Return the requests about a record that the user may see: when each came, what it is, what became of it, its address."""
    rows = SubjectRequest.objects.for_user(user).filter(nominal=nominal)
    return [
        (
            row.received_at,
            gettext_noop("Request for one's own data"),
            f"{row.reference}: {row.get_state_display()}" + (f". {row.get_asks_display()}" if row.is_correction else ""),
            reverse("disclosure:subject", args=[row.public_id]),
        )
        for row in rows
    ]
