"""Risk assessments and plans of the synthetic force: Arthur Sample's full story, and a little for a few others."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_current_timezone

from accounts.models import User
from actions.models import Action
from offenders.choices import AtRisk, RiskLevel
from offenders.choices.risk import AssessmentReason, MaterialKind, PlanPart, SignOff, UsePurpose
from offenders.models import (
    Assessment,
    AssessmentTool,
    Consultation,
    MaterialUse,
    Nominal,
    RiskPeriod,
    RiskPlan,
)
from offenders.rules.risk import level_from
from offenders.services.assessment_dues import raise_periodic
from offenders.services.assessments import save_assessment, start_assessment
from offenders.services.plan_actions import add_plan_action, report_on_plan

ARMS = {
    "opportunity": "Present", "sexual_preoccupation": "Partly present", "offence_related_sexual_interests": "Present",
    "emotional_congruence_with_children": "Present", "hostile_orientation": "Not present", "poor_self_management": "Partly present",
    "antisocial_influences": "Not present", "supportive_social_network": "Partly present", "commitment_to_desist": "Partly present",
    "intimate_relationship": "Not present", "employment_or_positive_routine": "Partly present", "social_investment": "Not known",
}  # fmt: skip
PLAN = {
    PlanPart.SUPERVISION: "Visits every month, unannounced, by two officers. Probation sees him each week; we speak with them on Mondays.",
    PlanPart.MONITORING: "Tag and curfew 9pm to 7am. Devices examined at each visit. Northport Leisure Centre has a contact officer.",
    PlanPart.INTERVENTIONS: "Return to the treatment group that he left in the spring. Work outside places where children play sport.",
    PlanPart.VICTIM_SAFETY: "Exclusion zones stand in the licence. Victim liaison hears of each change of address before it happens.",
}
RELEASED, RAISED = 300, 180  # days ago, as in the story of his levels


def add_risk(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Tell how Arthur's risk was assessed and is managed, and give the others an assessment each."""
    officer, boss = arthur.offender_manager, users["supervisor"]
    periods = list(RiskPeriod.objects.filter(nominal=arthur).order_by("period"))
    static = {"points": 3, "aggravating": 1, "band": RiskLevel.HIGH}
    released, raised = today - timedelta(days=RELEASED), today - timedelta(days=RAISED)
    add_approved(arthur, "rm2000-s", static, day=today - timedelta(days=1400), approver=boss, level=RiskLevel.HIGH)
    osp = {"points": 31, "band": RiskLevel.HIGH}
    add_approved(arthur, "osp-c", osp, day=released, approver=boss, level=RiskLevel.HIGH, period=periods[0])
    scores = ARMS | {"priority": RiskLevel.VERY_HIGH}
    add_approved(arthur, "arms", scores, day=raised, approver=boss, level=RiskLevel.VERY_HIGH, period=periods[-1])
    raise_periodic(actor=None, nominal=arthur, since=raised, basis="demo")
    add_waiting(officer, arthur, RiskLevel.MEDIUM, RiskLevel.VERY_HIGH, today)
    add_plan(users, arthur, today)
    add_uses(officer, arthur, today)
    for nominal in others:
        lead = boss if nominal.unit_id == boss.unit_id else users["supervisor_2"]
        day, medium = today - timedelta(days=340), ARMS | {"priority": RiskLevel.MEDIUM}
        add_approved(nominal, "arms", medium, day=day, approver=lead, level=RiskLevel.MEDIUM)
        raise_periodic(actor=None, nominal=nominal, since=day, basis="demo")
    for nominal in others[:2]:
        add_waiting(nominal.offender_manager, nominal, RiskLevel.LOW, RiskLevel.MEDIUM, today)


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime.combine(day, time(12), get_current_timezone())


def signed(row: Any, day: date, approver: User) -> None:
    """Store a row as approved some days after it was written."""
    row.state, row.submitted_at, row.submitted_hash = SignOff.APPROVED, noon(day), row.content_hash
    row.decided_by, row.decided_at, row.approved_hash = approver, noon(day + timedelta(days=1)), row.content_hash
    row.save()


