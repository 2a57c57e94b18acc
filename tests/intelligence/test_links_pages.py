"""The bureau adds, decides and corrects links in the browser; readers of a case file see what is shared."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import Event
from intelligence.choices.links import LinkState
from intelligence.models import Entity, Link
from tests.factories import make_nominal, make_user
from tests.intelligence.making_links import POOL, entity_of, link_new, make_entity_row, make_link_row
from tests.intelligence.making_reports import make_bureau, make_released_row, make_row

pytestmark = pytest.mark.django_db
GRADED = {"basis": "Seen on patrol", "grade_source": "2", "assessment": "B", "handling": "P", "readers": "bureau"}


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def bureau(nominal, client):
    user = make_bureau(nominal.force)
    client.force_login(user)
    return user


def page(client, name, *args):
    """The words of a page."""
    answer = client.get(reverse(f"intelligence:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, where, *args, **data):
    """Send a form."""
    return client.post(reverse(f"intelligence:{where}", args=args), data)


def test_a_vehicle_is_added_from_the_report_that_tells_of_it_and_shows_on_both(client, bureau, nominal):
    report = make_row(nominal=nominal)
    answer = send(client, "report-link", report.public_id, what="vehicle", name="nm71 abc", readers="bureau")
    assert answer.headers["Location"] == reverse("intelligence:report", args=[report.public_id])
    van = Entity.objects.get()
    assert "NM71 ABC" in page(client, "report", report.public_id)
    words = page(client, "entity", van.public_id)
    assert report.reference in words
    assert nominal.reference in words  # two steps away: the report names the person
    assert "<svg" in words


def test_a_link_of_a_record_needs_everything_that_its_confirmation_needs(client, bureau, nominal):
    answer = send(client, "record-link", nominal.reference)
    assert answer.status_code == 422
    words = answer.content.decode()
    for missing in ("Select what", "Enter reference, number or name", "Select source", "Select assessment", "Select handling"):
        assert missing in words, missing
    answer = send(client, "record-link", nominal.reference, what="record", name="V-999999", kind="associate", **GRADED)
    assert "no record of this reference" in answer.content.decode()
    answer = send(client, "record-link", nominal.reference, what="record", name=nominal.reference, kind="associate", **GRADED)
    assert (answer.status_code, Link.objects.count()) == (409, 0)
    assert "itself" in answer.content.decode()


def test_a_hidden_record_and_a_hidden_report_are_as_good_as_missing(client, bureau, nominal):
    hidden = make_nominal(unit=nominal.unit, is_restricted=True)
    report = make_row(nominal=make_nominal())  # of another force
    for data in ({"name": hidden.reference}, {"name": "V-999999"}):
        answer = send(client, "record-link", nominal.reference, what="record", kind="associate", **GRADED | data)
        assert "no record of this reference that you may know of" in answer.content.decode()
    for reference in (report.reference, "IR-999999"):
        data = {"what": "phone", "name": "07700 900417", "kind": "uses", "evidence": reference}
        answer = send(client, "record-link", nominal.reference, **GRADED | data)
        assert "no report of this reference that you may read" in answer.content.decode()
    assert not Link.objects.exists()


def test_something_with_a_like_name_is_offered_before_a_second_is_added(client, bureau, nominal):
    pool = entity_of(link_new(bureau, make_nominal(unit=nominal.unit), "seen", POOL))
    data = {"what": "place", "name": "Tollgate Pools", "kind": "seen", **GRADED}
    answer = send(client, "record-link", nominal.reference, **data)
    assert answer.status_code == 409
    assert "Tollgate Pool, NM1 2AB" in answer.content.decode()
    assert 'value="Tollgate Pools"' in answer.content.decode()  # what was typed stays
    answer = send(client, "record-link", nominal.reference, existing=str(pool.public_id), **data)
    assert answer.status_code == 302
    assert Entity.objects.count() == 1
    send(client, "record-link", nominal.reference, existing="new", **data)
    assert Entity.objects.count() == 2


def test_a_place_that_the_reader_may_not_know_is_not_offered(client, bureau, nominal):
    link_new(make_bureau(nominal.force), make_row(nominal=nominal), "tells_of", POOL)
    hidden = make_entity_row(by=make_bureau(make_nominal().force))
    make_link_row(one=make_nominal(), other=hidden, kind="seen")
    answer = send(client, "record-link", nominal.reference, what="place", name="Tollgate Pool", kind="seen", **GRADED)
    assert answer.content.decode().count('name="existing"') == 2  # the one of the own force, and "another one"


def test_a_suggestion_is_confirmed_or_refused_and_the_second_person_is_told(client, bureau, nominal):
    place = entity_of(link_new(bureau, make_nominal(unit=nominal.unit), "seen", POOL))
    link = make_link_row(one=nominal, other=place, kind="lives", state="suggested", reasons=[["postcode", "NM1 2AB"]])
    words = page(client, "link-list")
    assert "Same postcode: it shows when you may read the record" in words
    assert "Lives or stays there" in words
    assert nominal.pk in Event.objects.get(verb="listed", detail__page="LinkList", detail__rows="offenders.nominal").detail["ids"]
    answer = send(client, "link-confirm", link.public_id, version=1, **GRADED)
    assert answer.headers["Location"] == reverse("intelligence:link", args=[link.public_id])
    answer = send(client, "link-refuse", link.public_id, version=1, reason="Moved away")
    assert answer.status_code == 409
    link.refresh_from_db()
    assert link.state == LinkState.CONFIRMED
    assert "Nothing is suggested" in page(client, "link-list")


def test_what_a_report_tells_of_is_confirmed_without_a_second_grade(client, bureau, nominal):
    report = make_row(nominal=nominal)
    place = entity_of(link_new(bureau, nominal, "seen", POOL))
    link = make_link_row(one=report, other=place, kind="tells_of", state="suggested", reasons=[["postcode", "NM1 2AB"]])
    assert send(client, "link-confirm", link.public_id, version=1, readers="readers").status_code == 302
    link.refresh_from_db()
    assert (link.state, link.evidence, link.is_shared) == (LinkState.CONFIRMED, report, True)


def test_what_suggests_something_of_a_record_waits_for_its_card(client, bureau, nominal):
    place = entity_of(link_new(bureau, nominal, "seen", POOL))
    foreign = make_nominal()  # its marker may be known, its card may not
    make_link_row(one=foreign, other=place, kind="lives", state="suggested", by=bureau, reasons=[["postcode", "NM1 2AB"]])
    assert foreign.reference not in page(client, "link-list")
    assert foreign.reference not in page(client, "entity", place.public_id)


def test_a_shared_link_stands_on_the_record_with_source_and_grade_and_leads_nowhere_secret(client, nominal):
    report = make_released_row(nominal=nominal)
    link = link_new(make_bureau(nominal.force), nominal, "seen", POOL, evidence=report, basis="", is_shared=True)
    client.force_login(nominal.offender_manager)
    words = page(client, "links", nominal.reference)
    for said in ("Tollgate Pool", report.reference, "2B P"):
        assert said in words, said
    assert str(link.public_id) not in words
    assert "intelligence-bureau" not in words
    assert Event.objects.filter(actor=nominal.offender_manager, verb="viewed", nominal=nominal.pk).exists()
    shown = Event.objects.get(actor=nominal.offender_manager, verb="listed", detail__page="NominalLinks")
    assert shown.detail["ids"] == [nominal.pk]


def test_entities_are_found_by_name_number_and_postcode_and_the_search_is_recorded(client, bureau, nominal):
    link_new(bureau, nominal, "seen", POOL)
    link_new(bureau, nominal, "uses", {"kind": "phone", "name": "07700 900417"})
    for terms, found in (("tolgate pool", "Tollgate Pool"), ("+44 7700 900417", "07700 900417"), ("nm12ab", "Tollgate Pool")):
        assert found in send(client, "entity-find", words=terms).content.decode(), terms
    assert "Nothing that you may know of" in send(client, "entity-find", words="Quarry").content.decode()
    assert Event.objects.filter(verb="searched", detail__page="FindEntity").count() == 4


def test_two_are_compared_made_one_and_taken_apart(client, bureau, nominal):
    first, second = (entity_of(link_new(bureau, make_nominal(unit=nominal.unit), "seen", POOL)) for _ in range(2))
    words = send(client, "entity-same", first.public_id, words="Tollgate").content.decode()
    assert reverse("intelligence:entity-one", args=[first.public_id, second.public_id]) in words
    assert reverse("intelligence:entity-one", args=[first.public_id, first.public_id]) not in words
    assert "Stays: Tollgate Pool" in page(client, "entity-one", first.public_id, second.public_id)
    assert send(client, "entity-one", first.public_id, second.public_id, reason="").status_code == 422
    send(client, "entity-one", first.public_id, second.public_id, reason="One pool")
    assert send(client, "entity-one", first.public_id, second.public_id, reason="Again").status_code == 409
    words = page(client, "entity", first.public_id)
    assert "Take them apart" in words
    merge = second.merges.get()
    send(client, "entity-apart", merge.public_id, reason="Two pools")
    assert Entity.objects.standing().count() == 2


def test_a_place_is_moved_and_a_number_stays(client, bureau, nominal):
    pool = entity_of(link_new(bureau, nominal, "seen", POOL))
    assert send(client, "entity-change", pool.public_id, version=1, name="Baths", postcode="XX").status_code == 409
    send(client, "entity-change", pool.public_id, version=1, name="Tollgate Baths", postcode="NM1 2AC", grid="TQ 300 800")
    pool.refresh_from_db()
    assert (pool.name, pool.postcode, pool.easting) == ("Tollgate Baths", "NM1 2AC", 530_050)
    assert send(client, "entity-change", pool.public_id, version=1, name="Mine").status_code == 409  # somebody was first
    phone = entity_of(link_new(bureau, nominal, "uses", {"kind": "phone", "name": "07700 900417"}))
    assert 'name="name"' not in page(client, "entity-change", phone.public_id)


def test_nobody_outside_the_bureau_opens_its_pages(client, nominal):
    link = link_new(make_bureau(nominal.force), nominal, "seen", POOL)
    client.force_login(make_user("supervisor", unit=nominal.unit))
    for name, args in (("link-list", []), ("entity-list", []), ("link", [link.public_id]), ("links-of-record", [nominal.reference])):
        assert client.get(reverse(f"intelligence:{name}", args=args)).status_code == 403, name
