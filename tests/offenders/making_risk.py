"""Plain functions that make assessments, plans and what goes with them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from actions.models import Action
from offenders.choices import RiskLevel
from offenders.choices.risk import FieldKind, PlanPart, SignOff
from offenders.models import Assessment, AssessmentTool, Consultation, MaterialUse, Nominal, PlanAction, RiskPlan
from offenders.rules.risk import SIGNED, FormField
from offenders.services.assessments import save_assessment, start_assessment
from offenders.services.plan_actions import raise_turn
from offenders.services.plans import save_plan, start_plan
from tests.factories import make_user

PLAN_WORDS = {part.value: f"What we do about {part.label.lower()}" for part in PlanPart}


def a_tool(code: str = "osp-c") -> AssessmentTool:
    """One of the tools that the service starts with."""
    return AssessmentTool.objects.get(code=code)


def good_answer(field: FormField, level: int = RiskLevel.HIGH) -> Any:
    """An answer that fits."""
    return {FieldKind.NUMBER: field.lowest, FieldKind.CHOICE: field.options[0] if field.options else None, FieldKind.LEVEL: level}.get(
        field.kind, "Words"
    )


def good_content(tool: AssessmentTool, level: int = RiskLevel.HIGH, **values: Any) -> dict[str, Any]:
    """Everything that an assessment needs to be handed in."""
    scores = {field.code: good_answer(field, level) for field in tool.form}
    return {
        "assessed_on": timezone.localdate(), "occasion": "periodic", "scores": scores,
        "level_proposed": level, "difference_reason": "", "at_risk": ["children"], "rationale": "Settled, but drinks again.",
        "sources": ["visits"], **values,
    }  # fmt: skip


def make_submitted(nominal: Nominal, author: User | None = None, tool: str = "osp-c", **values: Any) -> Assessment:
    """An assessment that waits for approval, made by the services."""
    author, chosen = author or nominal.offender_manager, a_tool(tool)
    row = start_assessment(actor=author, nominal=nominal, tool=chosen, assessed_on=timezone.localdate(), occasion="periodic")
    return save_assessment(actor=author, assessment=row, version=1, is_submitted=True, **good_content(chosen, **values))


def make_assessment(nominal: Nominal, state: str = SignOff.DRAFT, tool: str = "osp-c", **values: Any) -> Assessment:
    """A stored assessment in any state, whoever may write on the record."""
    chosen, author = a_tool(tool), values.pop("author", None) or make_user(unit=nominal.unit)
    row = Assessment(nominal=nominal, tool=chosen, author=author, state=state, **good_content(chosen), **values)
    return sign(row)


def sign(row: Any) -> Any:
    """Fill in what belongs to the state, and store."""
    if row.state != SignOff.DRAFT:
        row.submitted_at, row.submitted_hash = timezone.now(), row.content_hash
    if row.state in SIGNED:
        row.decided_by, row.decided_at = make_user(Role.SUPERVISOR, unit=row.nominal.unit), timezone.now()
        row.approved_hash = row.content_hash
    row.save()
    return row


def make_plan(nominal: Nominal, state: str = SignOff.DRAFT, number: int = 1, **values: Any) -> RiskPlan:
    """A stored version of a plan in any state."""
    author = values.pop("author", None) or make_user(unit=nominal.unit)
    review_on = timezone.localdate() + timedelta(days=100)
    return sign(RiskPlan(nominal=nominal, number=number, author=author, state=state, **{"review_on": review_on, **PLAN_WORDS, **values}))


def make_submitted_plan(nominal: Nominal, author: User | None = None) -> RiskPlan:
    """A plan that waits for approval, made by the services."""
    author = author or nominal.offender_manager
    plan = start_plan(actor=author, nominal=nominal)
    review_on = timezone.localdate() + timedelta(days=100)
    return save_plan(actor=author, plan=plan, version=1, is_submitted=True, review_on=review_on, **PLAN_WORDS)


def make_plan_action(nominal: Nominal, officer: User | None = None, **values: Any) -> PlanAction:
    """Something that an officer of the unit is asked to do, with its first turn."""
    defaults = {
        "part": PlanPart.MONITORING, "what": "Walk past the sports ground at closing time", "due_on": timezone.localdate(),
        "added_by": nominal.offender_manager,
    }  # fmt: skip
    who = {} if "partner" in values or "unit" in values else {"officer": officer or make_user(unit=nominal.unit)}
    planned = PlanAction.objects.create(nominal=nominal, **{**defaults, **who, **values})
    raise_turn(planned, None, planned.due_on)
    return planned


def turn_of(planned: PlanAction) -> Action:
    """The turn that waits."""
    return Action.objects.waiting().get(kind="plan", subject_id=planned.pk)


def make_use(nominal: Nominal, **values: Any) -> MaterialUse:
    """Material that is marked."""
    defaults = {"purpose": "bail", "kind": "document", "material": "Letter of 1 May", "why": "Shows contact", "marked_by": make_user()}
    return MaterialUse.objects.create(nominal=nominal, **{**defaults, **values})


def make_consultation(nominal: Nominal, **values: Any) -> Consultation:
    """An agency that was asked."""
    defaults = {
        "planned": "Search warrant", "agency": "Northmere Probation", "view": "No objection", "consulted_on": date(2026, 5, 1),
        "recorded_by": make_user(),
    }  # fmt: skip
    return Consultation.objects.create(nominal=nominal, **{**defaults, **values})
