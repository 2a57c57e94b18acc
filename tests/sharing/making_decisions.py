"""Agreements, decisions in any state and releases, as rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.models import Organisation, User
from offenders.models import Nominal
from sharing.models import Agreement, Answer, Approval, AuthorityRule, DecisionItem, Release, SharingDecision
from sharing.references import DECISION, RELEASE, next_reference
from sharing.reports.seals import seal_of
from sharing.rules.decisions import SEALED, State
from tests.factories import make_agency, make_user

TEXT = "He must not be alone with children."


def make_agreement(*, force: Organisation, agency: Organisation | None = None, days: int = 100, **values: Any) -> Agreement:
    """An agreement in force, with so many days to go."""
    today = localdate()
    plain = {
        "title": "Sharing under MAPPA", "purposes": ["manage_risk", "protect_child"], "data_classes": ["identity", "risk", "conditions"],
        "powers": ["cja_325"], "period": DateRange(today - timedelta(days=400), today + timedelta(days=days)),
        "review_on": today + timedelta(days=30), "signed_by": "Superintendent; head of service",
    }  # fmt: skip
    by = values.pop("added_by", None) or make_user(Role.INFORMATION_GOVERNANCE, organisation=force)
    return Agreement.objects.create(force=force, agency=agency or make_agency(), added_by=by, **plain | values)


def make_decision_row(*, nominal: Nominal, by: User | None = None, state: str = State.APPROVED, **values: Any) -> SharingDecision:
    """A decision to share the person's conditions with an agency online; in the state that is asked for, sealed where that is."""
    by = by or nominal.offender_manager
    agency = values.pop("agency", None) or make_agency()
    agreement = values.pop("agreement", None) or make_agreement(force=nominal.force, agency=agency)
    plain = {
        "recipient_kind": "agency", "agency": agency, "agreement": agreement, "purpose": "protect_child", "powers": ["cja_325"],
        "channel": "online", "choice": "share", "reasons": "The school must know.", "handling": "Confidential. Named staff only.",
        "must_not": "Not to be passed on.", "expected_action": "Keep him from the premises.",
        "expires_on": localdate() + timedelta(days=30), "drafted_by": by, "edited_by": by,
    }  # fmt: skip
    decision = SharingDecision.objects.create(nominal=nominal, reference=next_reference(DECISION), **plain | values)
    Answer.objects.create(decision=decision, code="why", text="To protect pupils", answered_by=by)
    make_item_row(decision=decision)
    return seal_row(decision, by, state) if state in SEALED else decision


def make_item_row(*, decision: SharingDecision, text: str = TEXT, **values: Any) -> DecisionItem:
    """Something that would go, whole."""
    plain = {
        "position": decision.items.count() + 1, "key": f"conditions:{decision.items.count()}", "data_class": "conditions",
        "heading": "Conditions", "label": "Licence", "passages": [{"text": text, "keep": True, "code": ""}],
        "chosen_by": decision.drafted_by,
    }  # fmt: skip
    return DecisionItem.objects.create(decision=decision, **plain | values)


def seal_row(decision: SharingDecision, by: User, state: str) -> SharingDecision:
    """Seal it, and let somebody approve or refuse it where the state says so."""
    decision.authority_rule = AuthorityRule.objects.get(circumstance="agency", period__contains=localdate())
    decision.authority, decision.content_hash, decision.state = "supervisor", seal_of(decision), state
    decision.submitted_by, decision.submitted_at = by, now()
    decision.save()
    if state != State.SUBMITTED:
        lead = make_user(Role.SUPERVISOR, unit=decision.nominal.unit)
        Approval.objects.create(
            decision=decision, content_hash=decision.content_hash, verdict=state, authority="supervisor", reasons="Necessary",
            author=by, by=lead,
        )  # fmt: skip
    return decision


def make_release_row(*, nominal: Nominal, decision: SharingDecision | None = None, **values: Any) -> Release:
    """What was sent to an agency under an approved decision."""
    decision = decision or make_decision_row(nominal=nominal)
    plain = {
        "recipient": decision.to_whom, "subject_name": "Arthur Sample", "purpose": "Protecting a child", "marking": "OFFICIAL-SENSITIVE",
        "powers": "Criminal Justice Act 2003, section 325", "contents": contents_of(decision), "expires_on": decision.expires_on,
        "handling": decision.handling, "must_not": decision.must_not, "expected_action": decision.expected_action,
        "sent_by": decision.drafted_by, "content_hash": decision.content_hash, "approval": decision.approvals.get(verdict="approved"),
        "force": nominal.force, "agency": decision.agency, "channel": decision.channel,
    }  # fmt: skip
    return Release.objects.create(reference=next_reference(RELEASE), decision=decision, **plain | values)


def contents_of(decision: SharingDecision) -> list[dict[str, Any]]:
    """What its items are when they go."""
    return [
        {"heading": item.heading, "label": item.label, "text": item.kept, "is_known": False, "removed": []} for item in decision.items.all()
    ]


def make_partner(agency: Organisation, **values: Any) -> User:
    """Somebody of an agency who signs in."""
    return make_user(Role.PARTNER, organisation=agency, unit=None, **values)


YESTERDAY = DateRange(date(2020, 1, 1), localdate())
