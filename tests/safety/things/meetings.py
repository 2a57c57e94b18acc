"""What the safety tests need to try addresses about meetings."""

from __future__ import annotations

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from offenders.choices.meetings import MinutesState
from offenders.models import Nominal
from offenders.services.levels import raise_review
from tests.factories import make_user
from tests.offenders.making_meetings import (
    day_before,
    make_invitation,
    make_item,
    make_meeting_action,
    make_minutes,
    make_referral,
    make_restricted,
)


def of_item(days: int = 7, state: str = "") -> Callable[[Nominal], dict]:
    """An agenda item, in the past with minutes in a state."""

    def make(nominal: Nominal) -> dict:
        item = make_item(nominal=nominal, days=days)
        if state:
            make_minutes(item=item, state=state)
        return {"reference": nominal.reference, "public_id": item.public_id}

    return make


def of_meeting(nominal: Nominal) -> dict:
    """A planned meeting with the person on its agenda."""
    return {"public_id": make_item(nominal=nominal).meeting.public_id}


def of_invitation(nominal: Nominal) -> dict:
    """Somebody who is invited, with approved minutes."""
    item = make_item(nominal=nominal, days=-7)
    make_minutes(item=item, state=MinutesState.APPROVED)
    return {"reference": nominal.reference, "public_id": make_invitation(item=item).public_id}


def of_referral(nominal: Nominal) -> dict:
    """A referral that waits."""
    return {"reference": nominal.reference, "public_id": make_referral(nominal=nominal).public_id}


def of_action(nominal: Nominal) -> dict:
    """An action that a meeting set."""
    return {"reference": nominal.reference, "public_id": make_meeting_action(item=make_item(nominal=nominal, days=-7)).public_id}


def of_restricted(nominal: Nominal) -> dict:
    """A restricted part of a draft."""
    minutes = make_minutes(item=make_item(nominal=nominal, days=-7))
    return {"reference": nominal.reference, "public_id": make_restricted(minutes=minutes).public_id}


DRAFT, SUBMITTED, APPROVED = MinutesState.DRAFT, MinutesState.SUBMITTED, MinutesState.APPROVED
# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    **{f"offenders:{name}": of_meeting for name in ("meeting", "meeting-file", "meeting-change", "meeting-agenda", "meeting-cancel")},
    **{
        f"offenders:{name}": of_item()
        for name in ("agenda-item", "agenda-paper", "agenda-file", "agenda-withdraw", "agenda-change", "invite-again", "invitation-add")
    },
    **{f"offenders:{name}": of_item(-7, DRAFT) for name in ("minutes-edit", "minutes-submit", "restricted-item-add", "meeting-action-add")},
    **{f"offenders:{name}": of_item(-7, SUBMITTED) for name in ("minutes-approve", "minutes-return")},
    "offenders:minutes": of_item(-7, APPROVED),
    "offenders:invitation-change": of_invitation,
    "offenders:minutes-copy": of_invitation,
    "offenders:referral-screen": of_referral,
    "offenders:meeting-action-close": of_action,
    "offenders:restricted-item-remove": of_restricted,
}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = set()


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    for days, state in ((3, ""), (-7 - number, APPROVED), (-7 - number, SUBMITTED)):
        item = make_item(nominal=nominal, days=days)
        make_invitation(item=item)
        make_invitation(item=item, user=make_user(unit=officer.unit))
        make_meeting_action(item=item)
        if state:
            make_minutes(item=item, state=state)
    screener = make_user(unit=officer.unit)
    decided = {"decided_level": 2, "decided_by": screener, "decided_at": nominal.created_at, "decision_reason": "Needed"}
    make_referral(nominal=nominal, outcome="accepted", **decided)
    if not number:
        raise_review(actor=None, nominal=nominal, level=2, starts_on=day_before(3))
