"""Licence, recall and custody: steps in order, clocks, and what the card says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from offenders.cards import FOR_LIFE, read_card
from offenders.choices.custody import RecallState
from offenders.models import Custody, Licence, OperationalFacts, Recall, RegistrationPeriod
from offenders.rules.custody import RECALL_MOVES, RUNNING
from offenders.services.custody import (
    add_licence,
    change_licence,
    reassess_for_arrest,
    record_arrest,
    record_custody,
    record_release,
    request_recall,
    rescind_recall,
    return_to_custody,
    revoke_licence,
)
from offenders.services.duties import raise_duties
from offenders.services.visits_due import raise_visits
from tests.factories import make_nominal, make_user
from tests.safety.things.custody import make_custody, make_licence, make_recall

pytestmark = pytest.mark.django_db
TODAY = localdate
SUPERVISION = {
    "probation_office": "Millbrook",
    "probation_manager": "Duty manager",
    "probation_phone": "01632 960170",
    "tell_probation": "Any contact with children.",
}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def licensed(officer, nominal, **more):
    values = {"kind": "standard", "starts_on": TODAY() - timedelta(days=30), "ends_on": TODAY() + timedelta(days=300)}
    return add_licence(actor=officer, nominal=nominal, **{**values, **SUPERVISION, **more})


def recalled(officer, nominal, kind="emergency"):
    asked = now() - timedelta(hours=1)
    return request_recall(
        actor=officer, nominal=nominal, kind=kind, requested_by="Duty manager", requested_at=asked, reason="Left the hostel"
    )


def test_a_licence_stands_on_the_card_with_whom_to_tell(officer, nominal):
    licensed(officer, nominal)
    card = read_card(nominal, TODAY())
    assert card.is_on_licence
    assert "01632 960170" in card.facts.licence_contact
    assert "Any contact with children." in card.facts.licence_contact


def test_a_life_licence_has_no_last_day(officer, nominal):
    licensed(officer, nominal, kind="life", ends_on=None)
    card = read_card(nominal, TODAY())
    assert card.facts.on_licence_until == FOR_LIFE
    assert card.tags[0].text == "On licence for life: recall possible"


@pytest.mark.parametrize("days", [(-40, 10), (-10, 10), (100, None)])
def test_licences_do_not_overlap(days, officer, nominal):
    licensed(officer, nominal)
    start, end = (TODAY() + timedelta(days=each) if each is not None else None for each in days)
    with pytest.raises(DomainError, match="overlap"):
        licensed(officer, nominal, starts_on=start, ends_on=end)
    with pytest.raises(IntegrityError, match="licences_do_not_overlap"), transaction.atomic():
        make_licence(nominal=nominal, start=TODAY())


def test_a_licence_does_not_end_before_it_starts(officer, nominal):
    with pytest.raises(DomainError, match="last day"):
        licensed(officer, nominal, ends_on=TODAY() - timedelta(days=60))


def test_a_changed_licence_changes_the_card_and_an_old_copy_is_refused(officer, nominal):
    licence = licensed(officer, nominal)
    change_licence(actor=officer, licence=licence, version=1, **SUPERVISION | {"probation_manager": "The other desk"})
    assert "The other desk" in OperationalFacts.objects.get().licence_contact
    with pytest.raises(StaleRecord):
        change_licence(actor=officer, licence=licence, version=1, **SUPERVISION)


def test_a_recall_runs_from_the_request_to_the_return(officer, nominal):
    licensed(officer, nominal)
    recall = recalled(officer, nominal)
    assert Action.objects.waiting().get().rule_code == "recall-emergency"
    revoke_licence(actor=officer, recall=recall, revoked_at=now() - timedelta(minutes=50))
    waiting = set(Action.objects.waiting().values_list("rule_code", flat=True))
    assert waiting == {"arrest-emergency", "risk-after-recall", "risk-after-change"}
    card = read_card(nominal, TODAY())
    assert "Risk not reassessed yet" in card.recall
    reassess_for_arrest(actor=officer, recall=recall, risk_on_arrest="May harm himself; two officers.")
    assert "May harm himself; two officers." in read_card(nominal, TODAY()).recall
    record_arrest(actor=officer, recall=recall, arrested_at=now() - timedelta(minutes=30), arrest_place="Mill Lane")
    return_to_custody(actor=officer, recall=recall, returned_at=now(), establishment="HMP Eastvale")
    card = read_card(nominal, TODAY())
    assert (card.recall, Recall.objects.get().state) == ("", "returned")
    assert "Recalled to prison: HMP Eastvale" in [tag.text for tag in card.tags]
    assert set(Action.objects.waiting().values_list("rule_code", flat=True)) == {"risk-after-change"}


def test_a_revoked_licence_ends_that_day(officer, nominal):
    licence = licensed(officer, nominal)
    revoke_licence(actor=officer, recall=recalled(officer, nominal), revoked_at=now())
    licence.refresh_from_db()
    assert (licence.last_day, licence.end_reason) == (TODAY() - timedelta(days=1), "Revoked on recall")
    assert not read_card(nominal, TODAY()).is_on_licence


def test_nobody_is_recalled_without_a_licence_or_twice(officer, nominal):
    with pytest.raises(DomainError, match="No licence"):
        recalled(officer, nominal)
    licensed(officer, nominal)
    recall = recalled(officer, nominal)
    with pytest.raises(DomainError, match="running already"):
        recalled(officer, nominal)
    with pytest.raises(IntegrityError, match="recall_one_running"), transaction.atomic():
        make_recall(nominal=nominal, licence=recall.licence)


@pytest.mark.parametrize("state", RecallState)
@pytest.mark.parametrize(("act", "to"), [(record_arrest, RecallState.ARRESTED), (rescind_recall, RecallState.RESCINDED)])
def test_steps_come_in_their_order(act, to, state, officer, nominal):
    asked = now() - timedelta(hours=3)
    recall = make_recall(nominal=nominal, state=state, requested_at=asked, revoked_at=asked)
    details = {"arrested_at": now(), "arrest_place": ""} if act is record_arrest else {"reason": "Mistake"}
    if to in RECALL_MOVES[state]:
        assert act(actor=officer, recall=recall, **details).state == to
    else:
        with pytest.raises(StaleRecord):
            act(actor=officer, recall=recall, **details)


def test_running_states_are_those_with_a_next_step():
    assert {state for state, moves in RECALL_MOVES.items() if moves} == RUNNING


@pytest.mark.parametrize("minutes", [-120, 60])
def test_a_step_lies_between_the_step_before_and_now(minutes, officer, nominal):
    licensed(officer, nominal)
    with pytest.raises(DomainError, match=r"future|or later"):
        revoke_licence(actor=officer, recall=recalled(officer, nominal), revoked_at=now() + timedelta(minutes=minutes))


def test_custody_begins_and_ends_and_prepares_the_release(officer, nominal):
    expected = TODAY() + timedelta(days=200)
    custody = record_custody(
        actor=officer,
        nominal=nominal,
        kind="sentence",
        establishment="HMP Eastvale",
        starts_on=TODAY() - timedelta(days=9),
        release_expected_on=expected,
    )
    assert Action.objects.waiting().get(kind="release").due.date() == expected
    record_release(actor=officer, custody=custody, released_on=TODAY())
    assert Custody.objects.get().last_day == TODAY() - timedelta(days=1)
    assert not Action.objects.waiting().filter(kind="release").exists()
    with pytest.raises(DomainError, match="already"):
        record_release(actor=officer, custody=custody, released_on=TODAY())


def test_times_in_custody_do_not_overlap(officer, nominal):
    make_custody(nominal=nominal)
    with pytest.raises(DomainError, match="overlap"):
        record_custody(actor=officer, nominal=nominal, kind="remand", establishment="HMP Eastvale", starts_on=TODAY())


def test_only_the_team_changes_anything(nominal, officer):
    licensed(officer, nominal)
    recall = recalled(officer, nominal)
    for role in (Role.CONTROL_ROOM, Role.OPERATIONAL, Role.INTELLIGENCE):
        actor = make_user(role, unit=officer.unit)
        with pytest.raises(NotPermitted):
            licensed(actor, nominal)
        with pytest.raises(NotPermitted):
            revoke_licence(actor=actor, recall=recall, revoked_at=now())


def test_the_pages_take_an_officer_through_a_recall(client, officer, nominal):
    client.force_login(officer)
    licensed(officer, nominal)
    page = reverse("offenders:custody", args=[nominal.reference])
    day = {"on_day": str(TODAY().day), "on_month": str(TODAY().month), "on_year": str(TODAY().year), "at": "00:00"}
    asked = client.post(f"{page}recalls/add/", {**day, "kind": "standard", "requested_by": "Duty desk", "reason": "Missed three meetings"})
    assert asked.status_code == 302
    recall = Recall.objects.get()
    assert "Record that the licence was revoked" in client.get(page).content.decode()
    done = client.post(reverse("offenders:recall-step", args=[nominal.reference, recall.public_id, "revoke"]), {**day, "version": 1})
    assert done.status_code == 302
    stale = client.post(reverse("offenders:recall-step", args=[nominal.reference, recall.public_id, "arrest"]), {**day, "version": 1})
    assert stale.status_code == 409
    card = client.get(reverse("offenders:card", args=[nominal.reference])).content.decode()
    assert "Arrest: standard recall" in card
    assert client.get(reverse("offenders:recall-step", args=[nominal.reference, recall.public_id, "jump"])).status_code == 404


def test_a_wrong_time_comes_back_at_its_field(client, officer, nominal):
    client.force_login(officer)
    licence = licensed(officer, nominal)
    form = {"on_day": "1", "on_month": "1", "on_year": "2099", "at": "25:00", "kind": "standard", "requested_by": "X", "reason": "Y"}
    shown = client.post(reverse("offenders:recall-add", args=[nominal.reference]), form)
    assert (shown.status_code, set(shown.context["form"].errors)) == (422, {"on", "at"})
    assert Licence.objects.get() == licence


def test_who_is_on_licence_shows_only_what_the_reader_may_see(client, officer, nominal):
    licensed(officer, nominal)
    hidden = make_nominal(unit=officer.unit, is_restricted=True)
    make_licence(nominal=hidden)
    client.force_login(make_user(Role.CONTROL_ROOM, unit=officer.unit))
    page = client.get(reverse("offenders:on-licence")).content.decode()
    assert nominal.reference in page
    assert hidden.reference not in page


def test_nobody_in_custody_is_visited_and_the_clock_starts_with_the_release(officer, nominal):
    raise_visits(actor=None, today=TODAY())
    assert Action.objects.waiting().get(kind="visit").starts_at
    start = TODAY() - timedelta(days=9)
    custody = record_custody(actor=officer, nominal=nominal, kind="remand", establishment="HMP Eastvale", starts_on=start)
    raise_visits(actor=None, today=TODAY())
    assert not Action.objects.waiting().filter(kind="visit").exists()
    record_release(actor=officer, custody=custody, released_on=TODAY())
    assert localdate(Action.objects.waiting().get(kind="visit").starts_at) == TODAY()


def test_a_registered_person_who_is_released_must_notify(officer, nominal):
    RegistrationPeriod.objects.create(nominal=nominal, period=DateRange(TODAY() - timedelta(days=400), None), basis="conviction")
    start = TODAY() - timedelta(days=9)
    custody = record_custody(actor=officer, nominal=nominal, kind="sentence", establishment="HMP Eastvale", starts_on=start)
    raise_duties(actor=None, today=TODAY())
    assert not Action.objects.waiting().filter(kind="notify-annual").exists()
    record_release(actor=officer, custody=custody, released_on=TODAY())
    assert Action.objects.waiting().get(kind="notify-initial").due.date() == TODAY() + timedelta(days=3)
