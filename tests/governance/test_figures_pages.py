"""Pages of figures: what they show to whom, what opens behind a number, and what is never named."""

from __future__ import annotations

import csv
import gc
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from accounts.choices import Role
from accounts.errors import NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from audit.models import Event
from governance.models import ClosedYear, FurtherCharge
from governance.rules.figures import Entry
from governance.services.figures import close_year
from governance.services.further import record_charge, withdraw_charge
from offenders.documents.shown import read_excel
from offenders.models import Nominal
from tests.factories import make_exclusion, make_force, make_reason, make_unit, make_user
from tests.governance.making_disposals import take_away
from tests.governance.making_figures import LAST, MIDDLE, TODAY, YEAR, ask, make_breach, make_coordinator, make_person, make_recall

pytestmark = pytest.mark.django_db


def opened(client: Client, user: User, name: str, *args: object, **query: object) -> str:
    """Return a page."""
    client.force_login(user)
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def link(**cell: str) -> dict[str, object]:
    """Return the words of a link to a cell of the last year, as known now."""
    return {"year": YEAR, "on": LAST.isoformat(), "moment": now().strftime("%Y-%m-%dT%H:%M:%S.%f%z"), **cell}


CELL = {"table": "community", "row": "1", "column": "1"}


def test_the_page_counts_everybody_and_names_nobody(client):
    unit = make_unit()
    hidden = make_person(unit, is_restricted=True, surname="Hiddenname")
    make_person(unit, 2, 1)
    page = opened(client, make_coordinator(unit.organisation), "governance:figures")
    assert f"Annual figures {YEAR}/{(YEAR + 1) % 100:02}" in page
    assert "1: Category 1: registered sexual offender, Level 1" in page
    assert "2: Together, Together" in page
    assert hidden.reference not in page
    assert "Hiddenname" not in page
    assert Event.objects.filter(verb="listed", detail__page="FiguresPage", detail__year=YEAR).exists()


def test_a_page_lets_go_of_what_it_counted(client):
    """Of a force with tens of thousands of people that is 20 MB a page, which would stay until the collector comes by."""
    unit = make_unit()
    make_person(unit)
    user = make_coordinator(unit.organisation)
    opened(client, user, "governance:figures")
    gc.collect()
    gc.disable()
    try:
        opened(client, user, "governance:figures")
        assert [each for each in gc.get_objects() if type(each) is Entry] == []
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"as_at": TODAY + timedelta(days=1)}, "Nobody knows the figures of a day to come"),
        ({"as_at": LAST - timedelta(days=800)}, "Choose a day of the year"),
        ({"known_on": TODAY + timedelta(days=1)}, "Nobody knows what will be recorded"),
    ],
)
def test_what_nobody_can_know_is_refused_on_the_page_and_what_was_typed_stays(client, query, words):
    parts = {f"{name}_{part}": getattr(day, part) for name, day in query.items() for part in ("day", "month", "year")}
    page = opened(client, make_coordinator(make_force()), "governance:figures", year=YEAR + 1, **parts)
    assert words in page
    assert f'value="{next(iter(query.values())).year}"' in page


def test_a_number_opens_to_the_records_that_the_reader_may_know(client):
    unit = make_unit()
    coordinator = make_coordinator(unit.organisation)
    seen, excluded = make_person(unit), make_person(unit)
    restricted = make_person(unit, is_restricted=True)
    make_exclusion(nominal=excluded, user=coordinator)
    gone = make_person(unit)
    asked = link(**CELL)
    take_away(gone)
    page = opened(client, coordinator, "governance:figures-rows", **asked)
    assert "Level 1: 4" in page
    assert seen.reference in page
    assert "3 others" in page
    assert not [each for each in (excluded, restricted) if each.reference in page]
    event = Event.objects.get(verb="listed", detail__page="FiguresRows")
    assert event.detail["ids"] == [seen.pk]
    auditor = opened(client, make_user(Role.AUDITOR, organisation=unit.organisation), "governance:figures-rows", **asked)
    assert "4 others" in auditor
    assert seen.reference not in auditor


