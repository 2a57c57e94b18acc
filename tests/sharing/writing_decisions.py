"""Decisions written as their officer writes them, up to a state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.models import Delegation, Organisation, User
from offenders.models import Nominal
from sharing.models import Approval, SharingDecision
from sharing.rules.questions import Kind, questions_for
from sharing.services.approving import decide_decision
from sharing.services.decisions import save_page, start_decision, submit_decision
from tests.factories import make_agency, make_user
from tests.sharing.making_decisions import make_agreement, make_item_row

FIRST = {Kind.YES_NO: "yes", Kind.TEST: "met"}
SHARE: dict[str, Any] = {
    "purpose": "protect_child",
    "powers": ["cja_325"],
    "channel": "paper",
    "handling": "Named staff only",
    "must_not": "Not to be passed on",
    "expected_action": "Keep him from the premises",
    "choice": "share",
    "reasons": "They must know",
    "own_basis": "To protect pupils",
}


def answers_to(decision: SharingDecision, **other: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """An answer to everything that is asked; others by code."""
    asked = [each for each in questions_for(decision.template, decision.recipient_kind) if each.is_needed]
    plain = {
        each.code: (FIRST.get(each.kind) or (each.options[0][0] if each.options else ""), f"Words on {each.code}" if each.has_words else "")
        for each in asked
    }
    if "recipient_at_risk" in plain:
        plain["recipient_at_risk"] = ("no", "A head teacher")
    return plain | other


def begin(nominal: Nominal, *, kind: str = "body", agency: Organisation | None = None, by: User | None = None, **values: Any):
    """A draft."""
    return start_decision(actor=by or nominal.offender_manager, nominal=nominal, recipient_kind=kind, agency=agency, **values)


def write(decision: SharingDecision, *, by: User | None = None, answers: dict[str, tuple[str, str]] | None = None, **fields: Any):
    """Fill a draft in wholly, with something to share."""
    by = by or decision.drafted_by
    plain = SHARE | ({"recipient": "The head of a school"} if decision.recipient_kind != "agency" else {})
    said = answers_to(decision, **(answers or {}))
    done = save_page(actor=by, decision=decision, version=decision.version, fields=plain | fields, answers=said)
    if done.choice != "do_not" and not done.items.exists():
        make_item_row(decision=done)
    return done


def send(decision: SharingDecision, by: User | None = None) -> SharingDecision:
    """Send it to whoever decides."""
    decision.refresh_from_db()
    return submit_decision(actor=by or decision.drafted_by, decision=decision, version=decision.version)


def with_agency(nominal: Nominal, **fields: Any) -> SharingDecision:
    """A complete draft to share with an agency online, under an agreement."""
    agency = make_agency()
    make_agreement(force=nominal.force, agency=agency)
    online = {"channel": "online", "expires_on": localdate() + timedelta(days=30), "own_basis": ""}
    return write(begin(nominal, kind="agency", agency=agency), **online | fields)


def decide(decision: SharingDecision, by: User, verdict: str = "approved", **more: Any) -> Approval:
    """A verdict on it as it is stored."""
    decision.refresh_from_db()
    return decide_decision(
        actor=by, decision=decision, content_hash=decision.content_hash, verdict=verdict, **{"reasons": "Necessary", **more}
    )


def lead_of(nominal: Nominal) -> User:
    """A supervisor of the record's unit."""
    return make_user(Role.SUPERVISOR, unit=nominal.unit)


def lend(by: User, to: User, *, days: int = 10, **values: Any) -> Delegation:
    """Authority lent from yesterday on."""
    today = localdate()
    period = DateRange(today - timedelta(days=20), today + timedelta(days=days))
    plain = {"authority": "disclose_category_1_level_1", "delegator": by, "delegate": to, "period": period, "reason": "Leave"}
    return Delegation.objects.create(**plain | values)
