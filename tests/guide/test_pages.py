"""The pages of help: reached from every page, for one's own roles, at no cost, and blind to whatever was tried."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import ROLE_RIGHTS, Perm
from accounts.roles import SESSION_KEY
from guide.rules.cases import CASES, cases_for
from guide.rules.topics import ALL, is_for
from tests.factories import make_nominal, make_unit, make_user
from tests.safety.test_access_matrix import EVERYTHING
from tests.safety.test_hidden_records import NOON, body, hide, statements, visible_scene

pytestmark = pytest.mark.django_db
LINK = "Help with this page"
WHY_NOT = "Why can’t I see this?"


def read(client: Client, name: str, *args: str, status: int = 200) -> str:
    """Open a page and return what it says."""
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_the_topics_of_its_own_pages_and_no_other(role: Role, client: Client):
    """The index names them; each topic is opened by one of those who may and tried by one of those who may not, all in `make drill`."""
    client.force_login(make_user(role))
    index = read(client, "guide:index")
    for number, topic in enumerate(ALL):
        own = is_for(topic, [role])
        assert (reverse("guide:topic", args=[topic.slug]) in index) == own
        alike = [each for each in Role if is_for(topic, [each]) == own]
        if EVERYTHING or role == alike[number % len(alike)]:
            shown = read(client, "guide:topic", topic.slug, status=200 if own else 404)
            assert (str(topic.purpose) in shown.replace("&#x27;", "'")) == own


def test_a_topic_closed_to_the_reader_answers_like_one_that_is_not_there(client: Client):
    client.force_login(make_user(Role.PARTNER))
    slugs = ("covert", "no-such-topic")
    closed, missing = (client.get(reverse("guide:topic", args=[slug])) for slug in slugs)

    assert closed.status_code == missing.status_code == 404
    assert body(closed).replace(slugs[0], "slug") == body(missing).replace(slugs[1], "slug")


def test_a_topic_says_what_for_how_by_which_rule_and_for_whom(client: Client):
    client.force_login(make_user(Role.OFFENDER_MANAGER))
    shown = read(client, "guide:topic", "flags")

    assert "A flag says who is told" in shown
    assert "Overview" in shown
    assert "Requirement R3" in shown
    assert '<dt class="govuk-summary-list__key">Change rules</dt><dd class="govuk-summary-list__value">Administrator</dd>' in shown
    assert reverse("guide:topic", args=["flag-reviews"]) in shown


def test_an_agency_reads_of_its_own_rights_alone(client: Client):
    client.force_login(make_user(Role.PARTNER))
    shown = read(client, "guide:topic", "agreements")

    assert "Partner agency" in shown
    assert "Offender manager" not in shown
    assert "Manage agreements" not in shown


@pytest.mark.parametrize(
    ("role", "page", "slug"),
    [
        (Role.CONTROL_ROOM, "offenders:card", "card"),
        (Role.OFFENDER_MANAGER, "offenders:confidential", "kept-apart"),
        (Role.OFFENDER_MANAGER, "offenders:visit-plan", "visits"),
        (Role.SUPERVISOR, "intelligence:flag-list", "flags"),
    ],
)
def test_each_page_leads_to_its_own_help_once_before_all_else_of_its_foot(role: Role, page: str, slug: str, client: Client):
    user = make_user(role)
    nominal = make_nominal(unit=user.unit, offender_manager=user)
    client.force_login(user)
    shown = read(client, page, nominal.reference)

    assert shown.count(LINK) == 1
    foot = shown[shown.index("<footer") :]
    link = f'<a class="govuk-link" href="{reverse("guide:topic", args=[slug])}">{LINK}</a>'
    assert foot.index(link) < foot.index("is recorded with your name")


def test_a_page_that_one_cannot_open_leads_to_the_index(client: Client):
    client.force_login(make_user(Role.CONTROL_ROOM))

    assert f'href="{reverse("guide:index")}">{LINK}' in read(client, "accounts:user-list", status=403)
    assert f'href="{reverse("guide:index")}">{LINK}' in client.get("/nowhere/").content.decode()


def test_before_signing_in_there_is_no_link_to_a_page_that_needs_it(client: Client):
    assert LINK not in read(client, "accounts:sign-in")
    assert WHY_NOT not in client.get("/nowhere/").content.decode()


def test_the_link_asks_the_database_nothing(client: Client, monkeypatch: pytest.MonkeyPatch):
    client.force_login(make_user(Role.CONTROL_ROOM))
    read(client, "accounts:more")  # the session's first request does more
    counts = []
    for url in (lambda _: "", None):
        if url:
            monkeypatch.setattr("config.context.help_url", url)
        else:
            monkeypatch.undo()
        with CaptureQueriesContext(connection) as captured:
            assert (LINK in read(client, "accounts:more")) == (url is None)
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("page", "status"), [("accounts:user-list", 403), ("guide:topic", 404)])
def test_a_refusal_leads_to_why(page: str, status: int, client: Client):
    client.force_login(make_user(Role.CONTROL_ROOM))
    shown = read(client, page, *(["no-such-topic"] if status == 404 else []), status=status)

    assert f'href="{reverse("guide:why-not")}">{WHY_NOT}' in shown


@pytest.mark.parametrize("role", list(Role))
@time_machine.travel(NOON, tick=False)
def test_why_answers_the_same_for_a_hidden_record_and_one_that_is_not_there(role: Role, client: Client):
    actor, nominal = visible_scene(role)
    hidden = hide(actor, nominal)
    client.force_login(actor)
    read(client, "guide:why-not")
    answers = []
    for reference in (hidden.reference, "V-999999"):
        tried = reverse("offenders:nominal", args=[reference])
        client.get(tried)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(reverse("guide:why-not"), headers={"Referer": f"https://testserver{tried}"})
        answers.append((response.status_code, dict(response.headers) | {"X-Request-ID": ""}, body(response), statements(captured)))
        assert reference not in body(response)
    assert answers[0] == answers[1]


@pytest.mark.parametrize("role", list(Role))
def test_why_says_what_the_role_opens_what_it_leaves_closed_and_what_to_do(role: Role, client: Client):
    client.force_login(make_user(role))
    shown = read(client, "guide:why-not").replace("&#x27;", "'")

    assert f"You act as: <strong>{role.label}</strong>" in shown
    assert ("Operational card" in shown) == (role != Role.PARTNER)
    assert all((str(case.words) in shown) == case.is_for(role) for case in CASES)
    assert cases_for(role)
    closed = shown.split("Pages that this role does not open")[-1] if "Pages that this role does not open" in shown else ""
    assert all((f">{topic.title}</dt>" in closed) == (role != Role.PARTNER and not is_for(topic, [role])) for topic in ALL)


def test_a_case_is_for_whoever_holds_or_lacks_its_right():
    emergencies = [case for case in CASES if case.title == "A life is at risk now"]
    readers = [role for role in Role if Perm.VIEW_MARKER in ROLE_RIGHTS[role]]

    assert [sum(case.is_for(role) for case in emergencies) for role in readers] == [1] * len(readers)
    assert not any(case.is_for(Role.ADMINISTRATOR) for case in emergencies)


def test_why_is_about_the_role_in_which_one_acts(client: Client):
    client.force_login(make_user(Role.OFFENDER_MANAGER, Role.AUDITOR))
    session = client.session
    session[SESSION_KEY] = Role.AUDITOR.value
    session.save()
    shown = read(client, "guide:why-not")

    assert "You act as: <strong>Auditor</strong>. You are also: offender manager." in shown
    assert "Nothing opens it to this role." in shown


def make_helpers() -> tuple[User, User]:
    """An officer with people who can help, and the supervisor of another unit."""
    unit = make_unit(name="Northmoor", phone="01632 960301", on_call="DI Sample, 07700 900301")
    force = unit.organisation
    make_user(Role.SUPERVISOR, unit=unit, last_name="Leadwell")
    make_user(Role.SUPERVISOR, unit=unit, last_name="Goneaway", is_active=False)
    make_user(Role.ADMINISTRATOR, unit=make_unit(organisation=force, name="Systems", phone="01632 960302"), last_name="Keyes")
    for name in ("First", "Second"):
        make_user(Role.INFORMATION_GOVERNANCE, unit=force.units.filter(name="Records").first()
                  or make_unit(organisation=force, name="Records", phone="01632 960303"), last_name=name)  # fmt: skip
    return make_user(unit=unit), make_user(Role.SUPERVISOR, unit=make_unit(organisation=force), last_name="Elsewhere")


def number(name: str, phone: str) -> str:
    """What the page says of somebody to ask."""
    return f'{name}, <span class="app-nowrap">{phone}</span>'


def test_why_names_who_can_help_with_their_numbers(client: Client):
    officer, elsewhere = make_helpers()
    client.force_login(officer)
    shown = read(client, "guide:why-not")

    assert number("Leadwell", "01632 960301") in shown
    assert "DI Sample, 07700 900301" in shown
    assert number("Keyes", "01632 960302") in shown
    assert shown.count(number("Records", "01632 960303")) == 1
    assert "Goneaway" not in shown
    client.force_login(elsewhere)
    alone = read(client, "guide:why-not")
    assert "Leadwell" not in alone
    assert "No other supervisor is recorded in your unit" in alone


def test_an_agency_learns_of_no_officer(client: Client):
    make_helpers()
    client.force_login(make_user(Role.PARTNER))
    shown = read(client, "guide:why-not")

    assert "Leadwell" not in shown
    assert "Covert" not in shown
    assert reverse("sharing:agreement-list") in shown


def test_what_ran_out_is_said_to_those_whose_rights_need_it(client: Client):
    client.force_login(make_user(Role.OFFENDER_MANAGER, trained_until=date(2020, 1, 1)))
    assert "Your training has run out." in read(client, "guide:why-not")
    assert "The operational card" in read(client, "guide:index")
    client.force_login(make_user(Role.AUDITOR, trained_until=date(2020, 1, 1)))
    assert "has run out" not in read(client, "guide:why-not")


def test_somebody_without_a_role_is_told_so(client: Client):
    user = make_user()
    user.groups.clear()
    client.force_login(user)

    assert "Your account holds no role" in read(client, "guide:why-not")
