"""What the system suggests to belong together, why, and what it leaves alone."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.utils.timezone import now

from accounts.choices import Role
from accounts.permissions import Perm
from intelligence.choices.links import LinkState
from intelligence.models import (
    Entity,
    InformationReport,
    Link,
    LinkCheck,
    MethodWords,
    PostcodePoint,
    ReportMark,
    ReportWords,
    SignificanceAnswer,
)
from intelligence.reports.link_suggesting import marks_not_linked, work_of
from intelligence.reports.links import key_of, reasons_for, suggested_to
from intelligence.services.information import save_report, submit_report
from intelligence.services.information_evaluating import withdraw_report
from intelligence.services.link_suggesting import LOCK, suggest_links
from intelligence.services.links import confirm_link, end_link, link_new_entity, link_things, refuse_link
from offenders.choices import IdentifierKind
from offenders.models import Address, Identifier, OnlineIdentity, OperationalFacts
from tests.factories import make_exclusion, make_grant, make_identifier, make_nominal, make_unit, make_user
from tests.intelligence.making_links import FACTS, PHONE, POOL, VAN, entity_of, link_new, make_entity_row, make_link_row
from tests.intelligence.making_reports import make_bureau, make_draft, make_release, make_sent

pytestmark = pytest.mark.django_db
SHOP = "He gave trainers to boys behind the launderette and photographed them with an old Polaroid camera."
AGAIN = "A stranger photographed children by the launderette; he carried a Polaroid and promised them trainers."
METHOD = "Gives trainers to boys and photographs them with an old Polaroid camera, often at a launderette."
CALLS = "He rings her from 07700 900417 at night."


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def bureau(nominal):
    return make_bureau(nominal.force)


@pytest.fixture
def author(nominal):
    return make_user(Role.OPERATIONAL, organisation=nominal.force)


def say(author, text, **values):
    """A report that was sent, of these words and hardly any others."""
    return make_sent(author=author, original=text, **{"words": "Somebody", "seen_where": "Here"} | values)


def suggested():
    """Compare, and return each suggestion: kind and ends, and its reasons."""
    suggest_links(actor=None)
    rows = Link.objects.filter(state=LinkState.SUGGESTED).prefetch_related("ends")
    return {
        (link.kind, *sorted(key_of(end.nominal or end.entity or end.report) for end in link.ends.all())): link.reasons for link in rows
    }


def ends(kind, *things):
    """The same for things that are expected."""
    return (kind, *sorted(map(key_of, things)))


@pytest.mark.parametrize(
    ("text", "entity", "expected"),
    [
        ("He rings her from +44 7700 900417.", PHONE, ["number", "07700 900417"]),
        ("He drives NM71ABC now.", VAN, ["vehicle", "NM71 ABC"]),
        ("Look for @Darren_S417 there.", {"kind": "online", "name": "darren_s417"}, ["online", "darren_s417"]),
        ("Seen at the pool, nm12ab.", POOL, ["postcode", "NM1 2AB"]),
    ],
)
def test_a_report_and_an_entity_with_one_mark_are_suggested_with_the_reason(bureau, author, text, entity, expected):
    nominal = make_nominal(unit=make_unit(organisation=bureau.organisation))
    thing = entity_of(link_new(bureau, nominal, entity=entity, kind="contact" if entity["kind"] != "place" else "lives"))
    report = say(author, text)
    make_draft(author=author, original=text)
    assert suggested() == {ends("tells_of", report, thing): [expected]}
    link = Link.objects.get(state=LinkState.SUGGESTED)
    assert (link.created_by, link.force) == (None, bureau.organisation)


def test_an_entity_that_comes_later_and_one_of_another_force(bureau, author, nominal):
    report = say(author, CALLS)
    make_entity_row(by=make_bureau(make_nominal().force), kind="phone", name="07700 900417", value="07700900417")
    assert suggested() == {}
    phone = make_entity_row(by=bureau, kind="phone", name="07700 900417", value="07700900417")
    assert list(suggested()) == [ends("tells_of", report, phone)]


def test_marks_and_words_are_kept_of_sent_reports_only_and_read_once(bureau, author, nominal):
    report = say(author, f"{CALLS} NM1 2AB", words="Drives NM71 ABC")
    make_draft(author=author, original=CALLS)
    suggest_links(actor=None)
    marks = set(ReportMark.objects.values_list("report", "kind", "value"))
    assert marks == {(report.pk, "phone", "07700900417"), (report.pk, "postcode", "NM1 2AB"), (report.pk, "vehicle", "NM71ABC")}
    assert {"night", "drive", "ring"} <= set(ReportWords.objects.get().lexemes)
    assert not LinkCheck.objects.exists()
    make_release(report=report, by=bureau)
    assert not LinkCheck.objects.exists()  # a release changes nothing of what was said
    report.refresh_from_db()
    withdraw_report(actor=bureau, report=report, reason="Wrong man", version=report.version)
    suggest_links(actor=None)
    assert not ReportMark.objects.exists()
    assert not ReportWords.objects.exists()


def test_an_entity_and_a_record_with_one_number_vehicle_or_online_name(bureau, author, nominal):
    other = make_nominal(unit=nominal.unit)
    phone, van, name = (
        entity_of(link_new(bureau, other, entity=entity, kind="contact"))
        for entity in (PHONE, VAN, {"kind": "online", "name": "darren_s417"})
    )
    make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value="07700900417")
    make_identifier(nominal=nominal, kind=IdentifierKind.VEHICLE, value="NM71ABC")
    make_identifier(nominal=make_nominal(), kind=IdentifierKind.PHONE, value="07700900417")  # of another force
    OnlineIdentity.objects.create(nominal=nominal, kind="chat", handle="@Darren_S417", period="[2020-01-01,)")
    assert suggested() == {
        ends("uses", nominal, phone): [["number", "07700 900417"]],
        ends("uses", nominal, van): [["vehicle", "NM71 ABC"]],
        ends("uses", nominal, name): [["online", "darren_s417"]],
    }


def test_a_number_that_many_have_tells_nothing(bureau, nominal):
    phone = make_entity_row(by=bureau, kind="phone", name="07700 900417", value="07700900417")
    people = [make_nominal(unit=nominal.unit) for _ in range(5)]
    for each in people:
        make_identifier(nominal=each, kind=IdentifierKind.PHONE, value="07700900417")
    assert len(suggested()) == 5
    make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value="07700900417")
    suggest_links(actor=None, everything=True)
    assert not Link.objects.at(phone).exists()


def home(nominal, postcode, line_1="4 Fish Lane", **values):
    """An address of a record."""
    return Address.objects.create(nominal=nominal, kind="home", line_1=line_1, postcode=postcode, period="[2020-01-01,)", **values)


def test_a_place_and_the_addresses_of_records(bureau, nominal):
    PostcodePoint.objects.create(postcode="NM1 2AB", easting=400_000, northing=300_000)
    PostcodePoint.objects.create(postcode="NM1 2AC", easting=400_100, northing=300_100)
    PostcodePoint.objects.create(postcode="NM9 9ZZ", easting=400_240, northing=300_240)  # in the square, not in the circle
    same, close, far, past, there = (make_nominal(unit=nominal.unit) for _ in range(5))
    pool = make_entity_row(by=bureau, postcode="NM1 2AB", easting=400_000, northing=300_000)
    flat = make_entity_row(by=bureau, name="Flat at 7 Mole Road, Northport", postcode="NM3 3CD")
    home(same, "NM1 2AB")
    home(close, "NM1 2AC")
    home(far, "NM9 9ZZ")
    Address.objects.create(nominal=past, kind="home", line_1="5 Fish Lane", postcode="NM1 2AC", period="[2010-01-01,2012-01-01)")
    home(there, "NM3 3CD", line_1="7 Mole Road")
    assert suggested() == {
        ends("near", pool, same): [["postcode", "NM1 2AB"]],
        ends("near", pool, close): [["near", "About 140 metres apart"]],
        ends("lives", flat, there): [["postcode", "NM3 3CD"]],
    }


def test_places_near_each_other_and_names_that_are_alike(bureau, nominal):
    pool = make_entity_row(by=bureau, postcode="NM1 2AB", easting=400_000, northing=300_000)
    club = make_entity_row(by=bureau, name="Sailing Club", easting=400_030, northing=300_040)
    again = make_entity_row(by=bureau, name="Tollgate Pools", postcode="NM1 2AB")
    make_entity_row(by=bureau, name="Tollgate Pool", easting=500_000, northing=300_000)  # the one in another town
    person, twin = (make_entity_row(by=bureau, kind="person", name=name) for name in ("Monty Skelhorn", "Skelhorn Montey"))
    make_entity_row(by=bureau, kind="person", name="Dave")
    make_entity_row(by=bureau, kind="person", name="Dave")
    found = suggested()
    assert found.pop(ends("near", pool, club)) == [["near", "About 50 metres apart"]]
    assert found.pop(ends("near", pool, again)) == [["postcode", "NM1 2AB"]]
    assert found.pop(ends("same", pool, again)) == [["name", "“Tollgate Pool” and “Tollgate Pools”"]]
    assert found.pop(ends("same", person, twin)) == [["name", "“Monty Skelhorn” and “Skelhorn Montey”"]]
    assert [kind for kind, *_ in found] == ["same"]  # Tollgate Pools, which has no position, and the pool in the other town


def test_reports_with_rare_words_in_common_are_alike_and_the_reason_names_them(author, nominal):
    one = say(author, SHOP, seen_where="Northport")
    say(author, "A lorry stood in a lay-by with its lights on.", seen_where="Fishbourne")
    other = say(author, AGAIN, seen_where="Holme")
    found = suggested()
    assert list(found) == [ends("alike", one, other)]
    ((ground, words),) = found[ends("alike", one, other)]
    assert ground == "wording"
    assert {"launderette", "polaroid", "trainers", "photographed"} <= set(words.removeprefix("Both say: ").split(", "))


def test_reports_whose_significance_differs_are_not_alike(author, nominal):
    one = say(author, SHOP, seen_where="Northport", answers={"harm": ("yes", "x")})
    other = say(author, AGAIN, seen_where="Holme", answers={"trust": ("yes", "x")})
    assert suggested() == {}
    SignificanceAnswer.objects.filter(report=other, question="harm").update(answer="yes")
    suggest_links(actor=None, everything=True)
    assert list(suggested()) == [ends("alike", one, other)]


def test_words_that_many_reports_use_are_no_reason(author, nominal):
    for number in range(5):
        say(author, SHOP, seen_where=f"Place {number}")
    suggest_links(actor=None)
    assert not Link.objects.exists()  # more than one in fifty, of so few


def test_a_report_and_how_somebody_offends(author, nominal):
    named = make_nominal(unit=nominal.unit)
    for each in (nominal, named, make_nominal()):
        OperationalFacts.objects.update_or_create(nominal=each, defaults={"modus_operandi": METHOD})
    report = say(author, SHOP, nominal=named)
    found = suggested()
    assert list(found) == [ends("alike", report, nominal)]  # not whom it names, not of another force
    assert MethodWords.objects.count() == 3
    OperationalFacts.objects.filter(nominal=nominal).update(modus_operandi="Unknown")
    assert suggested() == {}


def test_reports_that_share_a_number_are_alike_until_somebody_links_one_to_it(bureau, author, nominal):
    one, other = say(author, CALLS), say(author, "Text from 07700900417.")
    assert suggested() == {ends("alike", one, other): [["number", "07700 900417"]]}
    phone = entity_of(link_new(bureau, one, kind="tells_of", entity=PHONE))
    assert suggested() == {ends("tells_of", other, phone): [["number", "07700 900417"]]}


def test_comparing_again_changes_nothing_and_what_lost_its_reason_goes(bureau, author, nominal):
    phone = entity_of(link_new(bureau, make_nominal(unit=nominal.unit), entity=PHONE, kind="contact"))
    row = make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value="07700900417")
    assert suggest_links(actor=None) == 1
    link = Link.objects.get(state=LinkState.SUGGESTED)
    assert suggest_links(actor=None, everything=True) == 0
    assert Link.objects.get(state=LinkState.SUGGESTED).pk == link.pk
    Identifier.objects.filter(pk=row.pk).delete()
    assert suggested() == {}
    assert Link.objects.at(phone).count() == 1


def test_nothing_is_suggested_that_somebody_linked(bureau, author, nominal):
    phone = entity_of(link_new(bureau, nominal, entity=PHONE))
    make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value="07700900417")
    report = say(author, CALLS)
    link_things(actor=bureau, one=report, other=phone, kind="tells_of", **FACTS)
    assert suggested() == {}


def test_a_suggestion_that_somebody_links_by_hand_is_one_link(bureau, author, nominal):
    phone = entity_of(link_new(bureau, nominal, entity=PHONE))
    report = say(author, CALLS)
    suggest_links(actor=None)
    link_things(actor=bureau, one=report, other=phone, kind="tells_of", **FACTS)
    suggest_links(actor=None, everything=True)
    assert [link.state for link in Link.objects.at(report)] == [LinkState.CONFIRMED]


def test_what_was_refused_comes_back_for_another_reason_only(bureau, author, nominal):
    one, other = say(author, f"{CALLS} Also NM71 ABC."), say(author, "From 07700 900417.")
    suggest_links(actor=None)
    link = Link.objects.get()
    refuse_link(actor=bureau, link=link, version=link.version, reason="A call box")
    suggest_links(actor=None, everything=True)
    link.refresh_from_db()
    assert link.state == LinkState.REFUSED
    other.notes.create(kind="added", text="He came in NM71ABC.", by=author)
    suggest_links(actor=None)
    link.refresh_from_db()
    assert (link.state, link.reasons) == (LinkState.SUGGESTED, [["number", "07700 900417"], ["vehicle", "NM71 ABC"]])
    assert link.refused_for == [["number", "07700 900417"]]
    assert link.decision_reason == "A call box"
    link_new(bureau, one, kind="tells_of", entity=VAN)
    link_new(bureau, other, kind="tells_of", entity=PHONE)
    suggest_links(actor=None)
    link.refresh_from_db()
    assert link.state == LinkState.REFUSED  # it has no reason now, and stays refused


def test_what_was_ended_is_not_suggested_for_the_same_reason(bureau, author, nominal):
    entity_of(link_new(bureau, nominal, entity=PHONE))
    report = say(author, CALLS)
    suggest_links(actor=None)
    link = Link.objects.get(state=LinkState.SUGGESTED)
    confirm_link(actor=bureau, link=link, version=link.version, **FACTS)
    link.refresh_from_db()
    end_link(actor=bureau, link=link, version=link.version, reason="A wrong number")
    suggest_links(actor=None, everything=True)
    assert [each.state for each in Link.objects.at(report)] == [LinkState.ENDED]


def test_whoever_may_not_know_an_end_sees_neither_the_suggestion_nor_its_number(bureau, author, nominal):
    restricted = make_nominal(unit=nominal.unit, is_restricted=True)
    phone = entity_of(link_new(bureau, nominal, entity=PHONE))
    for each in (restricted, make_nominal(unit=nominal.unit)):
        make_identifier(nominal=each, kind=IdentifierKind.PHONE, value="07700900417")
    say(author, CALLS, nominal=nominal)
    assert len(suggested()) == 3
    assert suggested_to(bureau).count() == 2
    assert [work.number for work in work_of(bureau, now())] == [2]
    make_exclusion(nominal=nominal, user=bureau)
    # The report names the record. The third link is between what the officer may know, but the telephone is known from the record alone.
    assert suggested_to(bureau).count() == 0
    assert not Entity.objects.for_user(bureau).filter(pk=phone.pk).exists()
    assert work_of(bureau, now())[0].number == 0
    assert work_of(author, now()) == []
    assert suggested_to(make_bureau(nominal.force)).count() == 2


def test_reasons_from_a_record_show_to_whoever_may_read_that_part_of_it(bureau, author, nominal):
    other = make_nominal(unit=nominal.unit)
    link_new(bureau, other, entity=PHONE, kind="contact")
    make_entity_row(by=bureau, postcode="NM1 2AB")
    make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value="07700900417")
    home(nominal, "NM1 2AB")
    suggest_links(actor=None)
    links = list(Link.objects.filter(state=LinkState.SUGGESTED).order_by("kind").prefetch_related("ends"))
    assert [link.kind for link in links] == ["near", "uses"]
    assert list(reasons_for(bureau, links).values()) == [
        ["Same postcode: it shows when you may read the record"], ["Same telephone number: 07700 900417"],
    ]  # fmt: skip
    make_grant(nominal=nominal, user=bureau, permission=Perm.VIEW_CASE_FILE)
    assert reasons_for(bureau, links)[links[0].pk] == ["Same postcode: NM1 2AB"]


def test_marks_of_a_report_that_are_not_linked_are_offered(bureau, author, nominal):
    report = say(author, f"{CALLS} He drives nm71abc to NM1 2AB and is @darren_s417.")
    found = marks_not_linked(bureau, report)
    assert [(each.kind, each.name, each.postcode) for each in found] == [
        ("phone", "07700 900417", ""), ("place", "NM1 2AB", "NM1 2AB"), ("vehicle", "NM71 ABC", ""), ("online", "darren_s417", ""),
    ]  # fmt: skip
    link_new_entity(actor=bureau, one=report, kind="tells_of", entity=found[0].entity, **FACTS)
    link_new_entity(actor=bureau, one=report, kind="tells_of", entity=found[1].entity, **FACTS)
    assert [each.kind for each in marks_not_linked(bureau, report)] == ["vehicle", "online"]
    make_exclusion(nominal=nominal, user=bureau)
    hidden = say(author, CALLS, nominal=nominal)
    assert marks_not_linked(bureau, hidden) == []


def test_a_link_that_the_bureau_made_by_hand_is_not_taken_back(bureau, author, nominal):
    phone = entity_of(link_new(bureau, nominal, entity=PHONE))
    link = make_link_row(one=nominal, other=phone, kind="contact", state="suggested", by=bureau)
    suggest_links(actor=None, everything=True)
    assert Link.objects.filter(pk=link.pk).exists()


def test_a_record_that_was_merged_is_not_suggested(bureau, nominal):
    other = make_nominal(unit=nominal.unit)
    link_new(bureau, make_nominal(unit=nominal.unit), entity=PHONE, kind="contact")
    make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value="07700900417")
    assert len(suggested()) == 1
    nominal.merged_into = other
    nominal.save(update_fields=["merged_into"])
    assert suggested() == {}


def test_a_report_that_is_sent_again_stays_as_it_was(author, nominal):
    draft = make_draft(author=author, original=CALLS)
    assert not LinkCheck.objects.filter(key=f"r{draft.pk}").exists()
    save_report(actor=author, report=draft, version=draft.version, original=SHOP)
    draft.refresh_from_db()
    submit_report(actor=author, report=draft, version=draft.version)
    assert LinkCheck.objects.filter(key=f"r{draft.pk}").count() == 1
    InformationReport.objects.filter(pk=draft.pk).update(state="returned")
    assert LinkCheck.objects.filter(key=f"r{draft.pk}").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_suggest_each_link_once(bureau, nominal):
    for number in range(6):
        value = f"0770090041{number}"
        make_entity_row(by=bureau, kind="phone", name=value, value=value)
        make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value=value)
    ready = Barrier(2)

    def work():
        ready.wait()
        suggest_links(actor=None)
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    suggest_links(actor=None)
    assert [link.ends.count() for link in Link.objects.all()] == [2] * 6
    assert not LinkCheck.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_compares_waits(bureau, nominal):
    make_entity_row(by=bureau, kind="phone", name="07700900417", value="07700900417")
    held, done = Barrier(2), Barrier(2)

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            held.wait()
            done.wait()
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    held.wait()
    assert suggest_links(actor=None) == 0
    assert LinkCheck.objects.exists()
    done.wait()
    thread.join()
    suggest_links(actor=None)
    assert not LinkCheck.objects.exists()
