"""A merge moves every row that can stand on one record, and taking it back puts each where it was."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.access import row_security
from accounts.choices import Role
from offenders.choices.merging import Side
from offenders.merging import plan_merge, relations
from offenders.merging.clashes import clashes_of
from offenders.merging.planning import ADJUSTED, CHOICES, LINES, NOT_ASKED
from offenders.merging.relations import LEFT_ALONE, every_relation
from offenders.services.merges import undo_merge
from tests.factories import make_nominal, make_user
from tests.offenders.making_merges import WHY, differences, everything, hang_plainly, make_lead, make_pair, merge_wholly
from tests.safety.test_query_counts import fill

pytestmark = pytest.mark.django_db


def test_every_column_that_names_a_record_is_moved_or_left_alone_for_a_reason():
    named = {f"{each.label}.{each.field}" for each in every_relation()}
    assert set(LEFT_ALONE) <= named
    assert {f"{each.label}.{each.field}" for each in relations()} == named - set(LEFT_ALONE)


def test_every_table_of_which_a_record_has_one_is_asked_about_or_not_for_a_reason():
    once = {each.label for each in relations() if list(clashes_of(each))}
    assert once == set(CHOICES) | set(NOT_ASKED)
    assert not CHOICES.keys() & NOT_ASKED.keys()
    assert CHOICES.keys() >= LINES
    assert ADJUSTED.keys() <= NOT_ASKED.keys() | {"actions.Action"}


class Undone(Exception):
    """Ends an example."""


EXAMPLES = 2 if settings.get_current_profile_name() == "same" else 8  # each takes seconds, so it is not made smaller either


@settings(
    max_examples=EXAMPLES, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.integers(0, 2), st.integers(1, 3), st.booleans(), st.sets(st.sampled_from(sorted(CHOICES))), st.booleans())
def test_taking_a_merge_back_leaves_every_row_of_every_table_as_it_was(on_survivor, on_merged, plainly, of_merged, older_stays):
    try:
        with transaction.atomic():
            lead = make_lead()
            stays, goes = make_pair(lead)
            for nominal, count in ((stays, on_survivor), (goes, on_merged)):
                for number in range(count):
                    fill(nominal, lead, number)
                if plainly:
                    hang_plainly(nominal, count)
            if not older_stays:
                stays, goes = goes, stays
            colleague = make_user(Role.SUPERVISOR, unit=lead.unit)
            before = everything()
            asked = {choice.label for choice in plan_merge(stays, goes, {}).choices}
            chosen = {label: Side.MERGED if label in of_merged else Side.SURVIVOR for label in asked}
            done = merge_wholly(lead, stays, goes, colleague=colleague, choices=chosen)
            assert differences(before, everything())
            undo_merge(actor=lead, merge=done, reason=WHY)
            assert differences(before, everything()) == {}
            raise Undone
    except Undone:
        pass


@pytest.mark.parametrize("side", Side.values)
def test_whatever_stays_on_the_merged_record_is_counted_among_what_cannot_stand_beside_the_other(side):
    lead = make_lead()
    stays, goes = make_pair(lead)
    for nominal in (stays, goes):
        hang_plainly(nominal, nominal.pk % 9)
        for number in (0, 1):
            fill(nominal, lead, number)
    once = {each.label for each in relations() if list(clashes_of(each))}
    merge_wholly(lead, stays, goes, side)
    left = {each.label for each in relations() if each.rows(goes.pk).exists()} - {"offenders.Nominal"}
    assert left <= once
    assert {"offenders.RiskPeriod", "offenders.Identifier", "offenders.OperationalFacts"} <= left


def test_other_records_are_not_touched():
    lead = make_lead()
    stays, goes = make_pair(lead)
    third = make_nominal(unit=lead.unit)
    fill(third, lead, 0)

    def rows() -> dict[tuple[str, str], list[dict]]:
        with row_security(lead):
            return {(each.label, each.field): list(each.rows(third.pk).values()) for each in relations()}

    before = rows()
    merge_wholly(lead, stays, goes)
    assert rows() == before
