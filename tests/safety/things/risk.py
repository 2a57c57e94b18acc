"""What the safety tests need to try addresses about risk assessments, the plan and uses of material."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.models import User
from offenders.choices.risk import SignOff
from offenders.models import Nominal, PlanReport, RiskPlan
from tests.offenders.making_risk import make_assessment, make_consultation, make_plan, make_plan_action, make_use, turn_of
from tests.safety.expectations import NOBODY, TEAM

TOOLS = ("arms", "osp-c", "osp-i", "rm2000-s", "rm2000-v", "rm2000-c", "oasys-rosh", "sara", "other")


def assessment(state: str, tool: str) -> Callable[[Nominal], dict]:
    """An assessment in a state; one tool for each address, since only one is at work at a time."""
    return lambda nominal: {"reference": nominal.reference, "public_id": make_assessment(nominal, state, tool).public_id}


def plan(state: str) -> Callable[[Nominal], dict]:
    """The next version of the plan; the addresses share the one that is at work."""

    def make(nominal: Nominal) -> dict:
        found = RiskPlan.objects.filter(nominal=nominal, state=state).first()
        row = found or make_plan(nominal, state, number=RiskPlan.objects.filter(nominal=nominal).count() + 1)
        return {"reference": nominal.reference, "public_id": row.public_id}

    return make


def planned(nominal: Nominal) -> dict:
    """A plan action that is live."""
    return {"reference": nominal.reference, "public_id": make_plan_action(nominal).public_id}


def turn(nominal: Nominal) -> dict:
    """A turn that an officer of the owning unit is asked for."""
    return {"public_id": turn_of(make_plan_action(nominal)).public_id}


def who_works_turns(role: Role, relation: str) -> set[str]:
    """The officer who is asked, and the unit that answers for the record: the scenes' officer belongs to that unit."""
    reached = {"own": TEAM, "unit": TEAM, "restricted": frozenset({Role.SUPERVISOR})}
    return {"reached"} if role in reached.get(relation, NOBODY) else {"hidden", "refused"}


# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    "offenders:assessment": assessment(SignOff.APPROVED, "arms"),
    "offenders:assessment-write": assessment(SignOff.DRAFT, "osp-c"),
    "offenders:assessment-take-back": assessment(SignOff.SUBMITTED, "osp-i"),
    "offenders:assessment-revise": assessment(SignOff.APPROVED, "sara"),
    "offenders:assessment-withdraw": assessment(SignOff.DRAFT, "rm2000-s"),
    "offenders:assessment-decide": assessment(SignOff.SUBMITTED, "rm2000-v"),
    "offenders:plan-write": plan(SignOff.SUBMITTED),
    "offenders:plan-take-back": plan(SignOff.SUBMITTED),
    "offenders:plan-withdraw": plan(SignOff.SUBMITTED),
    "offenders:plan-decide": plan(SignOff.SUBMITTED),
    "offenders:plan-print": plan(SignOff.APPROVED),
    "offenders:plan-action-end": planned,
    "offenders:plan-report": turn,
    "offenders:use-end": lambda nominal: {"reference": nominal.reference, "public_id": make_use(nominal).public_id},
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {"offenders:plan-report": who_works_turns}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    code = TOOLS[number % len(TOOLS)]
    make_assessment(nominal, SignOff.SUPERSEDED, code)
    if not nominal.assessments.filter(state=SignOff.SUBMITTED, tool__code=code).exists():
        make_assessment(nominal, SignOff.SUBMITTED, code)
    if not nominal.risk_plans.exists():
        make_plan(nominal, SignOff.SUBMITTED, number=1000)
    make_plan(nominal, SignOff.SUPERSEDED, number=number + 1)
    row = make_plan_action(nominal, officer=officer)
    PlanReport.objects.create(
        nominal=nominal, plan_action=row, action=turn_of(row), reported_by=officer, text="Nothing seen", happened_on=localdate(),
        is_concern=False, is_done=False,
    )  # fmt: skip
    make_use(nominal)
    make_use(nominal, kind="assessment", material="", assessment=nominal.assessments.first())
    make_consultation(nominal)
