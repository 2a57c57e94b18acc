"""Pages of what comes of an application: each shows how it is safe to reach whoever is at risk, and offers only what may be done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from accounts.choices import Role
from audit.choices import Verb
from audit.models import Event
from disclosure.models import Application, NeutralAnswer, Representations, SchemeDecision, SchemeDisclosure
from disclosure.reports.scheme_figures import figures_of, lines_of, year_of
from disclosure.rules.outcomes import safe_cell
from disclosure.services.outcomes_answer import answer_neutrally
from disclosure.services.outcomes_telling import record_telling
from tests.disclosure.making_applications import make_application
from tests.disclosure.making_outcomes import (
    do,
    fresh,
    lead_of,
    make_dangerous,
    make_decided,
    make_marker,
    make_prepared,
    make_proposed,
    make_ready,
    make_sent,
)
from tests.factories import make_nominal, make_user
from tests.routes import all_routes

pytestmark = pytest.mark.django_db
ABOUT = {
    f"disclosure:{name}"
    for name in (
        "application-decision", "application-representations", "application-propose", "application-decide", "application-anew",
        "application-ask-managers", "application-telling", "telling-whom", "telling-words", "telling-undertaking", "telling-told",
        "application-answer", "application-close",
    )
}  # fmt: skip
OWN = [route for route in all_routes() if route.name in ABOUT and route.method == "get"]


def url(name: str, application: Application, *more: str) -> str:
    """The address of a page about an application."""
    return reverse(f"disclosure:{name}", args=[application.public_id, *more])


def sign_in(client: Client, application: Application) -> Client:
    """Sign in as whoever deals with it."""
    client.force_login(application.officer)
    return client


def text_of(client: Client, address: str) -> str:
    """What a page says."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_every_page_shows_how_it_is_safe_to_reach_them(client):
    nominal = make_nominal()
    told = make_decided(nominal=nominal)
    make_marker(told)
    make_sent(told)
    for application in (make_ready(scheme="child"), make_proposed(), make_prepared(), make_decided("nothing"), told):
        lead = lead_of(application)
        for route in OWN:
            client.force_login(lead if route.name.endswith("-decide") else application.officer)
            shown = text_of(client, reverse(route.name, args=[application.public_id]))
            assert "Safe contact" in shown, route
            assert "checked" not in shown.replace("leak_checked", ""), route


def test_an_officer_proposes_and_a_supervisor_decides(client):
    application = make_ready(scheme="child")
    check = application.checks.filter(stage="full").first()
    sign_in(client, application)
    said = {
        f"{test}_{part}": value
        for test in ("convictions", "harm")
        for part, value in (("met", "yes"), ("check", check.pk), ("words", "Two"))
    }
    data = {
        "verdict": "disclose",
        "ground": "presumption",
        "whom": "The mother",
        "reasons": "He lives there",
        "version": application.version,
    }
    half = client.post(url("application-propose", application), {**data, **said, "reasons": ""})
    proposed = client.post(url("application-propose", application), {**data, **said})
    decision = SchemeDecision.objects.get()

    assert (half.status_code, proposed.status_code) == (422, 302)
    assert "The mother" in half.content.decode()
    assert [each["is_met"] for each in decision.tests["findings"]] == [True, True]
    assert client.get(url("application-decide", application)).status_code == 403
    assert "it is presumed that this is told" in text_of(client, url("application-decision", application))

    client.force_login(lead_of(application))
    ruled = {"ruling": "agree", "words": "I agree", "version": fresh(application).version}
    assert client.post(url("application-decide", application), ruled).status_code == 302
    assert fresh(application).state == "decided"


def test_the_presumption_is_shown_as_a_rule_with_its_facts(client):
    nominal = make_nominal()
    make_dangerous(nominal)
    application = make_ready(nominal=nominal, scheme="child")
    shown = text_of(sign_in(client, application), url("application-propose", application))

    for words in ("The rule:", "Sexual assault (fine)", "3 May 2019", "High risk of serious harm to children", "Both tests are met"):
        assert words in shown
    assert 'type="checkbox"' not in shown


def test_a_telling_with_something_missing_keeps_what_was_typed(client):
    application = make_prepared()
    SchemeDisclosure.objects.update(safety_plan="")
    today, at = localdate(), localtime(now() - timedelta(seconds=1))
    data = {
        "day_day": today.day, "day_month": today.month, "day_year": today.year, "time": at.strftime("%H:%M"), "place": "Northmere station",
        "how_taken": "Calm", "version": fresh(application).version,
    }  # fmt: skip
    response = sign_in(client, application).post(url("telling-told", application), data)

    assert response.status_code == 409
    assert "Make a safety plan." in response.content.decode()
    assert "Northmere station" in response.content.decode()
    SchemeDisclosure.objects.update(safety_plan="A plan")
    assert client.post(url("telling-told", application), data).status_code == 302
    assert SchemeDisclosure.objects.get().told_at
    assert "Northmere station" in text_of(client, url("application-telling", application))


