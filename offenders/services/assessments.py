"""Risk assessments: started, written, submitted, approved; approval makes the level of risk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.risk import AssessmentReason, Decision, SignOff
from offenders.guards.risk import require_author, require_move, require_no_problem, require_tool_in_use
from offenders.models import Assessment, AssessmentTool, Nominal
from offenders.rules.risk import BEING_WRITTEN, check_assessment, check_scores, level_from
from offenders.services.assessment_dues import settle_assessment
from offenders.services.operational import store_risk
from offenders.services.records import lock_nominal
from offenders.services.signing import decide, lock_signed, move, submit, supersede, take_back
from ui.templatetags.ui import uk_date

AT_WORK = [*BEING_WRITTEN, SignOff.SUBMITTED]
COPIED = ("occasion", "scores", "level_given", "level_proposed", "difference_reason", "at_risk", "rationale", "sources")


@transaction.atomic
def start_assessment(
    *, actor: User, nominal: Nominal, tool: AssessmentTool, assessed_on: date, occasion: AssessmentReason | str
) -> Assessment:
    """Begin an assessment as a draft. It may stay incomplete until it is submitted."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    lock_nominal(nominal)
    if assessed_on > localdate():
        raise DomainError("The day of the assessment must be today or earlier", field="assessed_on")
    require_tool_in_use(tool, assessed_on)
    require_none_at_work(nominal, tool)
    row = Assessment.objects.create(nominal=nominal, tool=tool, assessed_on=assessed_on, occasion=occasion, author=actor)
    record_event(Verb.CREATED, row, act="Risk assessment started", tool=tool.code)
    return row


def require_none_at_work(nominal: Nominal, tool: AssessmentTool) -> None:
    """Two people do not assess with the same tool at the same time."""
    standing = Assessment.objects.filter(nominal=nominal, tool=tool, state__in=AT_WORK).select_related("author").first()
    if standing:
        raise DomainError(
            "{person} has an assessment with this tool at work. Open it from the list.", person=standing.author.display_name, field="tool"
        )


@transaction.atomic
def save_assessment(*, actor: User, assessment: Assessment, version: int, is_submitted: bool = False, **content: Any) -> Assessment:
    """Store what the assessor wrote; with `is_submitted` hand it in for approval, for which nothing may be missing."""
    authorise(actor, Perm.CHANGE_RECORD, assessment)
    row = lock_signed(assessment, version)
    require_author(row, actor)
    require_move(row, SignOff.SUBMITTED)
    form = row.tool.form
    require_no_problem(check_scores(form, content["scores"], is_final=False))
    for name, value in content.items():
        setattr(row, name, value)
    row.level_given = level_from(form, row.scores)
    require_tool_in_use(row.tool, row.assessed_on)
    if is_submitted:
        require_no_problem(check_assessment(form, vars(row), localdate()))
        return submit(row, actor)
    row.version += 1
    row.save()
    record_event(Verb.CHANGED, row, act="Risk assessment written")
    return row


@transaction.atomic
def take_back_assessment(*, actor: User, assessment: Assessment, version: int | None = None) -> Assessment:
    """Change what waits for approval."""
    authorise(actor, Perm.CHANGE_RECORD, assessment)
    return take_back(lock_signed(assessment, version), actor)


@transaction.atomic
def withdraw_assessment(*, actor: User, assessment: Assessment, reason: str) -> Assessment:
    """Give up an assessment that was not approved; it stays on the list."""
    authorise(actor, Perm.CHANGE_RECORD, assessment)
    row = move(lock_signed(assessment, None), SignOff.WITHDRAWN)
    record_event(Verb.CHANGED, row, reason=reason, act="Risk assessment withdrawn")
    return row


@transaction.atomic
def revise_assessment(*, actor: User, assessment: Assessment) -> Assessment:
    """Change an approved assessment: as a new draft, which the old approval does not cover."""
    authorise(actor, Perm.CHANGE_RECORD, assessment)
    old = lock_signed(assessment, None)
    if old.state != SignOff.APPROVED:
        raise DomainError("Only the approved assessment can be changed in this way. Open the newest one from the list.")
    require_none_at_work(old.nominal, old.tool)
    copied = {name: getattr(old, name) for name in COPIED}
    row = Assessment.objects.create(nominal=old.nominal, tool=old.tool, assessed_on=old.assessed_on, author=actor, replaces=old, **copied)
    record_event(Verb.CREATED, row, act="Approved risk assessment to be changed", tool=row.tool.code)
    return row


@transaction.atomic
def decide_assessment(*, actor: User, assessment: Assessment, version: int, decision: Decision | str, reasons: str = "") -> Assessment:
    """Approve an assessment, which sets the level of risk from today, or return it with reasons."""
    authorise(actor, Perm.APPROVE_RISK, assessment)
    row = lock_signed(assessment, version)
    if decision == Decision.APPROVE:
        for earlier in Assessment.objects.filter(nominal=row.nominal, tool__code=row.tool.code, state=SignOff.APPROVED):
            supersede(earlier, actor)
    decide(row, actor, decision, reasons)
    if row.state == SignOff.APPROVED:
        set_level(row, actor)
        settle_assessment(actor=actor, assessment=row)
    return row


def set_level(row: Assessment, actor: User) -> None:
    """Make the approved level the level of risk."""
    reason = f"{row.tool.name}, assessed by {row.author.display_name} on {uk_date(row.assessed_on)}, approved by {actor.display_name}"
    nominal = lock_nominal(row.nominal)
    level = row.level_proposed or 0
    row.risk_period = store_risk(nominal, actor, localdate(), level=level, at_risk=row.at_risk, reason=reason)
    row.save(update_fields=["risk_period"])