def test_what_stands_in_the_case_file_opens_to_whoever_may_read_that(client):
    """That somebody breached a requirement is tier 2: a card alone does not tell it."""
    unit = make_unit()
    coordinator = make_coordinator(unit.organisation)
    nominal = make_person(unit)
    make_breach(nominal, "convicted")
    asked = link(table="notification", row="convicted", column="1")
    page = opened(client, coordinator, "governance:figures-rows", **asked)
    assert ("1 other:" in page, nominal.reference in page) == (True, False)
    make_reason(nominal=nominal, user=coordinator, permission=Perm.VIEW_CASE_FILE)
    assert nominal.reference in opened(client, coordinator, "governance:figures-rows", **asked)


def test_a_link_to_no_number_is_not_there_and_no_link_shows_everybody(client):
    unit = make_unit()
    nominal = make_person(unit)
    client.force_login(make_coordinator(unit.organisation))
    url = reverse("governance:figures-rows")
    wrong = [{"table": "community"}, link(table="x", row="1", column="1"), link(table="community", row="9", column="1")]
    wrong += [link(**CELL) | {"moment": "2999-01-01T00:00:00+0000"}, link(**CELL) | {"on": (TODAY + timedelta(days=1)).isoformat()}]
    assert [client.get(url, query).status_code for query in wrong] == [404] * 5
    assert nominal.reference in client.get(url).content.decode()


def test_figures_of_another_force_are_not_there(client):
    mine, other = make_unit(), make_unit()
    make_person(other)
    close_year(actor=make_coordinator(other.organisation), year=YEAR)
    coordinator = make_coordinator(mine.organisation)
    page = opened(client, coordinator, "governance:figures")
    assert "No year is closed yet" in page
    assert client.get(reverse("governance:closed-figures", args=[YEAR])).status_code == 404


def test_files_for_publication_hide_small_numbers_and_those_for_the_force_do_not(client):
    unit = make_unit()
    for category in (1, 1, 1, 1, 1, 1, 2):
        make_person(unit, category, 1)
    client.force_login(make_coordinator(unit.organisation))
    url = reverse("governance:figures-csv")
    own, published = (client.get(url, link() | extra).content.decode() for extra in ({}, {"for": "publication"}))
    assert "Category 2: violent or other sexual offender,1,0,0,1" in own
    assert "Category 2: violent or other sexual offender,hidden,hidden,hidden,hidden" in published
    assert "Together,hidden,hidden,hidden,7" in published
    assert [event.detail["publication"] for event in Event.objects.filter(verb="exported").order_by("pk")] == [False, True]
    paper = client.get(reverse("governance:figures-pdf"), link() | {"for": "publication"})
    assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("asked", [{"year": 9}, {"moment": "soon", "for": "publication"}, {"year": 2099, "on": "2099-03-31"}])
def test_a_file_of_something_that_there_is_not_is_no_file_of_something_else(client, asked):
    client.force_login(make_coordinator(make_unit().organisation))
    assert client.get(reverse("governance:figures-csv"), asked).status_code == 404
    assert not Event.objects.filter(verb="exported").exists()


@pytest.mark.parametrize("name", ["figures", "indicators"])
@pytest.mark.parametrize("extra", [{}, {"for": "publication"}])
def test_a_workbook_says_what_the_file_with_commas_says_and_is_recorded(client, name, extra):
    unit = make_unit(organisation=make_force(name="=HYPERLINK(0)"))
    for category in (1, 1, 1, 1, 1, 1, 2):
        make_person(unit, category, 1)
    client.force_login(make_coordinator(unit.organisation))
    asked = link() | extra
    lines = list(csv.reader(client.get(reverse(f"governance:{name}-csv"), asked).content.decode().splitlines()))
    answer = client.get(reverse(f"governance:{name}-workbook"), asked)
    sheet = read_excel(answer.content).decode().splitlines()[1:]
    assert [line.split("\t") if line else [] for line in sheet] == lines
    assert lines[0] == ["Force", "'=HYPERLINK(0)"]
    assert any("hidden" in line for line in lines) is bool(extra)
    assert f"{name}-{YEAR}-{LAST}{'-publication' if extra else ''}.xlsx" in answer.headers["Content-Disposition"]
    event = Event.objects.filter(verb="exported").latest("pk")
    assert (event.detail["page"], event.detail["publication"]) == (f"{name.title()}Workbook", bool(extra))


