"""Reading all that is held about a person, what a rule suggests to look at, and the rehearsal as the person would read it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.access import row_security
from accounts.choices import Role
from accounts.models import User
from audit.models import Event
from disclosure.reports.personal import Piece, Source, held_sources, may_read, read_everything, read_source, suggest
from disclosure.rules.staff import STAFF
from intelligence.models import InformationRelease
from offenders.choices.confidential import SensitiveKind
from offenders.models import Nominal
from offenders.services.sections import add_section
from sharing.choices.news import NewsKind
from sharing.models import PartnerNews
from sharing.rules.passages import APART, NAMES, PHONES
from tests.factories import make_exclusion, make_nominal, make_section, make_user
from tests.intelligence.making_reports import TEXT, make_released_row, make_row
from tests.intelligence.making_travel import make_record
from tests.offenders.making_case_file import make_address, make_associate, make_contact, make_household, make_protected
from tests.offenders.making_confidential import make_matter, make_sensitive
from tests.offenders.making_documents import make_document
from tests.offenders.making_meetings import make_item, make_minutes, make_restricted
from tests.offenders.making_merges import make_lead, make_pair, merge
from tests.offenders.making_visits import make_planned, make_visit
from tests.safety.test_query_counts import fill
from tests.sharing.making_decisions import make_decision_row, make_release_row
from tests.sharing.making_media import make_media_decision
from tests.sharing.making_partners import make_news

pytestmark = pytest.mark.django_db

APART_WORDS = ("Quennelbrook", "Tarrowmoor", "Ospringham", "Vellacombe", "Hexwithiel", "Mawgantide", "Jorrowby", "Planfold")
HELD_WORDS = ("Pinnockhurst", "Larkenshaw", "Wexcombley")


def source_of(name: str) -> Source:
    return next(source for source in held_sources() if source.name == name)


def words_of(user: User, nominal: Nominal) -> str:
    """All that somebody reads of any source, asked for or not."""
    return "\n".join(f"{piece.label}\n{piece.text}" for source in held_sources() for piece in read_source(user, nominal, source))


@pytest.fixture
def nominal() -> Nominal:
    return make_nominal()


@pytest.fixture
def planted(nominal: Nominal) -> Nominal:
    """A record that has something of everything, with a word of its own in each place that matters."""
    manager = nominal.offender_manager
    make_section(nominal=nominal, body="Moved to Quennelbrook")
    make_matter(nominal=nominal, purpose="Watch the Tarrowmoor club")
    make_released_row(nominal=nominal)
    make_row(nominal=nominal, giver={"name": "Ospringham"})
    make_document(nominal=nominal, title="Advice of counsel Vellacombe", is_privileged=True)
    hidden = make_nominal(unit=nominal.unit, surname="Hexwithiel")
    make_exclusion(nominal=hidden, user=manager)
    make_associate(nominal, other=hidden)
    make_restricted(minutes=make_minutes(item=make_item(nominal=nominal)), text="Fears Mawgantide")
    make_protected(nominal, name="Jorrowby")
    make_household(nominal, note="Children at Jorrowby")
    make_planned(nominal=nominal, place="Planfold")
    make_address(nominal, line_1="9 Pinnockhurst")
    make_contact(nominal, said="He talked of Larkenshaw")
    make_visit(nominal=nominal, at=now() - timedelta(days=3), home="A map of Wexcombley")
    return nominal


def test_what_is_held_is_read_and_what_is_kept_apart_is_not(planted: Nominal, client: Client) -> None:
    lead = make_user(Role.SUPERVISOR, Role.OFFENDER_MANAGER, Role.INTELLIGENCE, Role.MAPP_CHAIR, unit=planted.unit)
    governance = make_user(Role.INFORMATION_GOVERNANCE, organisation=planted.force)
    for reader in (planted.offender_manager, lead, governance):
        assert [word for word in (*APART_WORDS, TEXT) if word in words_of(reader, planted)] == []
    assert [word for word in HELD_WORDS if word not in words_of(planted.offender_manager, planted)] == []

    client.force_login(planted.offender_manager)
    page = client.get(reverse("disclosure:as-read", args=[planted.reference])).content.decode()

    assert [word for word in APART_WORDS if word in page] == []
    assert [word for word in HELD_WORDS if word not in page] == []


def test_the_page_says_the_same_whether_or_not_something_is_kept_apart(nominal: Nominal, client: Client) -> None:
    client.force_login(nominal.offender_manager)
    url = reverse("disclosure:as-read", args=[nominal.reference])
    before = client.get(url).content
    make_section(nominal=nominal, body="Moved to Quennelbrook")
    make_matter(nominal=nominal)
    make_protected(nominal)
    make_decision_row(nominal=nominal)

    assert stable(client.get(url).content) == stable(before)


def stable(page: bytes) -> bytes:
    """A page without what differs each time."""
    return re.sub(rb'(nonce|value)="[^"]+"|\d\d:\d\d', b"", page)


def test_somebody_who_must_not_know_of_the_record_reads_nothing(planted: Nominal) -> None:
    fill(planted, planted.offender_manager, 0)
    make_exclusion(nominal=planted, user=planted.offender_manager)

    assert words_of(planted.offender_manager, planted) == ""


def test_sensitive_material_is_read_by_those_who_may_read_it_there(nominal: Nominal) -> None:
    make_sensitive(nominal=nominal, text="Takes insulin daily")
    colleague, source = make_user(unit=nominal.unit), source_of("offenders.sensitiveitem")

    assert not may_read(colleague, nominal, source)
    assert read_source(colleague, nominal, source) == []
    assert may_read(nominal.offender_manager, nominal, source)
    (piece,) = read_source(nominal.offender_manager, nominal, source)
    assert piece.text == "Kind: Health or medical\nText: Takes insulin daily"
    assert source in read_everything(colleague, nominal)[1]
    assert source not in read_everything(nominal.offender_manager, nominal)[1]


def test_a_row_is_told_in_words_without_staff_and_keys(nominal: Nominal) -> None:
    address = make_address(
        nominal, start=date(2025, 3, 1), end=date(2025, 6, 2), note="Above the shop", added_by=nominal.offender_manager,
        verified_by=nominal.offender_manager, verified_on=date(2025, 4, 5), verified_how="visit",
    )  # fmt: skip

    (piece,) = read_source(nominal.offender_manager, nominal, source_of("offenders.address"))

    assert piece.key == f"offenders.address:{address.pk}"
    assert piece.heading == "Addresses"
    lines = dict(line.split(": ", 1) for line in piece.text.splitlines())
    assert lines["Period"] == "from 1 March 2025 until 2 June 2025"
    assert lines["Note"] == "Above the shop"
    assert lines["Is main"] == "No"
    assert lines["Verified on"] == "5 April 2025"
    assert not {"Officer", nominal.offender_manager.get_full_name(), str(address.public_id)} & set(re.split(r"[\s:]", piece.text))
    assert nominal.offender_manager.last_name not in piece.text


def test_another_record_is_never_named(nominal: Nominal) -> None:
    other = make_nominal(unit=nominal.unit, surname="Hexwithiel")
    make_associate(nominal, other=other, name="")

    (piece,) = read_source(nominal.offender_manager, nominal, source_of("offenders.associate"))

    assert "Other: another person on record" in piece.text
    assert other.reference not in piece.text


def test_history_is_read_and_what_stood_on_a_record_that_was_merged() -> None:
    lead = make_lead()
    survivor, merged = make_pair(lead)
    make_address(survivor, start=date(2001, 1, 1), end=date(2002, 1, 1), line_1="1 Old Lane")
    make_contact(merged, said="Spoke of the other record")
    merge(lead, survivor, merged)

    said = words_of(lead, survivor)

    assert "1 Old Lane" in said
    assert "Spoke of the other record" in said


def test_only_the_released_text_of_a_report_about_the_person_is_held(nominal: Nominal) -> None:
    report, other = make_released_row(nominal=nominal), make_nominal(unit=nominal.unit, offender_manager=nominal.offender_manager)
    text = InformationRelease.objects.get(report=report).sanitised
    source = source_of("intelligence.informationrelease")

    (piece,) = read_source(nominal.offender_manager, nominal, source)

    assert text in piece.text
    assert "Grade" not in piece.text
    assert read_source(nominal.offender_manager, other, source) == []
    for route in ({"is_about": False}, {"is_named": False, "is_about": None}):
        nominal.report_routes.update(**route)
        assert read_source(nominal.offender_manager, nominal, source) == []


def test_a_release_to_somebody_at_risk_is_not_told(nominal: Nominal) -> None:
    source = source_of("sharing.release")
    release = make_release_row(nominal=nominal)
    make_release_row(nominal=nominal, decision=make_media_decision(nominal=nominal))

    (piece,) = read_source(nominal.offender_manager, nominal, source)

    assert f"Reference: {release.reference}" in piece.text
    assert release.agency.name in piece.text
    assert "Protecting a child" not in piece.text


def test_a_crossing_is_told_and_not_one_of_somebody_else(nominal: Nominal) -> None:
    record = make_record(nominal=nominal)
    source = source_of("intelligence.travelrecord")

    assert record.alert.port in read_source(nominal.offender_manager, nominal, source)[0].text
    record.withdrawn_at, record.withdrawn_by, record.withdrawn_why = now(), nominal.offender_manager, "Somebody else"
    record.save()
    assert read_source(nominal.offender_manager, nominal, source) == []


def test_passages_give_the_text_back_and_say_why_to_look_twice(nominal: Nominal) -> None:
    manager = nominal.offender_manager
    make_associate(nominal, name="Perpetua Windle")
    make_contact(nominal, party="family", with_whom="Barnaby Stoat")
    add_section(
        actor=manager, nominal=nominal, kind="victim", body="She hides at Quennelbrook Grange", basis="", lawful_basis="safeguarding",
        originator="Victim liaison", handling="", review_on=localdate() + timedelta(days=30),
    )  # fmt: skip
    said = "He met Perpetua. Nothing else.\nBarnaby Stoat rang.\nCall 01632 960123.\nAsked after Quennelbrook Grange."

    (passages,) = suggest(manager, nominal, [Piece("offenders.contact:1", "Conversations", "Conversation", said)])

    assert "".join(each["text"] for each in passages) == said
    assert [each["found"] for each in passages] == [[NAMES], [], [NAMES], [PHONES], [APART]]
    assert {(each["keep"], each["code"]) for each in passages} == {(None, "")}


def test_names_of_staff_are_suggested_to_be_removed(nominal: Nominal) -> None:
    manager = nominal.offender_manager
    make_user(organisation=nominal.force, first_name="Ada", last_name="Grey", collar_number="2017", username="ada.grey")
    make_user(last_name="van der Pell", collar_number="7", is_active=False)
    make_user(Role.SUPERVISOR, last_name=nominal.names.first().surname)
    said = [
        "DC Grey rang.", "DC 2017 wrote it up.", "Sent by ADA.GREY.", "Told DS van der Pell's team.", "A grey day in 2017, DC 20170.",
        f"{nominal.names.first().surname} came.",
    ]  # fmt: skip

    (passages,) = suggest(manager, nominal, [Piece("offenders.contact:1", "Conversations", "Conversation", "\n".join(said))])

    assert [each["found"] for each in passages] == [[STAFF], [STAFF], [STAFF], [STAFF], [], []]


def test_reading_and_suggesting_take_as_many_queries_for_many_rows_as_for_few(client: Client) -> None:
    roles = (Role.SUPERVISOR, Role.OFFENDER_MANAGER, Role.INTELLIGENCE, Role.MAPP_CHAIR)
    nominal = make_nominal()
    manager = nominal.offender_manager
    manager.groups.set(make_user(*roles).groups.all())
    counts = []
    client.force_login(manager)
    for number in range(3):
        fill(nominal, manager, number)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("disclosure:as-read", args=[nominal.reference])).status_code == 200
        counts.append(len(captured))

    assert counts[2] <= counts[1]


def test_looking_is_recorded_and_only_who_changes_the_record_looks(nominal: Nominal, client: Client) -> None:
    url = reverse("disclosure:as-read", args=[nominal.reference])
    client.force_login(nominal.offender_manager)
    before = Event.objects.about([nominal.pk]).count()

    assert client.get(url).status_code == 200
    assert Event.objects.about([nominal.pk]).count() == before + 1
    client.force_login(make_user(Role.CONTROL_ROOM, organisation=nominal.force))
    assert client.get(url).status_code == 403


def test_what_somebody_else_controls_is_not_held_before_they_agree(nominal: Nominal) -> None:
    officer, health, released = nominal.offender_manager, source_of("offenders.sensitiveitem"), source_of("intelligence.informationrelease")
    item = make_sensitive(nominal=nominal, kind=SensitiveKind.THIRD_PARTY, originator="A clinic")
    news = make_news(force=nominal.force, kind=NewsKind.INTELLIGENCE, needs_consent=True)
    PartnerNews.objects.filter(pk=news.pk).update(report=make_released_row(nominal=nominal))

    assert read_source(officer, nominal, health) == read_source(officer, nominal, released) == []

    given = {"consent": "given", "asked_on": localdate(), "answered_on": localdate()}
    with row_security(officer):
        type(item).objects.filter(pk=item.pk).update(**given)
    PartnerNews.objects.filter(pk=news.pk).update(**given)
    assert [len(read_source(officer, nominal, source)) for source in (health, released)] == [1, 1]
