"""The risk management plan on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from offenders.models import PlanAction, RiskPlan
from ui.pdf import make_pdf


def plan_paper(*, plan: RiskPlan, actions: Sequence[PlanAction], printed_by: User, printed_at: datetime) -> bytes:
    """Return a PDF of one version of the plan with what others are asked to do; the record's reference stands for the person."""
    context = {
        "title": f"Risk management plan, {plan.nominal.reference}",
        "plan": plan,
        "actions": actions,
        "printed_by": printed_by.display_name,
        "printed_at": printed_at,
    }
    return make_pdf("offenders/risk/plan_pdf.html", context)
