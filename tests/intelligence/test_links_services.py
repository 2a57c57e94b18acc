"""Things are linked with a source and a grade; who may see a link; what is suggested is decided by a person."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from intelligence.choices.links import LinkState
from intelligence.models import Entity, Link
from intelligence.reports.links import picture_around
from intelligence.services.information_evaluating import withdraw_report
from intelligence.services.links import confirm_link, correct_link, end_link, link_things, refuse_link
from offenders.models import Associate
from tests.factories import make_exclusion, make_nominal, make_user
from tests.intelligence.making_links import FACTS, PHONE, POOL, entity_of, link_new, make_link_row
from tests.intelligence.making_reports import GIVER, make_bureau, make_release, make_sent, source

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def bureau(nominal):
    return make_bureau(nominal.force)


@pytest.fixture
def report(nominal):
    return make_sent(author=make_user(Role.OPERATIONAL, organisation=nominal.force), nominal=nominal)


def test_a_number_is_one_entity_however_it_is_typed(bureau, nominal, report):
    first = link_new(bureau, nominal, entity=PHONE)
    second = link_new(bureau, report, kind="tells_of", entity={"kind": "phone", "name": "+447700900417"})
    assert entity_of(first) == entity_of(second)
    assert second.evidence == report  # a report is what it rests on itself
    assert Entity.objects.get().name == "07700 900417"


def test_a_thing_with_itself_is_no_link(bureau, nominal):
    with pytest.raises(DomainError, match="itself"):
        link_things(actor=bureau, one=nominal, other=nominal, kind="associate", **FACTS)
    van = entity_of(link_new(bureau, nominal))
    with pytest.raises(DomainError, match="itself"):
        link_new(bureau, van, kind="contact")


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("lives", {}, "kind"),
        ("uses", {"basis": " "}, "basis"),
        ("uses", {"handling": "C"}, "conditions"),
        ("uses", {"since": "2999-01-01"}, "since"),
    ],
)
def test_a_link_says_what_it_rests_on_and_can_be_meant(bureau, nominal, kind, facts, field):
    dates = {name: date.fromisoformat(value) for name, value in facts.items() if name == "since"}
    with pytest.raises(DomainError) as caught:
        link_new(bureau, nominal, kind=kind, **facts | dates)
    assert caught.value.field == field
    assert not Link.objects.exists()
    assert not Entity.objects.exists()


def test_the_same_from_the_same_source_is_linked_once_and_from_another_report_again(bureau, nominal, report):
    van = entity_of(link_new(bureau, nominal))
    with pytest.raises(DomainError, match="already"):
        link_things(actor=bureau, one=van, other=nominal, kind="uses", **FACTS)
    link_things(actor=bureau, one=van, other=nominal, kind="uses", **FACTS | {"evidence": report, "basis": ""})
    assert Link.objects.filter(state=LinkState.CONFIRMED).count() == 2


def test_only_the_bureau_links(nominal):
    for role in (Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.OPERATIONAL):
        with pytest.raises(NotPermitted):
            link_new(make_user(role, unit=nominal.unit), nominal)


def test_what_the_bureau_may_not_know_cannot_be_linked_or_seen(bureau, nominal, report):
    link = link_new(bureau, nominal, evidence=report, basis="")
    colleague = make_bureau(nominal.force)
    assert Link.objects.for_user(colleague, Perm.LINK_INTELLIGENCE).get() == link
    make_exclusion(nominal=nominal, user=colleague)
    assert not Link.objects.for_user(colleague, Perm.LINK_INTELLIGENCE).exists()
    assert not Entity.objects.for_user(colleague).exists()
    for thing in (nominal, report, entity_of(link)):
        with pytest.raises(NotPermitted):
            link_new(colleague, thing, kind="contact", entity=PHONE)
    again = link_new(colleague, make_nominal(unit=nominal.unit))
    assert entity_of(again) == entity_of(link)  # one van; each sees their own link alone
    assert list(Link.objects.for_user(colleague, Perm.LINK_INTELLIGENCE)) == [again]


def test_a_reader_of_the_file_sees_what_is_shared_and_was_released(bureau, nominal, report):
    manager = nominal.offender_manager
    link = link_new(bureau, nominal, evidence=report, basis="")
    rows = Link.objects.for_user(manager)
    assert not rows.all()
    shared = FACTS | {"evidence": report, "is_shared": True}
    link = correct_link(actor=bureau, link=link, version=link.version, reason="For the manager", **shared)
    assert not rows.all()  # the report is not released
    make_release(report=report, by=bureau)
    assert list(rows.all()) == [link]
    report.refresh_from_db()
    withdraw_report(actor=bureau, report=report, reason="Wrong man", version=report.version)
    assert not rows.all()


@pytest.mark.parametrize("facts", [{"note": "Mrs Birdwhistle saw it"}, {}], ids=["note", "name"])
def test_readers_learn_nothing_of_who_gave_the_report(bureau, nominal, facts):
    author = make_user(Role.OPERATIONAL, organisation=nominal.force)
    report = make_sent(author=author, nominal=nominal, source=source("public"), giver=GIVER)
    entity = {"kind": "person", "name": "Jack Skelhorn" if facts else "Ottoline Birdwhistle"}
    said = facts | {"evidence": report, "basis": ""}
    with pytest.raises(DomainError, match="give away") as caught:
        link_new(bureau, nominal, "associate", entity, is_shared=True, **said)
    assert caught.value.field == "readers"
    assert link_new(bureau, nominal, "associate", entity, **said).state == LinkState.CONFIRMED  # the bureau alone may know it


def test_a_shared_link_to_a_record_whose_file_is_closed_stays_away(bureau, nominal):
    other = make_nominal(unit=make_user(Role.OFFENDER_MANAGER, organisation=nominal.force).unit)
    link_things(actor=bureau, one=nominal, other=other, kind="associate", **FACTS | {"is_shared": True})
    assert not Link.objects.for_user(nominal.offender_manager).exists()
    assert not Link.objects.for_user(other.offender_manager).exists()


def test_a_suggestion_is_confirmed_with_a_grade_or_refused_with_a_reason_by_one_person(bureau, nominal, report):
    van = entity_of(link_new(bureau, report, kind="tells_of"))
    link = make_link_row(one=nominal, other=van, kind="uses", state="suggested", reasons=[["vehicle", "NM71 ABC"]])
    seen = link.version
    with pytest.raises(DomainError, match="why"):
        refuse_link(actor=bureau, link=link, version=seen, reason=" ")
    confirm_link(actor=bureau, link=link, version=seen, **FACTS)
    link.refresh_from_db()
    assert (link.state, link.decided_by, link.grade) == (LinkState.CONFIRMED, bureau, "2B P")
    with pytest.raises(StaleRecord):
        refuse_link(actor=make_bureau(nominal.force), link=link, version=seen, reason="Another van")
    with pytest.raises(DomainError, match="already"):
        refuse_link(actor=bureau, link=link, version=link.version, reason="Another van")


def test_a_refusal_keeps_its_reasons(bureau, nominal, report):
    van = entity_of(link_new(bureau, report, kind="tells_of"))
    link = make_link_row(one=nominal, other=van, kind="uses", state="suggested", reasons=[["vehicle", "NM71 ABC"]])
    refuse_link(actor=bureau, link=link, version=1, reason="Sold last year")
    link.refresh_from_db()
    assert link.state == LinkState.REFUSED
    assert link.refused_for == [["vehicle", "NM71 ABC"]]


def test_a_link_that_ends_is_shared_no_longer(bureau, nominal):
    link = link_new(bureau, nominal, is_shared=True)
    assert Link.objects.for_user(nominal.offender_manager).exists()
    end_link(actor=bureau, link=link, version=link.version, reason="Sold")
    assert not Link.objects.for_user(nominal.offender_manager).exists()


def test_the_picture_goes_two_steps_and_no_further(bureau, nominal):
    van = entity_of(link_new(bureau, nominal))
    friend = make_nominal(unit=nominal.unit)
    link_things(actor=bureau, one=van, other=friend, kind="uses", **FACTS)
    far = entity_of(link_new(bureau, friend, entity=PHONE))
    picture = picture_around(bureau, nominal, Perm.LINK_INTELLIGENCE)
    assert [len(step) for step in picture.steps] == [1, 1]
    assert [edge.kind for edge in picture.edges] == ["Uses or owns"] * 2
    assert f"e{far.pk}" not in picture.shown()


def test_the_picture_holds_reports_and_the_case_file_and_leaves_out_whom_the_viewer_must_not_know(bureau, nominal, report):
    manager = nominal.offender_manager
    friend, hidden = make_nominal(unit=nominal.unit), make_nominal(unit=nominal.unit)
    for other in (friend, hidden):
        Associate.objects.create(nominal=nominal, kind="friend", other=other, period=DateRange(date(2020, 1, 1), None))
    make_exclusion(nominal=hidden, user=manager)
    link_new(bureau, report, kind="tells_of", entity=POOL)
    seen = picture_around(bureau, nominal, Perm.LINK_INTELLIGENCE).shown()
    assert {each.sort for each in seen.values()} == {"Record", "Report", "Place"}
    seen = picture_around(manager, nominal, Perm.VIEW_CASE_FILE).shown()
    assert f"n{friend.pk}" in seen
    assert f"n{hidden.pk}" not in seen
    assert {each.sort for each in seen.values()} == {"Record"}
    assert "Alex Sample" in seen[f"n{nominal.pk}"].name


def test_the_picture_takes_as_many_statements_for_much_as_for_little(bureau, nominal, django_assert_num_queries):
    link_things(actor=bureau, one=entity_of(link_new(bureau, nominal)), other=make_nominal(unit=nominal.unit), kind="uses", **FACTS)
    with CaptureQueriesContext(connection) as few:
        picture_around(bureau, nominal, Perm.LINK_INTELLIGENCE)
    for number in range(3):
        phone = entity_of(link_new(bureau, nominal, entity={"kind": "phone", "name": f"07700 90041{number}"}))
        link_things(actor=bureau, one=phone, other=make_nominal(unit=nominal.unit), kind="uses", **FACTS)
    with django_assert_num_queries(len(few)):
        assert len(picture_around(bureau, nominal, Perm.LINK_INTELLIGENCE).edges) == 8
