"""Two people end the same thing at the same moment: one wins, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.choices import Role
from accounts.errors import DomainError, StaleRecord
from audit.models import Event
from offenders.services.access import end_exclusion, end_partnership, revoke_grant
from offenders.services.identity import remove_identity_fact
from tests.factories import make_exclusion, make_force, make_grant, make_name, make_nominal, make_partnership, make_user
from tests.offenders.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "No longer needed by anybody"


def test_what_two_people_end_at_once_is_ended_by_one():
    boss = make_user(Role.SUPERVISOR)
    officer = make_user(unit=boss.unit)
    nominal = make_nominal(unit=boss.unit, offender_manager=officer)
    ways: list[tuple[Callable[..., Any], dict[str, Any], str]] = [
        (revoke_grant, {"grant": make_grant(nominal=nominal, user=make_user(unit=boss.unit))}, StaleRecord.__name__),
        (end_exclusion, {"exclusion": make_exclusion(nominal=nominal, user=make_user())}, DomainError.__name__),
        (end_partnership, {"partnership": make_partnership(nominal=nominal, force=make_force())}, DomainError.__name__),
        (remove_identity_fact, {"fact": make_name(nominal=nominal, surname="Other")}, StaleRecord.__name__),
    ]
    for end, what, told in ways:
        before = Event.objects.filter(reason=WHY).count()
        assert at_once(*[lambda end=end, what=what: end(actor=boss, reason=WHY, **what)] * 2) == sorted([told, "done"]), end
        assert Event.objects.filter(reason=WHY).count() == before + 1
