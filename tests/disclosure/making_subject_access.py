"""Requests for one's own data and what hangs on them, as rows."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils.timezone import now

from accounts.choices import Role
from accounts.models import User
from disclosure.models import Bundle, BundleItem, Correction, SubjectRequest
from disclosure.references import SUBJECT_REQUEST, next_reference
from offenders.models import Nominal
from tests.factories import make_user


def make_governance(nominal: Nominal) -> User:
    """Somebody who keeps the data protection of the record's force."""
    return make_user(Role.INFORMATION_GOVERNANCE, organisation=nominal.force)


def make_subject_request(*, nominal: Nominal, officer: User | None = None, **values: Any) -> SubjectRequest:
    """A request by the person of a record, whose identity is proved, with which the record's unit was asked to help."""
    officer = officer or make_governance(nominal)
    plain = {
        "force": nominal.force, "unit": nominal.unit, "officer": officer, "name": "Arthur Sample", "received_by": "letter",
        "received_at": now(), "identity": "passport", "identity_by": officer, "identity_at": now(), "nominal": nominal, "state": "deciding",
    }  # fmt: skip
    return SubjectRequest.objects.create(reference=next_reference(SUBJECT_REQUEST), **plain | values)


def make_bundle_item(request: SubjectRequest, keep: bool | None = True, **values: Any) -> BundleItem:
    """One thing held: kept without a suggestion, or removed, or undecided."""
    number = request.items.count()
    decided = {} if keep is None else {"decided_by": request.officer, "decided_at": now()}
    passages = [{"text": f"Was seen on the {number}. ", "keep": keep, "code": "" if keep is not False else "others", "found": []}]
    plain = {
        "source": "offenders.contact", "key": f"offenders.contact:{number}", "position": number, "heading": "Conversations",
        "label": "Conversation", "passages": passages, "needs_second": keep is False, "collected_by": request.officer,
    }  # fmt: skip
    return BundleItem.objects.create(request=request, **plain | decided | values)


def make_correction(request: SubjectRequest, *, is_granted: bool = False) -> Correction:
    """Something that is disputed; granted, so that the unit must do it, where wanted."""
    granted = {"outcome": "rectified", "basis": "wrong", "reasons": "It was another", "decided_by": request.officer, "decided_at": now()}
    return Correction.objects.create(
        request=request, what="The address of 3 May", asked="I never lived there", **(granted if is_granted else {})
    )


def make_bundle(request: SubjectRequest, **values: Any) -> Bundle:
    """A sealed bundle of what a request holds."""
    contents = [{"heading": each.heading, "label": each.label, "text": each.kept} for each in request.items.all()]
    plain = {"answer": "bundle", "letter": "Here is what is held about you.", "contents": contents, "told": []}
    digest = hashlib.sha256(repr(contents).encode()).hexdigest()
    return Bundle.objects.create(request=request, sha256=digest, sealed_by=request.officer, sealed_at=now(), **plain | values)
