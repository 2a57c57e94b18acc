"""The operational card: what it says, how small it is, how few queries it takes, who may read and print it."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from audit.models import Event
from offenders.cards import age_on, and_list, read_card
from offenders.models import Condition, Description, Mark, OperationalFacts, WarningMarker
from tests.factories import make_birth, make_exclusion, make_name, make_nominal, make_reason, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def officer():
    return make_user(phone="01632 960417", last_name="Okafor")


@pytest.fixture
def nominal(officer):
    """A full card, as long as an ordinary one gets."""
    nominal = make_nominal(offender_manager=officer, surname="Specimen", given_names="Robin")
    make_birth(nominal=nominal, year=1971, month=3, day=14)
    make_name(nominal=nominal, surname="Archer")
    Description.objects.create(nominal=nominal, ethnicity="White", height_cm=178, build="Medium", hair="Grey hair", eyes="Blue")
    Mark.objects.create(nominal=nominal, kind="tattoo", place="left forearm", description="anchor")
    WarningMarker.objects.create(nominal=nominal, kind="lone_officers")
    WarningMarker.objects.create(nominal=nominal, kind="violent", ended_on=date(2026, 1, 1))
    Condition.objects.create(nominal=nominal, kind="licence", text="Curfew 9pm to 7am")
    Condition.objects.create(nominal=nominal, kind="shpo", text="No contact with anyone under 18")
    Condition.objects.create(nominal=nominal, kind="licence", text="Ended long ago", ends_on=date(2026, 1, 1))
    Condition.objects.create(nominal=nominal, kind="licence", text="Not yet begun", starts_on=date(2027, 1, 1))
    OperationalFacts.objects.filter(nominal=nominal).update(
        on_encounter="Double-crew.\nSafeguard first.\nCall the on-call DI.\nRecord what you saw.",
        modus_operandi="Offers sports coaching.",
        people_at_risk="Children 8 to 12",
        on_licence_until=date(2027, 6, 4),
        licence_contact="Duty desk, 01632 960133",
        checked_on=date(2026, 11, 18),
        checked_by=officer,
    )
    return nominal


@pytest.fixture
def operator(officer):
    return make_user(Role.CONTROL_ROOM, organisation=officer.organisation)


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def card(client, nominal, day=TODAY):
    with time_machine.travel(day, tick=False):
        return client.get(f"/nominals/{nominal.reference}/card/")


@pytest.fixture
def signed_in(client, operator):
    with time_machine.travel(TODAY, tick=False):
        client.force_login(operator)
    return client


def test_card_says_everything_in_its_fixed_order(signed_in, nominal):
    text = words(card(signed_in, nominal))
    order = [
        "High risk",
        "to children",
        "SPECIMEN, Robin",
        "Born 14 March 1971 (55).",
        "White, 178cm, medium build, grey hair, blue eyes, tattoo on left forearm: anchor.",
        "Also uses “Archer”.",
        "On licence until 4 June 2027: recall possible",
        "Risk to lone officers",
        "MAPPA category 1, level 1",
        "What to do now",
        "Double-crew.",
        "Record what you saw.",
        "How this person offends",
        "Offers sports coaching.",
        "Licence and orders",
        "Curfew 9pm to 7am",
        "No contact with anyone under 18 (sexual harm prevention order)",
        "People at risk",
        "Children 8 to 12",
        "Okafor",
        "01632 960417",
        "Out of hours: On-call DI, 01632 960101",
        "Duty desk, 01632 960133",
        "came to notice",
        "Card checked 18 November 2026 by",
    ]
    places = [text.find(line) for line in order]
    assert -1 not in places, [line for line, place in zip(order, places, strict=True) if place == -1]
    assert places == sorted(places)
    for gone in ("Ended long ago", "Not yet begun", "Violent", "Not checked since"):
        assert gone not in text


def test_card_is_small_and_its_title_names_nobody(signed_in, nominal):
    response = card(signed_in, nominal)
    assert len(response.content) < 30_000
    title = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)[1]
    assert title == f"Card {nominal.reference} – Vigil"
    assert "app-compact" in response.content.decode()


def queries(client, nominal):
    with CaptureQueriesContext(connection) as captured:
        assert card(client, nominal).status_code == 200
    return [query["sql"] for query in captured]


def test_card_takes_few_queries_however_much_it_says(signed_in, nominal, officer):
    bare = make_nominal(offender_manager=officer)
    card(signed_in, bare)
    few, many = queries(signed_in, bare), queries(signed_in, nominal)
    assert len(few) == len(many)
    assert len(many) <= 8, "\n".join(sql[:150] for sql in many)


def test_card_shows_its_age_after_90_days(signed_in, nominal):
    assert "Not checked since" not in words(card(signed_in, nominal, date(2027, 2, 16)))
    client, later = signed_in, date(2027, 2, 17)
    with time_machine.travel(later, tick=False):
        client.force_login(make_user(Role.CONTROL_ROOM, organisation=nominal.force))
    text = words(card(client, nominal, later))
    assert text.find("Not checked since 18 November 2026.") < text.find("High risk")
    assert "Born 14 March 1971 (55)." in text


def test_card_without_facts_says_whom_to_call(signed_in, nominal):
    OperationalFacts.objects.all().delete()
    Condition.objects.all().delete()
    text = words(card(signed_in, nominal))
    assert "No card yet: call the on-call DI. On-call DI, 01632 960101." in text


def test_card_of_a_record_that_says_almost_nothing(signed_in, nominal):
    for rows in (nominal.names, nominal.dates_of_birth, nominal.risk_periods, nominal.mappa_periods, nominal.warnings, nominal.marks):
        rows.all().delete()
    text = words(card(signed_in, nominal))
    assert all(line in text for line in ("Risk not set", "Name not recorded", "Date of birth not recorded"))


def test_card_of_a_manager_who_left_sends_to_the_unit(signed_in, nominal, officer):
    officer.is_active = False
    officer.save()
    assert "The officer has left: tell the unit." in words(card(signed_in, nominal))


def test_reading_is_recorded(signed_in, nominal, operator):
    card(signed_in, nominal)
    event = Event.objects.get(actor=operator, verb="viewed")
    assert (event.nominal, event.detail, event.acting_role) == (nominal.pk, {"page": "CardPage"}, "control_room")


def test_who_may_read_the_card(client, nominal, officer):
    url = f"/nominals/{nominal.reference}/card/"
    excluded = make_user(Role.CONTROL_ROOM, organisation=officer.organisation)
    make_exclusion(nominal=nominal, user=excluded)
    foreign, reasoned = make_user(Role.CONTROL_ROOM), make_user(Role.OPERATIONAL)
    make_reason(nominal=nominal, user=reasoned)
    expected = {officer: 200, reasoned: 200, foreign: 302, excluded: 404, make_user(Role.AUDITOR, organisation=officer.organisation): 404}
    for user, status in expected.items():
        client.force_login(user)
        assert client.get(url).status_code == status, user.roles


def test_print_is_recorded_first(client, nominal, operator):
    client.force_login(operator)
    response = client.post(f"/nominals/{nominal.reference}/card/print/")
    assert response.url == f"/nominals/{nominal.reference}/card/?print"
    assert Event.objects.filter(verb="printed", nominal=nominal.pk, actor=operator).count() == 1
    assert "app/print.js" in client.get(response.url).content.decode()
    assert "app/print.js" not in client.get(f"/nominals/{nominal.reference}/card/").content.decode()


def test_read_card_on_any_day(nominal):
    assert read_card(nominal, date(2028, 1, 1)).is_on_licence is False
    assert [row["text"] for row in read_card(nominal, date(2027, 3, 1)).conditions][-1] == "Not yet begun"


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        ((1971, 3, 14), "55"),
        ((1971, 11, 24), "55"),
        ((1971, 11, 25), "54"),
        ((1971, None, None), "54 or 55"),
        ((1971, 11, None), "54 or 55"),
        ((1971, 12, None), "54"),
    ],
)
def test_age_on(birth, age):
    assert age_on(birth, TODAY) == age


def test_and_list():
    assert [and_list(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
