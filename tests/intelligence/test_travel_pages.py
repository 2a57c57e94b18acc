"""Pages of reports from the border and of the foreign-travel record."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accounts.choices import Role
from audit.models import Event
from intelligence.choices.travel import AlertState, Finding
from intelligence.models import AlertSource, TravelAlert, TravelRecord
from intelligence.reports.alerts import compare_facts
from intelligence.services.filing import compare_records_again, withdraw_record
from offenders.models import Breach
from tests.factories import make_birth, make_nominal, make_unit, make_user
from tests.intelligence.making_travel import LEFT, PASSPORT, make_alert, make_candidate, make_record, make_source, make_triager, make_trip
from tests.offenders.making_registration import make_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def officer(unit, client):
    user = make_triager(unit)
    client.force_login(user)
    return user


@pytest.fixture
def source(unit):
    return make_source(unit=unit)


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def decide(client, alert, **data):
    return client.post(f"/travel-alerts/{alert.public_id}/", {"version": alert.version, "reason": "", "reference": "", **data})


def test_the_queue_shows_the_oldest_first_with_its_time_and_those_of_the_unit_alone(client, officer, source):
    make_alert(source=source, surname="Oldman")
    make_alert(source=source, surname="Newman")
    make_alert(surname="Elsewhere")
    text = page(client, "/travel-alerts/")
    assert text.index("Oldman") < text.index("Newman")
    assert "Elsewhere" not in text
    assert "1 working day later" in text


def test_no_name_and_no_number_stands_in_a_title_or_an_address(client, officer, source):
    alert = make_alert(source=source)
    text = page(client, f"/travel-alerts/{alert.public_id}/")
    title = text.split("<title>")[1].split("</title>")[0]
    assert "Sample" not in title
    assert PASSPORT not in text


def test_the_number_is_shown_when_asked_and_that_stands_in_the_trail(client, officer, source):
    alert = make_alert(source=source)
    shown = client.post(f"/travel-alerts/{alert.public_id}/document/")
    assert PASSPORT in shown.content.decode()
    assert Event.objects.filter(verb="viewed", subject_id=alert.pk, detail__whole_number=True, actor=officer).count() == 1
    assert client.get(f"/travel-alerts/{alert.public_id}/document/").status_code == 405


def test_both_sides_stand_beside_each_other_in_words(client, officer, source, unit):
    nominal = make_nominal(unit=unit, surname="Sampel", given_names="Arthur")
    make_birth(nominal=nominal, year=1971, month=3, day=15)
    alert = make_alert(source=source)
    make_candidate(alert=alert, nominal=nominal)
    text = page(client, f"/travel-alerts/{alert.public_id}/")
    words = [part.split("</strong>")[0].split(">")[-1] for part in text.split("<tbody")[1].split("<strong")[1:]]
    assert words == ["Differs", "Same", "Differs", "Not known", "Not known"]


@pytest.mark.parametrize(
    ("reported", "verdict"),
    [
        ((1971, 3, 14), "Same"),
        ((1971, None, None), "Same as far as known"),
        ((1971, 3, None), "Same as far as known"),
        ((1971, 4, None), "Differs"),
        ((1972, None, None), "Differs"),
        ((None, None, None), "Not known"),
    ],
)
def test_a_part_of_a_date_of_birth_that_agrees_is_no_difference(unit, source, reported, verdict):
    nominal = make_nominal(unit=unit)
    make_birth(nominal=nominal, year=1971, month=3, day=14)
    alert = make_alert(source=source, **dict(zip(("birth_year", "birth_month", "birth_day"), reported, strict=True)))
    (person,) = compare_facts(alert, [make_candidate(alert=alert, nominal=nominal)], whole=False)
    assert {fact.label: fact.verdict for fact in person.facts}["Date of birth"] == verdict


def test_a_decision_leads_to_the_next_report(client, officer, source, unit):
    nominal = make_nominal(unit=unit)
    alert, following = make_alert(source=source), make_alert(source=source)
    candidate = make_candidate(alert=alert, nominal=nominal)
    done = decide(client, alert, outcome=f"person-{candidate.pk}")
    assert done.headers["Location"] == f"/travel-alerts/{following.public_id}/"
    assert TravelRecord.objects.get().nominal == nominal
    done = decide(client, following, outcome="nobody", reason="Another birthday")
    assert done.headers["Location"] == "/travel-alerts/"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Answer the question “Who is this?”"),
        ({"outcome": "nobody"}, "Enter a reason"),
        ({"outcome": "other", "reason": "Seen"}, "Enter the reference of the other record"),
        ({"outcome": "other", "reason": "Seen", "reference": "V-999999"}, "No record that you may open has this reference"),
        ({"outcome": "person-999999"}, "Select a valid choice"),
    ],
    ids=range(5),
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_decided(client, officer, source, data, words):
    alert = make_alert(source=source)
    answer = decide(client, alert, **data)
    assert answer.status_code in {409, 422}
    assert words in answer.content.decode()
    assert TravelAlert.objects.get().state == AlertState.TRIAGE


def test_a_hidden_record_and_one_that_is_not_there_are_refused_in_the_same_words(client, officer, source, unit):
    hidden = make_nominal(unit=unit, is_restricted=True)
    alert = make_alert(source=source)
    answers = [
        decide(client, alert, outcome="other", reason="Seen", reference=reference).content.decode()
        for reference in (hidden.reference, "V-999999")
    ]
    said = [text.split("govuk-error-summary__list")[1].split("</ul>")[0] for text in answers]
    assert said[0] == said[1]


def test_a_hidden_candidate_leaves_no_trace_beside_the_report(client, officer, source, unit):
    alert = make_alert(source=source)
    before = [page(client, address) for address in ("/travel-alerts/", f"/travel-alerts/{alert.public_id}/")]
    make_candidate(alert=alert, nominal=make_nominal(unit=unit, is_restricted=True))
    after = [page(client, address) for address in ("/travel-alerts/", f"/travel-alerts/{alert.public_id}/")]
    strip = [[line for line in text.splitlines() if "csrf" not in line] for text in (*before, *after)]
    assert strip[:2] == strip[2:]


def test_a_colleague_who_has_it_is_named_and_it_can_be_taken_over(client, officer, source, unit):
    other = make_triager(unit)
    alert = make_alert(source=source, taken_by=other, taken_at="2026-11-25T12:00Z")
    text = page(client, f"/travel-alerts/{alert.public_id}/")
    assert (other.display_name in text, "Take it over" in text, "Decide and go" in text) == (True, True, False)
    client.post(f"/travel-alerts/{alert.public_id}/take/", {"version": 1})
    assert "Decide and go" in page(client, f"/travel-alerts/{alert.public_id}/")


def test_reports_are_found_by_surname_or_number_and_what_was_looked_for_is_recorded(client, officer, source):
    make_alert(source=source)
    make_alert(surname="Sample")
    found = client.post("/travel-alerts/search/", {"text": "sample"}).content.decode()
    assert "1 report found" in found
    assert "1 report found" in client.post("/travel-alerts/search/", {"text": PASSPORT}).content.decode()
    assert Event.objects.filter(verb="searched", actor=officer).count() == 2


def test_each_number_of_the_sums_opens_its_reports(client, officer, source):
    make_alert(source=source, state=AlertState.NO_MATCH, surname="Unmatched")
    make_alert(source=source, state=AlertState.REJECTED, surname="")
    text = page(client, "/travel-alerts/balance/")
    link = text.split('state=no_match">')[0].split('href="')[-1].replace("&amp;", "&") + "state=no_match"
    shown = page(client, link)
    assert ("Unmatched" in shown, shown.count("<tr")) == (True, 2)
    assert "Adds up" in text


def test_the_record_shows_both_columns_and_the_whole_way_to_the_sign_off(client, unit):
    boss = make_user(Role.SUPERVISOR, unit=unit)
    nominal = make_nominal(unit=unit)
    make_trip(nominal=nominal)
    record = make_record(nominal=nominal)
    base = f"/nominals/{nominal.reference}/travel/"
    client.force_login(nominal.offender_manager)
    assert "Not evaluated yet" in page(client, base)
    client.post(f"{base}{record.public_id}/evaluate/", {"evaluation": "As notified in September", "version": 1})
    assert "Waits for a supervisor" in page(client, base)
    client.force_login(boss)
    assert client.post(f"{base}{record.public_id}/sign-off/", {"agreed": "yes", "words": "", "version": 2}).status_code == 302
    assert "Signed off" in page(client, base)


def test_a_late_return_is_told_with_both_days_and_one_without_a_journey_out_as_such(client, unit):
    nominal = make_nominal(unit=unit)
    make_period(nominal=nominal)
    make_trip(nominal=nominal)
    back = {"direction": "in", "origin": "Portugal", "destination": ""}
    make_record(nominal=nominal, travels_at=LEFT + timedelta(days=10), **back)
    client.force_login(nominal.offender_manager)
    text = page(client, f"/nominals/{nominal.reference}/travel/")
    assert "Came back later than notified" in text
    assert text.index("open>") < text.index("Notified back by: 10 October 2026") < text.index("Came back late: 13 October 2026")
    make_record(nominal=nominal, travels_at=LEFT + timedelta(days=40), **back)
    assert "Return without a known journey out" in page(client, f"/nominals/{nominal.reference}/travel/")


def test_a_return_is_compared_anew_when_its_journey_out_comes_later_or_is_withdrawn(unit):
    nominal = make_nominal(unit=unit)
    make_period(nominal=nominal)
    back = make_record(nominal=nominal, direction="in", origin="Portugal", destination="", travels_at=LEFT + timedelta(days=40))
    assert back.finding == Finding.NO_JOURNEY_OUT
    out = make_record(nominal=nominal)
    assert TravelRecord.objects.get(pk=back.pk).finding == Finding.NOT_NOTIFIED
    withdraw_record(actor=nominal.offender_manager, record=out, reason="Somebody else")
    assert TravelRecord.objects.get(pk=back.pk).finding == Finding.NO_JOURNEY_OUT
    assert compare_records_again(actor=None) == 0


def test_a_breach_is_offered_with_what_is_known_and_recorded_by_a_person(client, unit):
    nominal = make_nominal(unit=unit)
    record = make_record(nominal=nominal)
    client.force_login(nominal.offender_manager)
    base = f"/nominals/{nominal.reference}/travel/"
    assert "Seen at the border: leaving: 3 October 2026" in page(client, f"{base}{record.public_id}/breach/")
    assert Breach.objects.count() == 0
    today = localdate()
    day = {"discovered_on_day": today.day, "discovered_on_month": today.month, "discovered_on_year": today.year}
    client.post(f"{base}{record.public_id}/breach/", {"what_happened": "Left without notifying", **day})
    assert Breach.objects.get().nominal == nominal


def test_the_manager_of_a_likely_person_is_asked_on_the_record_and_answers_there(client, source):
    nominal = make_nominal()
    alert = make_alert(source=source)
    make_candidate(alert=alert, nominal=nominal)
    client.force_login(nominal.offender_manager)
    base = f"/nominals/{nominal.reference}/travel/"
    assert "may be about this person" in page(client, base)
    done = client.post(f"{base}{alert.public_id}/answer/", {"is_person": "yes", "reason": "Same passport"})
    assert done.status_code == 302
    assert TravelRecord.objects.get().nominal == nominal


def test_an_administrator_adds_a_source_and_takes_it_out_of_use(client, unit):
    admin = make_user(Role.ADMINISTRATOR, unit=unit)
    client.force_login(admin)
    given = {"name": "Border mail", "unit": unit.pk, "agency": "", "allowed_senders": "@border.invalid", "silent_after_hours": 12}
    client.post("/travel-alerts/sources/add/", {"code": "border-mail", "door": "mailbox", **given})
    source = AlertSource.objects.get()
    assert (source.allowed_senders, source.unit, source.is_active) == (["@border.invalid"], unit, True)
    client.post("/travel-alerts/sources/border-mail/", {**given, "version": 1})
    source.refresh_from_db()
    assert source.is_active is False
    wrong = client.post("/travel-alerts/sources/add/", {"code": "other", "door": "api", **given})
    assert "Choose the agency" in wrong.content.decode()
