"""A tasking is taken off a sheet at the moment at which somebody reads it there: it stays and was read, or it is off and was not."""

from __future__ import annotations

import pytest

from accounts.errors import DomainError
from intelligence.models import TaskingReceipt
from intelligence.services.tasking import confirm_sheet, take_off_sheet
from tests.factories import make_nominal, make_user
from tests.intelligence.making_reports import make_bureau
from tests.intelligence.making_taskings import make_row
from tests.offenders.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_read_stays_on_the_sheet():
    officer = make_user()
    nominal = make_nominal(unit=officer.unit, offender_manager=officer)
    bureau = make_bureau(nominal.force)
    for _ in range(6):
        tasking = make_row(nominal=nominal, raised_by=bureau)
        slot = tasking.slots.get()
        ends = at_once(
            lambda slot=slot: confirm_sheet(actor=officer, slots=[slot]),
            lambda tasking=tasking, slot=slot: take_off_sheet(actor=bureau, tasking=tasking, key=slot.pk),
        )
        stays, is_read = tasking.slots.exists(), TaskingReceipt.objects.filter(slot__tasking=tasking).exists()
        assert (stays, is_read, ends) in [(True, True, [DomainError.__name__, "done"]), (False, False, ["done", "done"])]
