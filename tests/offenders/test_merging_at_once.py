"""Two people merge at the same moment: one wins, the other is told, and neither waits for ever."""

import pytest

from accounts.choices import Role
from accounts.errors import StaleRecord
from offenders.models import Merge, Nominal
from offenders.services.merges import merge_records, undo_merge
from tests.factories import make_user
from tests.offenders.making_merges import WHY, keep, make_lead, make_pair, merge
from tests.offenders.test_services_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_merges_of_one_pair_in_opposite_directions_leave_one():
    lead = make_lead()
    one, other = make_pair(lead)
    colleague = make_user(Role.SUPERVISOR, unit=lead.unit)
    acts = [
        lambda who=who, stays=stays, goes=goes: merge_records(
            actor=who, survivor=stays, merged=goes, choices=keep(stays, goes), reason=WHY, versions=(1, 1)
        )
        for who, stays, goes in ((lead, one, other), (colleague, other, one))
    ]
    assert at_once(*acts) == [StaleRecord.__name__, "done"]
    assert Merge.objects.count() == Nominal.objects.filter(merged_into__isnull=False).count() == 1


def test_two_people_who_undo_leave_it_undone_once():
    lead = make_lead()
    done = merge(lead, *make_pair(lead))
    ends = at_once(*(lambda: undo_merge(actor=lead, merge=done, reason=WHY) for _ in range(2)))
    assert ends == [StaleRecord.__name__, "done"]
    assert not Nominal.objects.filter(merged_into__isnull=False).exists()
