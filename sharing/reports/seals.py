"""What of a decision is sealed: everything that whoever decides relies on."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder

from sharing.models import ProactiveRelease

if TYPE_CHECKING:
    from sharing.models import SharingDecision

OWN = (
    "template", "recipient_kind", "agency_id", "recipient", "recipient_section_id", "purpose", "agreement_id", "powers", "own_basis",
    "channel", "handling", "must_not", "expected_action", "expires_on", "review_on", "choice", "reasons",
)  # fmt: skip
OF_ADVICE = ("kind", "adviser_id", "from_whom", "question", "given_on", "text", "is_followed", "why_not")
OF_ITEMS = ("key", "data_class", "heading", "label", "passages", "known", "concerns_others", "gate_reason", "checked_by_id")


OF_PLANS = ("risk_assessment", "press_officer_id", "took_part_on", "outlets", "plan")


def content_of(decision: SharingDecision) -> dict[str, Any]:
    """Return what the seal covers, as plain values in a fixed order."""
    return {
        "decision": {name: getattr(decision, name) for name in OWN},
        "answers": list(decision.answers.order_by("code").values("code", "verdict", "text")),
        "advice": list(decision.advice.order_by("pk").values(*OF_ADVICE)),
        "items": list(decision.items.order_by("position", "pk").values(*OF_ITEMS)),
        "plans": list(ProactiveRelease.objects.filter(decision=decision).values(*OF_PLANS)),
    }


def seal_of(decision: SharingDecision) -> str:
    """Return the hash (SHA-256, hexadecimal) of a decision's content as it is stored now."""
    text = json.dumps(content_of(decision), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
