"""Two people change one case file at the same moment: one wins, the other is told."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from accounts.errors import StaleRecord
from actions.models import Action
from offenders.models import Address
from offenders.rules.case_file import last_of
from offenders.services.case_file import add_entry, change_entry, move_home
from offenders.services.contacts import finish_follow_up, record_contact
from tests.factories import make_nominal, make_user
from tests.offenders.making_case_file import make_home, make_online
from tests.offenders.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def test_two_moves_leave_one_main_address(officer, nominal):
    old, today = make_home(nominal), localdate()
    ends = at_once(
        *(
            lambda street=street: move_home(actor=officer, nominal=nominal, moved_on=today, kind="home", line_1=street)
            for street in ("2 High Street", "3 High Street")
        )
    )
    assert ends == ["DomainError", "done"]
    old.refresh_from_db()
    assert last_of(old.period) == today - timedelta(days=1)
    assert Address.objects.filter(is_main=True, period__contains=today).count() == 1


def test_two_first_main_addresses_leave_one(officer, nominal):
    values = {"kind": "home", "line_1": "2 High Street", "is_main": True, "starts_on": localdate()}
    ends = at_once(*(lambda: add_entry(actor=officer, nominal=nominal, model=Address, **values) for _ in range(2)))
    assert (ends, Address.objects.count()) == (["DomainError", "done"], 1)


def test_two_changes_of_one_entry_leave_one(officer, nominal):
    row = make_online(nominal)
    ends = at_once(
        *(lambda name=name: change_entry(actor=officer, entry=row, version=1, kind="gaming", handle=name) for name in ("one", "two"))
    )
    row.refresh_from_db()
    assert (ends, row.version) == ([StaleRecord.__name__, "done"], 2)


def test_a_follow_up_is_finished_once(officer, nominal):
    talk = {"way": "telephone", "party": "agency", "about": "Curfew", "said": "Kept.", "follow_up": "Ring", "follow_up_on": localdate()}
    contact = record_contact(actor=officer, nominal=nominal, at=now(), **talk)
    ends = at_once(*(lambda: finish_follow_up(actor=officer, contact=contact, outcome="Rang") for _ in range(2)))
    assert ends == ["DomainError", "done"]
    assert (Action.objects.get().state, contact.corrections.count()) == ("done", 1)
