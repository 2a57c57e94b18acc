"""What the pages of an application show: where it stands, its clocks, its people, safe ways to reach them, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from actions.models import Action
from audit.choices import Verb
from audit.models import Event
from disclosure.choices.applications import CheckStage, ContactWay, PartyRole, Route, Scheme
from disclosure.models import Application, ApplicationMarker, Check, Party, SafeContact
from disclosure.reports.facts import proved
from disclosure.rules.applications import (
    CLOCKS,
    ENDED,
    FIRST_SYSTEMS,
    FULL_SYSTEMS,
    NEEDS,
    STEPS,
    SYSTEMS,
    Facts,
    State,
    missing,
)
from offenders.models import Conviction, RiskPeriod
from ui.languages import StrOrPromise

ABOUT = Application._meta.label_lower
REQUIRED = {CheckStage.FIRST: FIRST_SYSTEMS, CheckStage.FULL: FULL_SYSTEMS}
READS = {Verb.VIEWED, Verb.LISTED, Verb.PRINTED, Verb.REFUSED}
EVENTS = 100


def with_people(rows: QuerySet) -> QuerySet:
    """Add who and where, in the same query."""
    return rows.select_related("unit", "force", "officer", "taken_by", "ended_by", "nominal", "twin_of")


def with_next_date(rows: QuerySet) -> QuerySet:
    """Add the first moment at which something of each is late, and put what is late first; what has no date comes last."""
    waiting = Action.objects.waiting().filter(subject_type=ABOUT, subject_id=OuterRef("pk"), late_from__isnull=False)
    first = Subquery(waiting.order_by("late_from").values("late_from")[:1])
    return rows.annotate(late_from=first).order_by("late_from", "pk")


def is_late(application: Application, state: State) -> bool:
    """Whether the clock of a step still runs and is over, so that whoever ends it must say why."""
    kind = CLOCKS[Scheme(application.scheme)][state]
    return Action.objects.late(now()).filter(subject_type=ABOUT, subject_id=application.pk, kind=kind).exists()


def safe_contacts_of(application: Application) -> list[SafeContact]:
    """Return the answer that counts for each way of contact, the latest. Call it inside row_security."""
    latest = {row.way: row for row in application.safe_contacts.select_related("asked_by").order_by("pk")}
    return [latest[way] for way in ContactWay.values if way in latest]


def people_of(application: Application) -> list[Party]:
    """Return who is in it, in the order of the roles. Call it inside row_security."""
    rows = application.parties.select_related("identity_seen_by").order_by("pk")
    return sorted(rows, key=lambda party: PartyRole.values.index(party.role))


def roles_to_add(application: Application, people: Iterable[Party]) -> list[tuple[str, str]]:
    """Return who can still be entered, as role and words."""
    taken = {party.role for party in people}
    offered = []
    if application.route != Route.KNOW and PartyRole.APPLICANT not in taken:
        offered.append(PartyRole.APPLICANT)
    offered.append(PartyRole.CHILD if application.scheme == Scheme.CHILD else PartyRole.AT_RISK)
    if PartyRole.SUBJECT not in taken:
        offered.append(PartyRole.SUBJECT)
    return [(role.value, str(role.label)) for role in offered]


@dataclass(frozen=True)
class Searched:
    """A system at a stage: the check that counts, if any, and whether it must be searched."""

    system: str
    name: StrOrPromise
    check: Check | None
    is_required: bool
    corrected: int = 0  # earlier checks that it corrects


def checks_of(application: Application) -> dict[str, list[Searched]]:
    """Return for each stage the systems that must be searched and those that were, each with the latest result."""
    rows = list(application.checks.select_related("by").order_by("pk"))
    found = {}
    for stage, required in REQUIRED.items():
        of_stage = [row for row in rows if row.stage == stage]
        systems = dict.fromkeys([*required, *(row.system for row in of_stage)])
        found[stage.value] = [
            Searched(
                system, SYSTEMS.get(system, system), next((row for row in reversed(of_stage) if row.system == system), None),
                system in required, max(0, sum(row.system == system for row in of_stage) - 1),
            )
            for system in systems
        ]  # fmt: skip
    return found


@dataclass(frozen=True)
class Step:
    """A step of the wizard: where it is done, where it stands, and what is missing before it can start."""

    state: State
    name: StrOrPromise
    route: str
    is_done: bool
    is_now: bool
    lacks: list[str]
    more: list[str]  # of this what no earlier step names

    @property
    def is_open(self) -> bool:
        """Whether its page can be used: it was reached."""
        return self.is_done or self.is_now


STEP_WORDS = {
    State.FIRST_CONTACT: (_("First contact and first checks"), ""),
    State.INTERVIEW: (_("Face to face, and proof of identity"), "disclosure:application-interview"),
    State.FULL_CHECKS: (_("Full checks and forum"), ""),
    State.DECISION: (_("Decision"), "disclosure:application-decision"),
    State.DECIDED: (_("Telling, or the neutral answer"), "disclosure:application-telling"),
}


def stands_at(application: Application) -> State:
    """Return the step at which it stands, or stood before somebody was in danger; of an ended one the last."""
    return State(application.stood_at or application.state)


def steps_of(application: Application, facts: Facts) -> list[Step]:
    """Return the steps of its route in their order; those that cannot start yet name what is missing."""
    here, has_ended = stands_at(application), State(application.state) in ENDED
    steps: list[Step] = []
    for state, (name, route) in STEP_WORDS.items():
        if state == State.INTERVIEW and application.route == Route.KNOW:
            continue
        is_done = here == State.CLOSED or (here in STEPS and STEPS.index(state) < STEPS.index(here))
        is_before = here in STEPS and STEPS.index(state) > STEPS.index(here)
        lacks = list(dict.fromkeys(missing(state, facts))) if is_before and state in NEEDS else []
        named = {words for step in steps for words in step.more}
        more = [words for words in lacks if words not in named]
        steps.append(Step(state, name, route, is_done, here == state and not has_ended, lacks, more))
    return steps


def record_of(user: User, application: Application) -> dict[str, Any]:
    """Return what the reader may see of the linked record: its risk today and its convictions; nothing of what is closed to them."""
    if application.nominal_id is None:
        return {}
    risk = RiskPeriod.objects.for_user(user).filter(nominal=application.nominal_id, period__contains=localdate()).first()
    convictions = Conviction.objects.for_user(user).filter(nominal=application.nominal_id)
    return {"nominal": application.nominal, "risk": risk, "convictions": list(convictions)}


def marker_of(application: Application) -> ApplicationMarker | None:
    """Return by whom and why the record's managers may know."""
    return ApplicationMarker.objects.filter(application=application).select_related("told_by").first()


def events_of(application: Application) -> list[Event]:
    """Return what was done, newest first; who read it stands in the trail alone."""
    rows = Event.objects.filter(subject_type=ABOUT, subject_id=application.pk).exclude(verb__in=READS)
    return list(rows.select_related("actor").order_by("-pk")[:EVENTS])


def unproved(people: Iterable[Party]) -> list[Party]:
    """Return the applicant and who is told, as long as they have not proved who they are."""
    return [party for party in people if party.role in {PartyRole.APPLICANT, PartyRole.PROTECTOR} and not proved(party)]
