"""Kinds of events and usual flags change from a day on; what held before stays as it was, and only a force's administrators change them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from audit.models import Event
from intelligence.models import EventType, UsualFlag
from intelligence.reports.flags import usual_for
from intelligence.services.flag_kinds import add_usual_flag, change_event_type, change_usual_flag, end_usual_flag
from tests.factories import make_agency, make_nominal, make_risk, make_user
from tests.safety.expectations import PAGES, Perm

pytestmark = pytest.mark.django_db
READERS, CHANGERS = PAGES[Perm.VIEW_RULES], PAGES[Perm.CHANGE_RULES]
TODAY = localdate()
LATER = TODAY + timedelta(days=10)
HOW = {"name": "Recall", "words": "Recalled", "needs": "view_card", "default_urgency": "daily", "is_raised_by_hand": False}
USUAL = {"kind": "recall", "registration": "", "least_level": 4, "role": "", "urgency": "daily", "review_months": 2, "source": "Policy"}


@pytest.fixture
def admin():
    return make_user(Role.ADMINISTRATOR)


def recall(day: date = TODAY) -> EventType:
    """How a recall is told on a day."""
    return EventType.objects.on(day).get(code="recall")


def usual(day: date = TODAY) -> list[UsualFlag]:
    """The usual flags about a recall on a day."""
    return list(UsualFlag.objects.on(day).filter(kind="recall"))


def sent(day: date, **values: Any) -> dict[str, Any]:
    """What a page of dated data sends."""
    given = {name: value for name, value in values.items() if value is not None and value is not False}
    return {**given, "reason": "Policy 12", "starts_on_day": day.day, "starts_on_month": day.month, "starts_on_year": day.year}


def test_a_kind_of_event_is_told_in_another_way_from_its_day_on(admin):
    before = recall()
    change_event_type(actor=admin, event=before, starts_on=LATER, reason="Policy 12", **HOW)

    assert (recall(LATER - timedelta(days=1)), recall(LATER).words) == (before, "Recalled")
    assert Event.objects.get(detail__act="Kind of event changed").reason == "Policy 12"


def test_what_was_told_stays_and_two_changes_do_not_cross(admin):
    before = recall()
    for day, words in ((TODAY - timedelta(days=1), "today or a later day"), (before.period.lower, "today or a later day")):
        with pytest.raises(DomainError, match=words):
            change_event_type(actor=admin, event=before, starts_on=day, reason="x", **HOW)
    new = change_event_type(actor=admin, event=before, starts_on=LATER, reason="x", **HOW)
    with pytest.raises(StaleRecord):
        change_event_type(actor=admin, event=before, starts_on=LATER, reason="x", **HOW)
    with pytest.raises(DomainError, match="Choose a later day"):
        change_event_type(actor=admin, event=new, starts_on=LATER, reason="x", **HOW)


def test_usual_flags_are_added_changed_and_ended_by_the_day(admin):
    nominal = make_nominal()
    nominal.risk_periods.all().delete()
    make_risk(nominal=nominal, level=4)
    (before,) = usual()
    changed = change_usual_flag(actor=admin, usual=before, starts_on=LATER, reason="x", **USUAL | {"role": Role.SUPERVISOR})
    end_usual_flag(actor=admin, usual=changed, starts_on=LATER + timedelta(days=5), reason="x")
    added = add_usual_flag(actor=admin, starts_on=LATER + timedelta(days=9), reason="x", **USUAL)

    assert [usual(LATER + timedelta(days=days)) for days in (-1, 0, 4, 5, 9)] == [[before], [changed], [changed], [], [added]]
    assert (changed.audience, changed.role, added.audience) == ("role", Role.SUPERVISOR, "manager")
    assert changed in usual_for(nominal, LATER)


def test_a_role_that_may_not_read_the_event_and_a_past_day_are_refused(admin):
    with pytest.raises(DomainError, match="may not read"):
        add_usual_flag(actor=admin, starts_on=TODAY, reason="x", **USUAL | {"kind": "breach", "role": Role.CONTROL_ROOM})
    with pytest.raises(DomainError, match="today or a later day"):
        add_usual_flag(actor=admin, starts_on=TODAY - timedelta(days=1), reason="x", **USUAL)


def test_administrators_of_agencies_change_nothing():
    outsider = make_user(Role.ADMINISTRATOR, organisation=make_agency())
    with pytest.raises(NotPermitted):
        change_event_type(actor=outsider, event=recall(), starts_on=LATER, reason="x", **HOW)
    with pytest.raises(NotPermitted):
        end_usual_flag(actor=outsider, usual=usual()[0], starts_on=LATER, reason="x")
    with pytest.raises(NotPermitted):
        add_usual_flag(actor=outsider, starts_on=LATER, reason="x", **USUAL)


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_and_who_changes(client, role):
    client.force_login(make_user(role))
    key = usual()[0].pk
    changing = [
        reverse("intelligence:event-type-change", args=["recall"]), reverse("intelligence:usual-flag-change", args=[key]),
        reverse("intelligence:usual-flag-end", args=[key]),
    ]  # fmt: skip
    reading = [reverse("intelligence:event-types"), reverse("intelligence:usual-flags")]

    assert {client.get(page).status_code for page in reading} == {200 if role in READERS else 403}
    assert {client.get(page).status_code for page in changing} == {200 if role in CHANGERS else 403}
    assert [changing[0] in client.get(reading[0]).content.decode(), changing[1] in client.get(reading[1]).content.decode()] == [
        role in CHANGERS
    ] * 2


def test_pages_change_what_counts_from_a_day_and_show_it(client, admin):
    client.force_login(admin)
    key = usual()[0].pk
    answers = [
        client.post(reverse("intelligence:event-type-change", args=["recall"]), sent(LATER, **HOW)),
        client.post(reverse("intelligence:usual-flag-change", args=[key]), sent(LATER, **USUAL)),
        client.post(reverse("intelligence:usual-flag-add"), sent(LATER, **USUAL | {"least_level": 1, "role": "supervisor"})),
    ]
    late = client.post(reverse("intelligence:usual-flag-end", args=[key]), sent(LATER))

    assert ([answer.status_code for answer in answers], late.status_code) == ([302, 302, 302], 409)
    assert (recall(LATER).words, len(usual(LATER))) == ("Recalled", 2)
    pages = [client.get(reverse(f"intelligence:{name}")).content.decode() for name in ("event-types", "usual-flags")]
    assert ["From " in page and "Until the day before" in page for page in pages] == [True, True]
