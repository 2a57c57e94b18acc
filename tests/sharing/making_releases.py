"""Decisions whose items stand on the record, cut and ready to go; and what was sent of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from offenders.choices import ConditionKind
from offenders.models import Condition, Nominal
from sharing.models import DecisionItem, Release, SharingDecision
from sharing.services.items import choose_items, decide_passages
from sharing.services.releases import send_release
from tests.factories import make_nominal
from tests.sharing.making_decisions import make_agreement, make_decision_row, seal_row

EVERYTHING = [
    "identity", "risk", "offending", "conditions", "whereabouts", "plan", "associates", "events", "documents", "intelligence",
    "sensitive", "confidential",
]  # fmt: skip
TEXT = "Not to enter Millbrook Park. Not to speak to Jane Example. Reports weekly."


def make_condition(nominal: Nominal, text: str = TEXT) -> Condition:
    """A licence condition in force."""
    return Condition.objects.create(nominal=nominal, kind=ConditionKind.LICENCE, text=text)


def draft_with(nominal: Nominal, keys: Sequence[str] = (), **values: Any) -> SharingDecision:
    """A draft of the managing officer's with these things chosen, and nothing decided about their passages."""
    agency = values.pop("agency", None)
    agreement = values.pop("agreement", None) or make_agreement(force=nominal.force, agency=agency, data_classes=EVERYTHING)
    values = {"agency": agreement.agency, "agreement": agreement, **values}
    decision = make_decision_row(nominal=nominal, state="draft", **values)
    decision.items.all().delete()
    return choose_items(actor=nominal.offender_manager, decision=decision, version=decision.version, keys=list(keys)) if keys else decision


def decide(
    item: DecisionItem, keeps: Sequence[bool | None] | None = None, *, code: str = "not_needed", by: User | None = None, **values: Any
) -> DecisionItem:
    """Say what stays of it; everything unless told otherwise."""
    decision = SharingDecision.objects.get(pk=item.decision_id)
    keeps = [True] * len(item.passages) if keeps is None else keeps
    return decide_passages(
        actor=by or decision.nominal.offender_manager, decision=decision, item=item, version=decision.version,
        keeps=[(keep, code if keep is False else "") for keep in keeps], **{"known": "not_known", "concerns_others": False} | values,
    )  # fmt: skip


def approved(nominal: Nominal | None = None, keeps: Sequence[bool | None] | None = None, **values: Any) -> SharingDecision:
    """An approved decision to share one condition of three passages."""
    nominal = nominal or make_nominal()
    condition = make_condition(nominal)
    decision = draft_with(nominal, [f"condition:{condition.pk}"], **values)
    decide(decision.items.get(), keeps)
    return seal_row(SharingDecision.objects.get(pk=decision.pk), nominal.offender_manager, "approved")


def sent(nominal: Nominal | None = None, keeps: Sequence[bool | None] | None = None, **values: Any) -> Release:
    """What was sent of one condition of three passages."""
    decision = approved(nominal, keeps, **values)
    return send_release(actor=decision.nominal.offender_manager, decision=decision)
