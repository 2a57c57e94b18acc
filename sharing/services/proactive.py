"""What a release to the media or the public on the force's own initiative rests on besides its decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import User
from audit.choices import Verb
from audit.services import record_event
from sharing.guards.media import require_media_decision, require_plan
from sharing.models import ProactiveRelease, SharingDecision
from sharing.services.editing import hold_for_editing


@transaction.atomic
def plan_proactive_release(
    *, actor: User, decision: SharingDecision, version: int, risk_assessment: str, press_officer: User, took_part_on: date,
    outlets: Sequence[str], plan: str,
) -> ProactiveRelease:  # fmt: skip
    """Keep the risk of the release itself, which press officer took part, and how it goes out. It opens a sealed decision again."""
    locked = hold_for_editing(actor=actor, decision=decision, version=version)
    require_media_decision(locked)
    require_plan(risk_assessment, plan, outlets, took_part_on)
    if press_officer.organisation_id != actor.organisation_id or Role.PRESS_OFFICER not in press_officer.roles:
        raise DomainError("Choose a press officer of your force.", field="press_officer")
    planned, _ = ProactiveRelease.objects.update_or_create(
        decision=locked,
        defaults={
            "risk_assessment": risk_assessment.strip(), "press_officer": press_officer, "took_part_on": took_part_on,
            "outlets": list(outlets), "plan": plan.strip(), "written_by": actor,
        },
    )  # fmt: skip
    record_event(Verb.CHANGED, locked, act="Proactive release planned", press_officer=press_officer.pk)
    return planned
