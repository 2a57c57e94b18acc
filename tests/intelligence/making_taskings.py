"""Functions that make taskings, by their services and without them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from accounts.models import User
from intelligence.models import Tasking, TaskingSlot, TaskingSubject
from intelligence.services.tasking import issue_tasking, raise_tasking
from offenders.models import Nominal
from tests.intelligence.making_reports import make_bureau

WANTED = "Whether anybody of about twenty waits at the boathouse after dark"


def wanted(**values: Any) -> dict[str, Any]:
    """What a tasking says."""
    today = localdate()
    said = {"level": "force", "requirement": WANTED, "reason": "Three reports since March", "means": ["patrol", "cctv"]}
    asked = {"handling": "For this unit only", "starts_on": today, "ends_on": today + timedelta(days=20), "unit": None, "officer": None}
    return said | asked | values


def make_live(*, actor: User, **values: Any) -> Tasking:
    """A live tasking, raised by somebody."""
    draft = raise_tasking(actor=actor, **wanted(**values))
    return issue_tasking(actor=actor, tasking=draft, version=draft.version)


def make_row(*, nominal: Nominal, raised_by: User | None = None, state: str = "live", **values: Any) -> Tasking:
    """A tasking of the record's unit about it, put together without its services, on a sheet of today."""
    raiser = raised_by or make_bureau(nominal.force)
    said = wanted(**{"unit": nominal.unit, **values}) | {"reference": f"TK-{uuid.uuid4().hex[:8]}", "state": state}
    tasking = Tasking.objects.create(force=raiser.organisation, raised_by=raiser, **said)
    TaskingSubject.objects.create(tasking=tasking, nominal=nominal)
    TaskingSlot.objects.create(tasking=tasking, day=localdate(), shift="early", added_by=raiser)
    return tasking
