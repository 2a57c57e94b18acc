"""The same application by two doors is found by digests: nobody reads sealed rows for it, and whoever took it learns nothing sealed."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.models import Action
from disclosure.models import Application, Party
from disclosure.reports.facts import facts_of
from disclosure.reports.twins import repeats_of, twins_before, twins_of
from disclosure.rules.applications import State
from disclosure.rules.persons import is_same_person
from disclosure.services.application_ends import settle_twin
from disclosure.services.application_people import change_person
from tests.disclosure.taking_applications import KNOWN, add, allocate, current, make_boss, name_both, take
from tests.factories import make_nominal, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user(Role.OFFENDER_MANAGER)


@pytest.fixture
def elsewhere(officer):
    return make_user(Role.OPERATIONAL, organisation=officer.organisation, unit=make_unit(organisation=officer.organisation))


SAME = ("ivy  SEALED", "Sealed, Ivy", "Mrs Ivy Sealed", "Ivy Séaled", "IvySealed")
OTHER = ("Iva Sealed", "Ivy Ann Sealed", "Ivy")


@pytest.mark.parametrize("name", SAME)
def test_names_are_the_same_but_for_case_spaces_and_order(name):
    assert is_same_person(("Ivy Sealed", name), (None, date(1990, 1, 1)))


@pytest.mark.parametrize("name", OTHER)
def test_other_names_are_other_people(name):
    assert not is_same_person(("Ivy Sealed", name), (None, None))


def test_people_born_on_other_days_are_other_people():
    assert not is_same_person(("Ivy Sealed", "Ivy Sealed"), (date(1990, 1, 1), date(1991, 1, 1)))


def has_twin(user, application):
    application.refresh_from_db()
    with row_security(user):
        return facts_of(application).has_open_twin


@pytest.mark.parametrize("name", SAME)
def test_twin_is_found_though_its_people_are_sealed_from_whoever_took_it(officer, elsewhere, name):
    earlier = take(officer)
    name_both(officer, earlier)
    later = take(elsewhere, unit=officer.unit)
    name_both(elsewhere, later, asker=name, about="invented NOBODY")

    assert has_twin(elsewhere, later)
    assert not has_twin(officer, earlier)
    assert Application.objects.for_user(elsewhere).filter(pk__in=twins_before(later)).count() == 0
    with row_security(elsewhere):
        assert set(Party.objects.values_list("application", flat=True)) == {later.pk}
    assert Action.objects.get(kind="application-twin").subject_id == later.pk


@pytest.mark.parametrize("difference", ["asker", "about", "born", "scheme", "force", "ended", "earlier names changed"])
def test_other_application_is_no_twin(officer, elsewhere, difference):
    earlier = take(officer, scheme="child" if difference == "scheme" else "domestic")
    add(officer, earlier, "applicant", "Ivy Sealed", born_on=date(1990, 1, 1))
    about = add(officer, earlier, "subject", "Nobody Invented")
    taker = make_user(Role.OFFENDER_MANAGER) if difference == "force" else elsewhere
    if difference == "ended":
        values = {"state": "withdrawn", "ended_at": earlier.received_at, "ended_by": officer, "end_reason": "Over"}
        Application.objects.filter(pk=earlier.pk).update(**values)
    if difference == "earlier names changed":
        change_person(actor=officer, application=earlier, party=about, version=1, name="Somebody Madeup", **KNOWN)
    later = take(taker, unit=taker.unit)
    born_on = date(1980, 2, 2) if difference == "born" else None
    add(taker, later, "applicant", "Eve Other" if difference == "asker" else "Ivy Sealed", born_on=born_on)
    add(taker, later, "subject", "Another One" if difference == "about" else "Nobody Invented")

    assert not has_twin(taker, later)
    assert not Action.objects.filter(kind="application-twin").exists()


def test_earlier_application_whose_people_are_named_last_makes_the_later_one_the_twin(officer):
    earlier, later = take(officer), take(officer)
    name_both(officer, later)
    name_both(officer, earlier)

    assert Action.objects.get(kind="application-twin").subject_id == later.pk
    assert has_twin(officer, later)


def make_twins(officer):
    earlier, later = take(officer), take(officer)
    for application in (earlier, later):
        name_both(officer, application)
    return earlier, later


def settle(actor, application, **values):
    return settle_twin(actor=actor, application=application, version=current(application), **{"reason": "Same caller", **values})


def test_supervisor_ends_the_same_application(officer):
    earlier, later = make_twins(officer)
    with pytest.raises(NotPermitted):
        settle(officer, later, is_same=True)

    settle(make_boss(later), later, is_same=True)

    later.refresh_from_db()
    assert (later.state, later.twin_of, later.end_reason) == (State.WITHDRAWN, earlier, "Same caller")
    assert not Action.objects.waiting().filter(subject_id=later.pk).exists()


def test_supervisor_says_why_it_is_another(officer):
    _, later = make_twins(officer)
    boss = make_boss(later)
    with pytest.raises(DomainError, match="how you know"):
        settle(boss, later, is_same=False, reason=" ")

    settle(boss, later, is_same=False, reason="A sister of the same name")

    later.refresh_from_db()
    assert (later.state, later.why_another) == (State.FIRST_CONTACT, "A sister of the same name")
    assert not has_twin(officer, later)
    with pytest.raises(DomainError, match="No earlier"):
        settle(boss, later, is_same=True)


def test_right_to_know_twins_by_who_is_at_risk(officer):
    known = [take(officer, route="know", received_by="police") for _ in range(3)]
    for application, name in zip(known, ("Ivy Sealed", "Sealed Ivy", "Eve Other"), strict=True):
        add(officer, application, "at_risk", name)
        add(officer, application, "subject", "Nobody Invented")

    for application in known:
        application.refresh_from_db()
    assert [list(twins_of(application)) for application in known] == [[known[1]], [known[0]], []]


def test_repeats_count_nothing_that_is_sealed_from_the_reader(officer):
    first = take(officer)
    name_both(officer, first)
    again = take(officer, scheme="child")
    name_both(officer, again, about="Somebody Madeup")
    boss = make_boss(first)
    about = make_nominal(offender_manager=boss)
    hidden = take(officer)
    name_both(officer, hidden, asker="Eve Other")
    first.refresh_from_db()
    assert repeats_of(boss, first) == {"asker": 1, "subject": 1}

    Application.objects.filter(pk=hidden.pk).update(nominal=about)

    assert repeats_of(boss, first) == {"asker": 1, "subject": 0}
    allocate(first, officer, boss)