def test_papers_and_letters_come_as_files_named_by_reference(client):
    application = make_prepared()
    paper = sign_in(client, application).post(url("telling-paper", application, "script"))
    answered = make_decided("nothing", officer=application.officer, why_another="Another man")
    early = client.post(url("answer-letter", answered))
    sent = client.post(url("application-answer", answered), {"way": "call", "version": answered.version})
    letter = client.post(url("answer-letter", answered))

    assert (early.status_code, sent.status_code) == (302, 302)
    assert [each["Content-Type"] for each in (paper, letter)] == ["application/pdf"] * 2
    assert f"{application.reference}-script-1.pdf" in paper["Content-Disposition"]
    assert client.post(url("telling-paper", application, "poem")).status_code == 404
    assert NeutralAnswer.objects.get().way == "call"


def test_the_record_s_page_names_applications_by_reference_alone(client):
    nominal = make_nominal()
    application = make_decided(nominal=nominal)
    client.force_login(nominal.offender_manager)
    page = reverse("disclosure:tell-somebody", args=[nominal.reference])
    assert application.reference not in text_of(client, page)
    make_marker(application)
    shown = text_of(client, page)
    begun = client.post(reverse("disclosure:tell-somebody-begin", args=[nominal.reference]), {"reference": application.reference})

    assert application.reference in shown
    assert not any(words in shown for words in ("Ivy", "Rosa", "07700 900461", str(application.public_id)))
    assert begun["Location"].endswith("/pages/1/")
    assert client.get(begun["Location"]).status_code == 200
    assert client.get(url("application-decision", application)).status_code == 404


def test_asking_the_managers_says_why_not(client):
    nominal = make_nominal()
    application = make_decided(nominal=nominal, officer=make_user(Role.OPERATIONAL, organisation=nominal.force))
    ask = url("application-ask-managers", application)
    answer = sign_in(client, application).post(ask, {"version": application.version}, follow=True)
    make_marker(application)
    stale = client.post(ask, {"version": 1}, follow=True)
    asked = client.post(ask, {"version": fresh(application).version}, follow=True)

    assert "would learn that an application exists" in answer.content.decode()
    assert "Somebody else saved a change" in stale.content.decode()
    assert "They read the reference of this application" in asked.content.decode()


def test_a_stale_form_changes_nothing_and_keeps_what_was_typed(client):
    application = make_proposed()
    data = {"answer": "not_asked", "why_not": "Typed words", "version": application.version - 1}
    response = sign_in(client, application).post(url("application-representations", application), data)

    assert response.status_code == 409
    assert "Typed words" in response.content.decode()
    assert Representations.objects.get().why_not == "Asking would raise the risk"


# Figures


def test_figures_count_what_came_in_to_the_unit():
    application = make_prepared()
    unit = application.unit
    do(record_telling, application, told_at=now(), place="Station", how_taken="Calm")
    lead, officer = lead_of(application), application.officer
    for verdict in ("nothing", "withhold"):
        other = make_decided(verdict, officer=officer, why_another="Another man")
        Application.objects.filter(pk=other.pk).update(received_at=now() - timedelta(days=10))
        do(answer_neutrally, other, way="call")
    make_application(officer=officer, state="withdrawn", route="third_party")
    make_application(officer=make_user(organisation=unit.organisation))
    today = localdate()
    rows = figures_of(lead, today - timedelta(days=20), today)
    asked, total = rows[0], rows[-1]

    assert (asked.asked, asked.disclosed, asked.withheld, asked.nothing, asked.answered, asked.days) == (3, 1, 1, 1, 3, "6.7")
    assert (rows[1].asked, rows[1].withdrawn, rows[1].days) == (1, 1, "")
    assert (total.asked, total.withdrawn, len(rows)) == (4, 1, 7)
    assert figures_of(lead, today - timedelta(days=5), today)[0].asked == 1
    assert figures_of(officer, today, today)[-1].asked == 0


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [("2026-11-28", "2025-04-01", "2026-03-31"), ("2026-03-31", "2024-04-01", "2025-03-31"), ("2026-04-01", "2025-04-01", "2026-03-31")],
)
def test_the_year_of_the_return_is_the_last_whole_one(day, first, last):
    assert [each.isoformat() for each in year_of(type(localdate()).fromisoformat(day))] == [first, last]


def test_figures_are_exported_as_numbers_without_formulas(client):
    application = make_decided("nothing")
    client.force_login(lead_of(application))
    today = localdate()
    days = {f"{name}_{part}": getattr(today, part) for name in ("first", "last") for part in ("day", "month", "year")}
    page = client.get(reverse("disclosure:scheme-figures"), days).content.decode()
    file = client.get(reverse("disclosure:scheme-figures-export"), days)
    wrong = client.get(reverse("disclosure:scheme-figures"), {**days, "last_year": today.year - 1}).content.decode()

    assert "Domestic violence disclosure scheme" in page
    assert file["Content-Type"].startswith("text/csv")
    assert "Both schemes,All routes,1,0,0,0,1,0,0," in file.content.decode()
    assert Event.objects.filter(verb=Verb.EXPORTED).exists()
    assert "Enter a last day that is not before the first" in wrong
    assert [safe_cell(cell) for cell in ("=1+1", "@x", "-2", "plain", "", 3)] == ["'=1+1", "'@x", "'-2", "plain", "", 3]
    assert all(safe_cell(cell) == cell for line in lines_of(figures_of(lead_of(application), today, today), today, today) for cell in line)
