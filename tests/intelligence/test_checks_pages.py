"""Pages of system checks: what they show, to whom, and what their forms and buttons do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from actions.models import Action
from audit.models import Event
from intelligence.models import SystemCheck
from intelligence.services.check_clocks import raise_due_checks
from tests.factories import make_exclusion, make_nominal, make_reason, make_user
from tests.intelligence.making_checks import make_check, make_source

pytestmark = pytest.mark.django_db
CONNECTED = {"pnc": {"url": "http://127.0.0.1:9/", "token": "invented"}}


@pytest.fixture
def officer(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def nominal(officer):
    make_source("pnc")
    make_source("pnd")
    return make_nominal(offender_manager=officer)


def address(nominal, name="check-list", *arguments):
    return reverse(f"intelligence:{name}", args=[nominal.reference, *arguments])


def day(value):
    """A date as the form sends it."""
    return {f"checked_on_{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


def test_hit_stands_beside_the_present_risk(client, nominal):
    make_check(nominal=nominal)
    assert "risk now" not in client.get(address(nominal)).content.decode()
    make_check(nominal=nominal, result="trace", records_found=1, details="Warned in <Eastvale>")
    text = client.get(address(nominal)).content.decode()
    assert "app-risk--high" in text.split("risk now")[1][:200]
    assert "Warned in &lt;Eastvale&gt;" in text
    assert Event.objects.filter(verb="viewed", nominal=nominal.pk, detail__page="CheckList").count() == 2


def test_overdue_checks_show(client, nominal):
    raise_due_checks(actor=None)
    assert "The next round is due by" in client.get(address(nominal)).content.decode()
    Action.objects.update(late_from=now() - timedelta(days=2))
    assert "System checks are overdue" in client.get(address(nominal)).content.decode()


def test_check_is_recorded_through_its_form(client, nominal):
    form = client.get(address(nominal, "check-record") + "?source=pnc")
    assert form.context["form"].initial["source"] == make_source()
    typed = {"source": make_source().pk, "result": "trace", "details": "Two warnings", **day(localdate())}
    response = client.post(address(nominal, "check-record"), typed)
    assert (response.status_code, response["Location"]) == (302, address(nominal))
    assert SystemCheck.objects.get().result == "trace"
    wrong = client.post(address(nominal, "check-record"), {**typed, "result": "no_trace", "records_found": "2"})
    assert wrong.status_code == 409
    assert "Two warnings" in wrong.content.decode()


def test_page_says_what_this_round_still_wants(client, nominal):
    raise_due_checks(actor=None)
    make_check(nominal=nominal, source=make_source("pnd"), days_ago=-1)
    systems = {system.link.source.code: system.is_wanted for system in client.get(address(nominal)).context["systems"]}
    assert (systems["pnc"], systems["pnd"]) == (True, False)
    assert "Still to ask" in client.get(address(nominal)).content.decode()


def test_withdrawn_check_says_why_and_counts_no_more(client, nominal):
    check = make_check(nominal=nominal, result="trace", details="Two warnings")
    url = address(nominal, "check-withdraw", check.public_id)
    assert url in client.get(address(nominal)).content.decode()
    text = client.post(url, {"reason": "Another person"}, follow=True).content.decode()
    assert "Another person" in text
    assert "Two warnings" not in text
    assert "risk now" not in text
    assert url not in text


def test_button_asks_a_connected_system_and_no_other(client, nominal, settings):
    assert address(nominal, "check-ask", "pnc") not in client.get(address(nominal)).content.decode()
    refused = client.post(address(nominal, "check-ask", "pnc"), follow=True)
    assert "record the answer here" in refused.content.decode()
    settings.CHECK_CONNECTIONS = CONNECTED
    text = client.get(address(nominal)).content.decode()
    assert address(nominal, "check-ask", "pnc") in text
    assert address(nominal, "check-ask", "pnd") not in text
    asked = client.post(address(nominal, "check-ask", "pnc"), follow=True)
    assert "Asked, no answer yet" in asked.content.decode()
    assert client.post(address(nominal, "check-ask", "nothing")).status_code == 404


def test_outage_shows_on_the_record_and_among_the_connections(client, nominal, settings):
    settings.CHECK_CONNECTIONS = CONNECTED
    make_check(nominal=nominal, state="answered", result="no_trace", days_ago=2)
    assert "gives no answer" not in client.get(address(nominal)).content.decode()
    failed = {"state": "failed", "result": "", "failure": "outage", "failures": 4, "last_failure_at": now()}
    make_check(nominal=nominal, **failed)
    assert "gives no answer" in client.get(address(nominal)).content.decode()
    response = client.get(reverse("intelligence:connections"))
    pnc = next(link for link in response.context["connections"] if link.source.code == "pnc")
    assert (pnc.is_connected, pnc.is_down, pnc.failures, pnc.waiting) == (True, True, 4, 0)
    assert "Not set up" in response.content.decode()
    assert nominal.reference not in response.content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.ADMINISTRATOR, 200), (Role.SUPERVISOR, 200), (Role.PARTNER, 403), (Role.AUDITOR, 403)])
def test_connections_open_to_those_who_read_rules(client, role, status):
    client.force_login(make_user(role))
    assert client.get(reverse("intelligence:connections")).status_code == status


def test_readers_by_reason_read_and_record_nothing(client, nominal, officer):
    make_check(nominal=nominal)
    reader = make_user(Role.OPERATIONAL, organisation=officer.organisation)
    make_reason(nominal=nominal, user=reader, permission="view_case_file")
    client.force_login(reader)
    text = client.get(address(nominal)).content.decode()
    assert "No trace" in text
    assert "Record a check" not in text
    assert client.get(address(nominal, "check-record")).status_code == 403
    assert client.post(address(nominal, "check-ask", "pnc")).status_code == 403


def test_checks_of_a_hidden_record_are_not_found(client, nominal, officer):
    make_check(nominal=nominal)
    assert client.get(address(nominal)).status_code == 200
    make_exclusion(nominal=nominal, user=officer)
    for name in ("check-list", "check-record"):
        assert client.get(address(nominal, name)).status_code == 404
    assert client.post(address(nominal, "check-ask", "pnc")).status_code == 404
