"""What the safety tests need to try addresses about actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Action, ActionExtension, ActionPause
from actions.services import Owner, raise_action, tell
from offenders.models import Nominal
from tests.safety.expectations import EXPECTED, NOBODY, POLICE


def make_action(*, nominal: Nominal, owner: Owner | None = None, days: int = 5, title: str = "Ring the hostel") -> Action:
    """Something that the managing officer must do about a record in some days."""
    owner = owner or Owner(user=nominal.offender_manager)
    due_on = localdate() + timedelta(days=days)
    return raise_action(actor=None, kind="by-hand", title=title, owner=owner, nominal=nominal, due_on=due_on, route="offenders:actions")


def make_clock(*, nominal: Nominal, rule: str = "approval", owner: Owner | None = None) -> Action:
    """Something whose time a rule reckons."""
    owner = owner or Owner(user=nominal.offender_manager)
    return raise_action(actor=None, kind="approval", title="Approve the assessment", owner=owner, nominal=nominal, rule=rule)


def seen_by(leads: frozenset[Role]) -> Callable[[Role, str], set[str]]:
    """The owner, who is here the managing officer, and those of these roles in the unit that answers for it."""

    def outcomes(role: Role, relation: str) -> set[str]:
        owns = relation == "own" and role in POLICE
        watches = relation in {"own", "unit", "restricted"} and role in leads and role in EXPECTED[Perm.VIEW_MARKER].get(relation, NOBODY)
        return {"reached"} if owns or watches else {"hidden", "refused"}

    return outcomes


def paused(nominal: Nominal) -> dict:
    """A clock that stood still."""
    action = make_clock(nominal=nominal)
    row = ActionPause.objects.create(action=action, kind="other", reason="x", since=localdate(), set_by=nominal.offender_manager)
    return {"public_id": action.public_id, "key": row.pk}


def extended(nominal: Nominal) -> dict:
    """A clock with more time."""
    action = make_clock(nominal=nominal)
    row = ActionExtension.objects.create(action=action, quantity=2, unit="days", reason="x", authorised_by=nominal.offender_manager)
    return {"public_id": action.public_id, "key": row.pk}


READ, LEAD = seen_by(frozenset({Role.OFFENDER_MANAGER, Role.SUPERVISOR})), seen_by(frozenset({Role.SUPERVISOR}))
ACTS = ("hand-over", "pause", "resume", "extend", "change-date", "cancel")

# Each makes the thing that the address is about, on a nominal, and returns the address's arguments.
OBJECTS: dict[str, Callable[[Nominal], dict]] = {
    f"actions:{name}": lambda nominal: {"public_id": make_clock(nominal=nominal).public_id} for name in ("action", *ACTS)
}
OBJECTS |= {"actions:pause-withdraw": paused, "actions:extension-withdraw": extended}
# Addresses whose outcome the permission alone does not tell: role and relation to the set of outcomes that may be.
OWN_RULES: dict[str, Callable[[Role, str], set[str]]] = {name: READ if name == "actions:action" else LEAD for name in OBJECTS}
# Addresses about something else than a record, with where they are tried.
TRIED_ELSEWHERE: set[str] = {
    "actions:officer",  # tests/actions/test_pages.py: owners of what one may hand over
    "actions:notification-open",  # tests/actions/test_notifications.py: one's own only
    "actions:rule",  # tests/actions/test_rule_pages.py: rules belong to nobody
    "actions:rule-change",
    "actions:rule-confirm",
    "actions:rule-withdraw",
    "actions:holiday-remove",
}


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record, for counting queries."""
    action = make_action(nominal=nominal, days=number - 1)
    make_clock(nominal=nominal)
    make_action(nominal=nominal, owner=Owner(user=officer), days=number)
    tell(actor=None, people=[officer], text="Something was changed", nominal=nominal.pk, action=action)
