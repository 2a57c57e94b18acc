"""What acts need that are done by two people at once: things in the right state, answers that no form tells; and which acts are not reached."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from accounts.models import SignIn, User
from actions.models import ActionPause
from offenders.models import Nominal
from tests.factories import make_force, make_nominal, make_unit, make_user
from tests.governance.making_retention import make_decided, make_old_record
from tests.intelligence.making_reports import make_released_row
from tests.safety.things.actions import make_action, make_clock
from tests.safety.things.retention import sent

Arguments = dict[str, Any]


def make_other_session(nominal: Nominal) -> Arguments:
    """Another session of the first person."""
    return {"public_id": SignIn.objects.create(user=nominal.offender_manager, session_key=uuid.uuid4().hex).public_id}


def make_standing_clock(nominal: Nominal) -> Arguments:
    """A clock that stands still."""
    action = make_clock(nominal=nominal)
    ActionPause.objects.create(action=action, kind="other", reason="x", since=localdate(), set_by=nominal.offender_manager)
    return {"public_id": action.public_id}


def make_old_proposal(nominal: Nominal) -> Arguments:
    """A proposal to dispose of a record of the unit that may go."""
    old = make_old_record(nominal.unit, offender_manager=nominal.offender_manager)
    return {"reference": old.reference, **sent(old)}


def make_old_decision(nominal: Nominal) -> Arguments:
    """A decision of two others to dispose of a record of the unit."""
    old = make_old_record(nominal.unit, offender_manager=nominal.offender_manager)
    return {"reference": old.reference, "public_id": make_decided(nominal=old).public_id}


def make_unseen_proposal(nominal: Nominal) -> Arguments:
    """The same of a record that only people of another unit may know of."""
    return sent(make_old_record(make_unit(organisation=nominal.force), is_restricted=True))


def what_is_known(person: User, password: str) -> dict[str, str]:
    """What people of a unit know and may type where a field of this name is empty."""
    third, other = make_user(unit=person.unit), make_nominal(unit=person.unit, offender_manager=person)
    report, force = make_released_row(nominal=other), make_force()
    return {
        "user": third.username, "password": password, "collar": third.collar_number, "recipients": third.collar_number,
        "adviser": third.collar_number, "officer": third.collar_number, "evidence": report.reference, "nominal": other.reference,
        "other": other.reference, "record": other.reference, "reference": other.reference, "force": str(force.pk), "postcode": "NM1 2AB",
        "telephone": "01632 960123", "mark": "AB12 CDE", "ago": (localdate() - timedelta(days=1)).isoformat(),
    }  # fmt: skip


# What a form does not tell: the answers to its questions, or the names of things that are known.
ANSWERS: dict[str, dict[str, str]] = {
    "intelligence:flag-add": {"user": "collar"},
    "intelligence:flag-change": {"user": "collar"},
    "intelligence:flag-review": {"user": "collar"},
}
# Acts that the drill does not get through to, and why.
NOT_REACHED: dict[str, str] = {}

# In another state than the one in which pages are looked at.
MADE: dict[str, Callable[[Nominal], Arguments]] = {
    "accounts:end-session": make_other_session,
    "actions:resume": make_standing_clock,
    "actions:change-date": lambda nominal: {"public_id": make_action(nominal=nominal).public_id},
    "governance:retention-approve": make_old_proposal,
    "governance:retention-give-back": make_old_proposal,
    "governance:retention-dispose": make_old_decision,
    "governance:unseen-approve": make_unseen_proposal,
}
