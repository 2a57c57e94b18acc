"""Enquiries of the media and what hangs on them, and verdicts under lent authority, as rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now

from accounts.choices import DelegatedAuthority, Role
from accounts.models import Delegation, Organisation, User
from offenders.models import Nominal
from sharing.choices.decisions import Verdict
from sharing.models import Approval, EnquiryRecord, MediaConsultation, MediaEnquiry, MediaStatement, MediaStrategy, SharingDecision
from sharing.references import ENQUIRY, next_reference
from tests.factories import make_agency, make_user
from tests.sharing.making_decisions import make_decision_row, seal_row

ASKED = "Is it true that somebody was moved into our street?"


def make_press(force: Organisation, **values: Any) -> User:
    """A press officer of a force."""
    return make_user(Role.PRESS_OFFICER, organisation=force, **values)


def make_enquiry_row(*, nominal: Nominal, taken_by: User | None = None, is_linked: bool = True, **values: Any) -> MediaEnquiry:
    """A specific enquiry about which the record's unit was asked, linked to the record unless told otherwise."""
    plain = {
        "kind": "specific", "outlet": "Northmere Echo", "journalist": "A. Reporter", "received_by": "phone", "received_at": now(),
        "question": ASKED, "unit": nominal.unit, "force": nominal.force, "taken_by": taken_by or make_press(nominal.force),
    }  # fmt: skip
    enquiry = MediaEnquiry.objects.create(reference=next_reference(ENQUIRY), **plain | values)
    if is_linked and enquiry.kind == "specific":
        EnquiryRecord.objects.create(enquiry=enquiry, nominal=nominal, linked_by=nominal.offender_manager)
    return enquiry


def make_whole_enquiry(*, nominal: Nominal, **values: Any) -> MediaEnquiry:
    """The same with a strategy, an agency that must be asked, and a statement, none agreed."""
    enquiry = make_enquiry_row(nominal=nominal, **values)
    press = enquiry.taken_by
    MediaStrategy.objects.create(enquiry=enquiry, text="Calm the street", lines=["no-vigilantes"], written_by=press, written_at=now())
    MediaConsultation.objects.create(enquiry=enquiry, agency=make_agency(), is_required=True, added_by=nominal.offender_manager)
    MediaStatement.objects.create(enquiry=enquiry, number=1, text="We look after safety.", identifies=False, written_by=press)
    return enquiry


def make_media_decision(*, nominal: Nominal, state: str = "approved", **values: Any) -> SharingDecision:
    """A decision to identify the person to the media."""
    plain = {"template": "media", "recipient_kind": "media", "agency": None, "agreement": None, "own_basis": "Public safety"}
    decision = make_decision_row(nominal=nominal, state="draft", expires_on=None)
    for name, value in (plain | {"channel": "spoken"} | values).items():
        setattr(decision, name, value)
    decision.save()
    if state != "draft":
        seal_row(decision, nominal.offender_manager, state)
    return decision


def make_lent_approval(*, nominal: Nominal, delegator: User, verdict: str = Verdict.APPROVED) -> Approval:
    """A verdict given with authority that somebody lent."""
    delegate = make_user(Role.OPERATIONAL, organisation=delegator.organisation)
    today = localdate()
    delegation = Delegation.objects.create(
        authority=DelegatedAuthority.DISCLOSE_CATEGORY_1_LEVEL_1, delegator=delegator, delegate=delegate, reason="Leave",
        period=DateRange(today - timedelta(days=9), today + timedelta(days=9)),
    )  # fmt: skip
    decision = make_decision_row(nominal=nominal, state="submitted")
    return Approval.objects.create(
        decision=decision, content_hash=decision.content_hash, verdict=verdict, authority="disclosure_authority", reasons="Needed",
        delegation=delegation, author=nominal.offender_manager, by=delegate,
    )  # fmt: skip