def test_closing_asks_which_year_and_shows_adjustments_with_what_may_be_named(client):
    unit = make_unit()
    coordinator = make_coordinator(unit.organisation)
    make_person(unit)
    client.force_login(coordinator)
    url = reverse("governance:figures-close")
    empty = client.post(url, {})
    assert (empty.status_code, ClosedYear.objects.count()) == (422, 0)
    assert client.post(url, {"year": YEAR, "checked": "on"}).headers["Location"] == reverse("governance:closed-figures", args=[YEAR])
    assert "None: the same question gives the same numbers now" in opened(client, coordinator, "governance:closed-figures", YEAR)
    late, hidden = make_person(unit), make_person(unit, is_restricted=True)
    page = opened(client, coordinator, "governance:closed-figures", YEAR)
    assert "Unchanged" in page
    assert late.reference in page
    assert hidden.reference not in page
    assert ", 1 other" in page
    again = client.post(url, {"year": YEAR, "checked": "on"})
    assert again.status_code == 422
    assert str(YEAR) not in [value for value, _ in again.context["form"].fields["year"].choices]


def test_the_page_takes_as_many_statements_for_many_as_for_few(client, django_assert_max_num_queries):
    unit = make_unit()
    coordinator = make_coordinator(unit.organisation)

    def fill() -> None:
        for _ in range(3):
            nominal = make_person(unit)
            make_breach(nominal, "cautioned")
            make_recall(nominal)

    fill()
    with django_assert_max_num_queries(60) as few:
        opened(client, coordinator, "governance:figures")
    fill()
    with django_assert_max_num_queries(len(few.captured_queries)):
        opened(client, coordinator, "governance:figures")


# ---- Serious further offences


def test_a_charge_is_recorded_and_taken_back_on_the_record(client):
    unit = make_unit()
    nominal = make_person(unit)
    manager: User = nominal.offender_manager
    client.force_login(manager)
    record = reverse("governance:further-record", args=[nominal.reference])
    assert client.post(record, {}).status_code == 422
    day = {"charged_on_day": MIDDLE.day, "charged_on_month": MIDDLE.month, "charged_on_year": MIDDLE.year}
    assert client.post(record, {"kind": "rape", **day}).status_code == 302
    assert client.post(record, {"kind": "rape", **day}).status_code == 409
    charge = FurtherCharge.objects.get()
    assert ask(unit.organisation)["further"].number("rape", "1") == 1
    assert "Rape or assault by penetration" in opened(client, manager, "governance:further-list", nominal.reference)
    back = reverse("governance:further-withdraw", args=[nominal.reference, charge.public_id])
    assert client.post(back, {"reason": "It was somebody else"}).status_code == 302
    assert ask(unit.organisation)["further"].number("total", "total") == 0
    assert "It was somebody else" in opened(client, manager, "governance:further-list", nominal.reference)
    assert client.post(back, {"reason": "Again"}).status_code == 409


def test_only_whoever_works_on_the_record_records_a_charge():
    nominal: Nominal = make_person(make_unit())
    stranger = make_coordinator(nominal.force)
    with pytest.raises(NotPermitted):
        record_charge(actor=stranger, nominal=nominal, kind="murder", charged_on=TODAY)
    charge = record_charge(actor=nominal.offender_manager, nominal=nominal, kind="murder", charged_on=TODAY)
    with pytest.raises(NotPermitted):
        withdraw_charge(actor=stranger, charge=charge, reason="No")
    assert FurtherCharge.objects.get().withdrawn_on is None