def add_approved(
    nominal: Nominal,
    code: str,
    scores: dict[str, Any],
    *,
    day: date,
    approver: User,
    level: RiskLevel,
    period: RiskPeriod | None = None,
) -> None:
    """Store an assessment that was approved."""
    row = Assessment(nominal=nominal, tool=AssessmentTool.objects.get(code=code), author=nominal.offender_manager, assessed_on=day)
    row.occasion = AssessmentReason.PERIODIC
    row.scores = {name: value if isinstance(value, str) else int(value) for name, value in scores.items()}
    row.level_given = level_from(row.tool.form, row.scores)
    row.level_proposed, row.at_risk, row.sources = int(level), [AtRisk.CHILDREN], ["visits", "probation", "contact-log"]
    row.difference_reason = "" if row.level_given == level else "The tool counts old convictions only; behaviour since is settled."
    row.rationale = "Contact through sport remains the pattern. Work and a fixed address steady him; drinking and a new phone do not."
    row.risk_period = period
    signed(row, day, approver)


def add_waiting(officer: User, nominal: Nominal, band: RiskLevel, level: RiskLevel, today: date) -> None:
    """Hand in an assessment that waits for its approval."""
    tool = AssessmentTool.objects.get(code="osp-i")
    row = start_assessment(actor=officer, nominal=nominal, tool=tool, assessed_on=today, occasion=AssessmentReason.OTHER_CHANGE)
    content = {
        "assessed_on": today, "occasion": AssessmentReason.OTHER_CHANGE, "scores": {"band": int(band)}, "level_proposed": int(level),
        "difference_reason": "The tool looks at images only; contact is the greater risk here.", "at_risk": [AtRisk.CHILDREN],
        "sources": ["devices", "visits"],
        "rationale": "The phone seized last week held nothing unlawful; the search history is being examined.",
    }  # fmt: skip
    save_assessment(actor=officer, assessment=row, version=row.version, is_submitted=True, **content)


def add_plan(users: dict[str, User], arthur: Nominal, today: date) -> None:
    """Write the plan, ask officers and a partner, and let one of them report."""
    officer, review_on = arthur.offender_manager, today + timedelta(days=185)
    signed(
        RiskPlan(nominal=arthur, number=1, author=officer, review_on=review_on, **PLAN),
        today - timedelta(days=RAISED - 5),
        users["supervisor"],
    )
    watch = add_plan_action(
        actor=officer, nominal=arthur, part=PlanPart.MONITORING, officer=users["operational"], due_on=today, every=1, every_unit="weeks",
        what="Pass the leisure centre between 3pm and 5pm on a school day. Say whether the person on the card is there.",
    )  # fmt: skip
    add_plan_action(
        actor=officer, nominal=arthur, part=PlanPart.INTERVENTIONS, partner="Northmere Probation", due_on=today + timedelta(days=10),
        what="Place in the next treatment group",
    )  # fmt: skip
    add_plan_action(
        actor=officer, nominal=arthur, part=PlanPart.SUPERVISION, unit=officer.unit, due_on=today + timedelta(days=21),
        what="Visit at home in the evening, two officers",
    )  # fmt: skip
    turn = Action.objects.waiting().get(kind="plan", subject_id=watch.pk)
    report_on_plan(
        actor=users["operational"], action=turn, happened_on=today, is_concern=True, is_done=True,
        text="3:40pm: on the bench opposite the entrance. Left on foot when he saw the car. No child with him.",
    )  # fmt: skip


def add_uses(officer: User, arthur: Nominal, today: date) -> None:
    """Mark two pieces of material, and record one consultation and one that could not wait."""
    arms = Assessment.objects.get(nominal=arthur, tool__code="arms")
    MaterialUse.objects.create(
        nominal=arthur, purpose=UsePurpose.COURT_ORDER, kind=MaterialKind.ASSESSMENT, assessment=arms, marked_by=officer,
        why="Shows the pattern on which the order is sought", case_reference="NM/2026/0417",
    )  # fmt: skip
    MaterialUse.objects.create(
        nominal=arthur, purpose=UsePurpose.LICENCE, kind=MaterialKind.CONTACT, material="Call of the leisure centre, last month",
        marked_by=officer, why="Reason for the exclusion zone",
    )  # fmt: skip
    Consultation.objects.create(
        nominal=arthur, planned="Search of the home address", agency="Northmere Probation", person="Duty manager",
        view="No objection; asked to hear at once whether the phone is new.", consulted_on=today - timedelta(days=9), recorded_by=officer,
    )  # fmt: skip
    Consultation.objects.create(
        nominal=arthur, planned="Stop at the leisure centre", consulted_on=today - timedelta(days=30), recorded_by=officer,
        urgent_because="He was inside with children present; probation was told within the hour.",
    )  # fmt: skip
