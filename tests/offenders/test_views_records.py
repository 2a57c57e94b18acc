"""Pages of records: the list, a new record, the overview, and every form about one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from accounts.choices import Role
from audit.models import Event
from offenders.models import Condition, Identifier, MappaPeriod, Name, Nominal, OperationalFacts, RiskPeriod, WarningMarker
from offenders.services.operational import add_condition, add_warning, change_facts
from offenders.views.records import NominalList
from tests.factories import make_birth, make_identifier, make_name, make_nominal, make_notice, make_partnership, make_user
from tests.safety.test_hidden_records import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = make_user()
    client.force_login(officer)
    return officer


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def day(value, name="starts_on"):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def post(client, nominal, path, data):
    return client.post(f"/nominals/{nominal.reference}/{path}", data)


def listed(response):
    return {nominal.pk for nominal in response.context["rows"]}


def test_list_shows_exactly_the_cards_one_may_read(client, officer):
    own, unit, force, foreign = (
        make_nominal(offender_manager=officer),
        make_nominal(unit=officer.unit),
        make_nominal(unit=make_user(organisation=officer.organisation).unit),
        make_nominal(),
    )
    shared, hidden = make_nominal(), make_nominal(unit=officer.unit, is_restricted=True)
    make_partnership(nominal=shared, force=officer.organisation)
    response = client.get("/nominals/")
    assert listed(response) == {own.pk, unit.pk, force.pk, shared.pk}
    page = response.content.decode()
    assert foreign.reference not in page
    assert hidden.reference not in page
    assert {"mine": {own.pk}, "unit": {own.pk, unit.pk}, "force": {own.pk, unit.pk, force.pk}} == {
        whose: listed(client.get("/nominals/", {"whose": whose})) for whose in ("mine", "unit", "force")
    }
    assert listed(client.get("/nominals/", {"officer": officer.pk})) == {own.pk}


def test_list_goes_on_below_the_last_record_of_a_page(client, officer, monkeypatch):
    made = [make_nominal(offender_manager=officer) for _ in range(3)]
    monkeypatch.setattr(NominalList, "page_size", 2)

    first = client.get("/nominals/")
    second = client.get(f"/nominals/?before={first.context['next_before']}")
    of_mine = client.get(f"/nominals/?whose=mine&before={first.context['next_before']}")

    assert [row.pk for page in (first, second) for row in page.context["rows"]] == [each.pk for each in reversed(made)]
    assert [row.pk for row in of_mine.context["rows"]] == [made[0].pk]


def test_list_is_filtered_by_risk_and_category(client, officer):
    high, low, none = (make_nominal(offender_manager=officer) for _ in range(3))
    RiskPeriod.objects.filter(nominal=low).update(level=1)
    RiskPeriod.objects.filter(nominal=none).delete()
    MappaPeriod.objects.filter(nominal=low).update(category=2)
    MappaPeriod.objects.filter(nominal=none).update(category=None, level=None)
    found = {
        (name, value): listed(client.get("/nominals/", {name: value}))
        for name in ("risk", "category")
        for value in ("0", "1", "2", "3", "x")
    }
    everyone = {high.pk, low.pk, none.pk}
    assert found == {
        ("risk", "0"): {none.pk},
        ("risk", "1"): {low.pk},
        ("risk", "2"): set(),
        ("risk", "3"): {high.pk},
        ("risk", "x"): everyone,
        ("category", "0"): {none.pk},
        ("category", "1"): {high.pk},
        ("category", "2"): {low.pk},
        ("category", "3"): set(),
        ("category", "x"): everyone,
    }


def test_empty_lists_say_why(client, officer):
    assert "There is nobody here whose card you may read." in client.get("/nominals/").content.decode()
    assert "Nobody you may see fits the filter." in client.get("/nominals/", {"risk": "1"}).content.decode()


def test_new_record_is_restricted_from_the_first_save(client, officer):
    data = {
        "surname": "Specimen",
        "given_names": "Robin",
        "sex": "male",
        "registration": "registered",
        "offender_manager": officer.pk,
        "birth_year": "1971",
        "is_restricted": "on",
    }
    response = client.post("/nominals/new/", data)
    nominal = Nominal.objects.get()
    assert response.url == f"/nominals/{nominal.reference}/"
    assert (nominal.is_restricted, nominal.offender_manager, nominal.dates_of_birth.get().year) == (True, officer, 1971)
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"surname": "x" * 5000}, "surname"),
        ({"surname": ""}, "surname"),
        ({"surname": "a\0b"}, "surname"),
        ({"birth_day": "31", "birth_month": "2"}, "birth"),
        ({"birth_year": "2190"}, "birth"),
        ({"birth_year": "٣٤"}, "birth"),
        ({"registration": "other"}, "registration"),
        ({"offender_manager": "999999"}, "offender_manager"),
    ],
)
def test_new_record_with_bad_input_says_so_at_the_field_and_loses_nothing(client, officer, change, field):
    data = {
        "surname": "Specimen",
        "given_names": "Röbin 李",
        "sex": "male",
        "registration": "registered",
        "offender_manager": officer.pk,
        "birth_year": "1971",
    }
    response = client.post("/nominals/new/", data | change)
    assert response.status_code in {409, 422}
    assert set(response.context["form"].errors) == {field}
    assert "Röbin 李" in response.content.decode()
    assert not Nominal.objects.exists()


def test_new_record_is_only_for_those_who_may(client):
    client.force_login(make_user(Role.CONTROL_ROOM))
    assert (client.get("/nominals/new/").status_code, client.post("/nominals/new/", {}).status_code) == (403, 403)


def test_overview_shows_facts_notices_and_latest_events(client, officer, nominal):
    change_facts(actor=officer, nominal=nominal, version=1, modus_operandi="Offers lifts.")
    add_condition(actor=officer, nominal=nominal, kind="licence", text="Curfew 9pm to 7am")
    add_warning(actor=officer, nominal=nominal, kind="dog", note="Two")
    notice = make_notice(nominal=nominal)
    response = client.get(f"/nominals/{nominal.reference}/")
    page = response.content.decode()
    for words in (
        "Offers lifts.",
        "Curfew 9pm to 7am",
        "Dangerous dog: Two",
        str(notice.public_id),
        "Warning added",
        "MAPPA category 1, level 1",
    ):
        assert words in page
    assert [event.detail["act"] for event in response.context["events"]] == [
        "Warning added",
        "Condition added",
        "Operational facts changed",
    ]
    assert Event.objects.filter(verb="viewed", nominal=nominal.pk, actor=officer).count() == 1


def test_overview_of_another_unit_asks_for_a_reason_and_of_another_force_is_refused(client, officer):
    in_force, foreign = make_nominal(unit=make_user(organisation=officer.organisation).unit), make_nominal()
    assert client.get(f"/nominals/{in_force.reference}/").url == f"/nominals/{in_force.reference}/reason/view_case_file/"
    assert client.get(f"/nominals/{foreign.reference}/").status_code == 403


def test_hidden_and_missing_look_the_same(client, officer):
    hidden = make_nominal(unit=officer.unit, is_restricted=True)
    for path in ("", "card/", "facts/", "identity/", "risk/", "came-to-notice/", "allocate/"):
        answers = {reference: client.get(f"/nominals/{reference}/{path}") for reference in (hidden.reference, "V-999999")}
        assert [answer.status_code for answer in answers.values()] == [404, 404]
        assert len({body(answer).replace(reference, "") for reference, answer in answers.items()}) == 1


FACTS = {
    "on_encounter": "Double-crew.",
    "modus_operandi": "Offers lifts.",
    "risk_factors": "",
    "people_at_risk": "Adults",
}


def test_facts_are_changed_in_the_browser(client, nominal):
    response = post(client, nominal, "facts/", FACTS | {"version": 1})
    assert response.status_code == 302
    facts = OperationalFacts.objects.get()
    assert (facts.modus_operandi, facts.version) == ("Offers lifts.", 2)


def test_second_editor_is_told_and_loses_nothing(client, officer, nominal):
    form = client.get(f"/nominals/{nominal.reference}/facts/").context["form"]
    colleague = make_user(unit=officer.unit)
    change_facts(actor=colleague, nominal=nominal, version=1, modus_operandi="What the colleague wrote.")
    typed = FACTS | {"modus_operandi": "What I wrote.", "version": form["version"].value()}
    told = post(client, nominal, "facts/", typed)
    page = told.content.decode()
    assert told.status_code == 409
    assert all(words in page for words in ("What I wrote.", "What the colleague wrote.", "Somebody else saved a change"))
    assert OperationalFacts.objects.get().modus_operandi == "What the colleague wrote."
    again = post(client, nominal, "facts/", typed | {"version": told.context["form"]["version"].value()})
    assert again.status_code == 302
    assert OperationalFacts.objects.get().modus_operandi == "What I wrote."


def test_too_many_lines_on_the_card_come_back_at_the_field(client, nominal):
    response = post(client, nominal, "facts/", FACTS | {"on_encounter": "a\nb\nc\nd\ne", "version": 1})
    assert (response.status_code, set(response.context["form"].errors)) == (409, {"on_encounter"})


def test_risk_and_mappa_are_changed_in_the_browser_and_shown_as_history(client, nominal):
    today = localdate()
    risk = {"level": "4", "at_risk": ["children", "staff"], "reason": "New assessment", "version": 1} | day(today)
    assert post(client, nominal, "risk/", risk).status_code == 302
    stale = post(client, nominal, "risk/", risk | {"level": "1"})
    assert stale.status_code == 409
    assert "Very high risk to children and staff" in stale.content.decode()
    mappa = {"category": "1", "level": "2", "reason": "Panel", "version": stale.context["form"]["version"].value()} | day(today)
    assert post(client, nominal, "mappa/change/", mappa).status_code == 302
    page = client.get(f"/nominals/{nominal.reference}/mappa/").content.decode()
    assert all(words in page for words in ("New assessment", "Panel", "1 January 2025", "Very high risk", "children and staff"))


@pytest.mark.parametrize(
    ("path", "data", "field"),
    [
        ("risk/", {"level": "4", "at_risk": ["children"], "reason": "x", "version": 1} | day(date(2020, 1, 1)), "starts_on"),
        ("risk/", {"level": "4", "at_risk": [], "reason": "x", "version": 1} | day(date(2026, 1, 1)), "at_risk"),
        ("mappa/change/", {"category": "1", "level": "0", "reason": "x", "version": 1} | day(date(2026, 1, 1)), "level"),
        ("mappa/change/", {"category": "0", "level": "2", "reason": "x", "version": 1} | day(date(2026, 1, 1)), "category"),
        ("identity/number/add/", {"kind": "pnc", "number": "1971/0000417A"}, "number"),
        ("identity/name/add/", {"kind": "alias", "surname": "x" * 5000}, "surname"),
        ("identity/birth/add/", {"birth_day": "31", "birth_month": "2", "birth_year": "1971"}, "birth"),
        ("identity/mark/add/", {"kind": "", "place": "arm", "description": "x"}, "kind"),
        ("warnings/add/", {"kind": "unknown"}, "kind"),
        ("conditions/add/", {"kind": "licence", "text": "x" * 400}, "text"),
    ],
)
def test_broken_rules_come_back_at_their_field(client, nominal, path, data, field):
    before = Event.objects.exclude(verb__in=["viewed", "listed"]).count()
    response = post(client, nominal, path, data)
    assert response.status_code in {409, 422}
    assert set(response.context["form"].errors) == {field}
    assert Event.objects.exclude(verb__in=["viewed", "listed"]).count() == before


def test_identity_page_shows_adds_and_removes(client, nominal):
    make_birth(nominal=nominal, year=1971, month=3)
    make_identifier(nominal=nominal, kind="phone", value="01632960123")
    alias = make_name(nominal=nominal, surname="Archer")
    page = client.get(f"/nominals/{nominal.reference}/identity/").content.decode()
    assert all(words in page for words in ("March 1971", "01632 960123", "Archer"))
    assert post(client, nominal, "identity/number/add/", {"kind": "vehicle", "number": "ab12 cde"}).status_code == 302
    assert post(client, nominal, f"identity/name/{alias.pk}/remove/", {"reason": "Mistake"}).status_code == 302
    assert post(client, nominal, "identity/description/", {"sex": "male", "height_cm": "178"}).status_code == 302
    assert set(Identifier.objects.values_list("value", flat=True)) == {"01632960123", "AB12CDE"}
    assert not Name.objects.filter(pk=alias.pk).exists()
    primary = Name.objects.get(nominal=nominal)
    assert post(client, nominal, f"identity/name/{primary.pk}/remove/", {"reason": "x"}).status_code == 409


def test_facts_of_another_record_and_unknown_kinds_are_not_found(client, officer, nominal):
    other = make_name(nominal=make_nominal(offender_manager=officer), surname="Archer")
    for path in (
        f"identity/name/{other.pk}/remove/",
        "identity/passport/add/",
        "identity/name/0/remove/",
        "warnings/0/end/",
        "conditions/0/end/",
    ):
        assert client.get(f"/nominals/{nominal.reference}/{path}").status_code == 404


def test_warnings_and_conditions_in_the_browser(client, nominal):
    assert post(client, nominal, "warnings/add/", {"kind": "violent", "note": "Officers"}).status_code == 302
    assert post(client, nominal, "conditions/add/", {"kind": "licence", "text": "Curfew"}).status_code == 302
    warning, condition = WarningMarker.objects.get(), Condition.objects.get()
    assert "Officers" in client.get(f"/nominals/{nominal.reference}/warnings/").content.decode()
    assert "Curfew" in client.get(f"/nominals/{nominal.reference}/conditions/").content.decode()
    assert post(client, nominal, f"warnings/{warning.pk}/end/", {"reason": "Reviewed"}).status_code == 302
    assert post(client, nominal, f"conditions/{condition.pk}/end/", {"reason": "Over"} | day(localdate(), "ends_on")).status_code == 302
    warning.refresh_from_db()
    condition.refresh_from_db()
    assert (warning.ended_on, condition.ends_on) == (localdate(), localdate())


def test_supervisor_hands_over_and_restricts(client, nominal, officer):
    boss, taker = make_user(Role.SUPERVISOR, unit=officer.unit), make_user(organisation=officer.organisation)
    client.force_login(boss)
    assert post(client, nominal, "restrict/", {"is_restricted": "yes", "reason": "Neighbour", "version": 1}).status_code == 302
    handed = post(client, nominal, "allocate/", {"offender_manager": taker.pk, "reason": "Moved", "version": 2})
    assert handed.url == "/nominals/"
    nominal.refresh_from_db()
    assert (nominal.unit, nominal.offender_manager, nominal.is_restricted) == (taker.unit, taker, True)
    assert post(client, nominal, "allocate/", {"offender_manager": officer.pk, "reason": "x", "version": 3}).status_code == 404


def test_officer_may_neither_hand_over_nor_restrict(client, nominal):
    assert [client.get(f"/nominals/{nominal.reference}/{path}").status_code for path in ("allocate/", "restrict/")] == [403, 403]


def test_checking_the_card_is_a_button(client, nominal, officer):
    OperationalFacts.objects.update(checked_on=date(2020, 1, 1))
    assert "Not checked since 1 January 2020" in client.get(f"/nominals/{nominal.reference}/").content.decode()
    assert client.get(f"/nominals/{nominal.reference}/card/check/").status_code == 405
    assert client.post(f"/nominals/{nominal.reference}/card/check/").status_code == 302
    assert OperationalFacts.objects.get().checked_by == officer


def count(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_query_counts_do_not_grow(client, officer, nominal):
    pages = ["/nominals/", *(f"/nominals/{nominal.reference}/{path}" for path in ("", "identity/", "mappa/", "warnings/", "conditions/"))]
    make_notice(nominal=nominal)
    few = {page: (count(client, page), count(client, page))[1] for page in pages}
    for number in range(5):
        make_nominal(offender_manager=officer)
        make_notice(nominal=nominal)
        make_name(nominal=nominal, surname=f"Alias{number}")
        make_identifier(nominal=nominal, kind="phone", value=f"0163296012{number}")
        add_condition(actor=officer, nominal=nominal, kind="licence", text="x")
    assert {page: count(client, page) for page in pages} == few
