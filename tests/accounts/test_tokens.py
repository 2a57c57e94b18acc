"""Tokens of machine clients: who gets one, and until when it counts."""
from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from ipaddress import ip_network

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from oauth2_provider.models import AccessToken

from accounts.choices import Role
from accounts.models import ApiClient
from accounts.services.clients import change_client, resume_client, revoke_client, rotate_secret, suspend_client
from accounts.services.organisations import set_agency_open
from accounts.tasks import delete_old_tokens
from audit.models import Event
from tests.accounts.calling import HERE, WHOAMI, ask_token, call, make_client, send, token_of
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db
WHOLE_ROWS = "SELECT row_to_json(a)::text FROM {} a UNION ALL SELECT row_to_json(b)::text FROM {} b"
NOT_ROUTED = ["/o/token/", "/o/authorize/", "/o/register/", "/o/introspect/", "/api/token/register/", "/api/authorize/"]


def why(client: ApiClient | None) -> list[str]:
    """The reasons of refusals that the trail holds about a client, oldest first."""
    events = Event.objects.filter(verb__in=["refused", "sign-in failed"], subject_id=client and client.pk)
    return [event.detail.get("why") for event in events.order_by("pk")]


def test_client_gets_a_short_token_that_says_who_it_is(client: Client):
    program, secret = make_client()

    answer = ask_token(client, program, secret)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert {key: answer.json()[key] for key in ("token_type", "scope", "expires_in")} == {
        "token_type": "Bearer",
        "scope": "travel-alerts",
        "expires_in": 600,
    }
    assert set(answer.json()) == {"token_type", "scope", "expires_in", "access_token"}
    assert "no-store" in answer["Cache-Control"]
    said = call(client, answer.json()["access_token"])
    assert said.json() == {
        "client": program.name,
        "agency": program.agency.name,
        "force": program.force.name,
        "scopes": [{"name": "travel-alerts", "description": "Send alerts about foreign travel"}],
        "ends_on": localdate().isoformat(),
    }
    program.refresh_from_db()
    assert program.last_used_at is not None


def test_secret_may_come_in_the_header_and_a_narrower_scope_be_asked_for(client: Client):
    program, secret = make_client()
    basic = base64.b64encode(f"{program.client_id}:{secret}".encode()).decode()

    answer = send(client, {"grant_type": "client_credentials", "scope": "travel-alerts"}, Authorization=f"Basic {basic}")

    assert (answer.status_code, answer.json()["scope"]) == (200, "travel-alerts")


def test_neither_token_nor_secret_is_kept_in_clear(client: Client):
    program, secret = make_client()
    token = token_of(client, program, secret)

    with connection.cursor() as cursor:
        cursor.execute(WHOLE_ROWS.format("oauth2_provider_accesstoken", "accounts_apiclient"))
        rows = [row for (row,) in cursor.fetchall()]
        cursor.execute(WHOLE_ROWS.format("audit_event", "auditlog_logentry"))
        trail = [row for (row,) in cursor.fetchall()]

    assert len(rows) == 2
    assert [row for row in rows + trail if token in row or secret in row] == []
    assert [row for row in trail if hashlib.sha256(secret.encode()).hexdigest() in row] == []


def test_issue_and_call_stand_in_the_trail_with_the_client(client: Client):
    program, secret = make_client()
    call(client, token_of(client, program, secret), headers={"On-Behalf-Of": "A. Officer"})

    issued, viewed = Event.objects.filter(actor=program.user).order_by("pk")

    assert (issued.verb, issued.acting_role, issued.channel, issued.subject_id) == ("signed in", "partner", "api", program.pk)
    assert issued.detail["client"] == program.client_id
    assert (viewed.verb, viewed.acting_role, viewed.ip_address) == ("viewed", "partner", HERE)
    assert (viewed.detail["client"], viewed.detail["on_behalf_of"]) == (program.client_id, "A. Officer")


def test_auditor_of_the_force_that_let_it_in_reads_what_a_client_did(client: Client):
    program, secret = make_client()
    token_of(client, program, secret)
    ours, theirs = make_user(Role.AUDITOR, organisation=program.force), make_user(Role.AUDITOR)

    seen = Event.objects.for_user(ours).filter(verb="signed in")

    assert [event.actor for event in seen] == [program.user]
    assert list(Event.objects.for_user(theirs).filter(verb="signed in")) == []


@pytest.mark.parametrize("name", ["", "x", "<script>", "a" * 101, "A\tB"])
def test_name_on_behalf_of_must_have_the_form_of_one(client: Client, name: str):
    program, secret = make_client()

    answer = call(client, token_of(client, program, secret), headers={"On-Behalf-Of": name})

    assert answer.status_code == (400 if name else 200)


def shut_out(program: ApiClient, how: str) -> None:
    """Do something to a client after which it is not let in."""
    admin = program.made_by
    if how == "suspended":
        suspend_client(actor=admin, client=program)
    elif how == "revoked":
        revoke_client(actor=admin, client=program)
    elif how == "agency closed":
        set_agency_open(actor=admin, agency=program.agency, value=False)
    elif how == "network":
        ApiClient.objects.filter(pk=program.pk).update(networks=["192.0.2.0/24"])
    elif how == "ended":
        ApiClient.objects.filter(pk=program.pk).update(ends_on=localdate() - timedelta(days=1))


SHUT_OUT = ["suspended", "revoked", "agency closed", "network", "ended"]


@pytest.mark.parametrize("how", SHUT_OUT)
def test_client_that_is_shut_out_gets_no_token_and_is_not_told_why(client: Client, how: str):
    program, secret = make_client()
    shut_out(program, how)

    answers = [ask_token(client, program, secret), ask_token(client, program, "wrong"), ask_token(client, None, secret)]

    assert {(answer.status_code, answer.content, answer["WWW-Authenticate"]) for answer in answers} == {
        (401, b'{"error":"invalid_client"}', 'Basic realm="Vigil"')
    }
    assert {tuple(sorted(set(answer.headers) - {"X-Request-ID"})) for answer in answers} == {
        tuple(sorted(set(answers[0].headers) - {"X-Request-ID"}))
    }
    assert (why(program), why(None)) == ([how, "wrong secret"], ["unknown client"])
    assert AccessToken.objects.count() == 0


@pytest.mark.parametrize("how", SHUT_OUT)
def test_token_ends_at_once_with_its_client(client: Client, how: str):
    program, secret = make_client()
    token = token_of(client, program, secret)
    assert call(client, token).status_code == 200

    shut_out(program, how)

    answer = call(client, token)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"].startswith('Bearer realm="Vigil"')
    assert how not in answer.content.decode()
    assert Event.objects.filter(verb="refused", channel="api").count() == 1


def test_revoking_removes_every_token_and_closes_the_account(client: Client):
    program, secret = make_client()
    for _ in range(2):
        token_of(client, program, secret)

    revoke_client(actor=program.made_by, client=program)

    program.user.refresh_from_db()
    assert (AccessToken.objects.count(), program.user.is_active) == (0, False)
    assert Event.objects.get(verb="revoked").detail["tokens_ended"] == 2


def test_suspended_client_can_be_let_in_again(client: Client):
    program, secret = make_client()
    suspend_client(actor=program.made_by, client=program)
    resume_client(actor=program.made_by, client=program)

    assert call(client, token_of(client, program, secret)).status_code == 200


def test_token_counts_until_its_last_second(client: Client):
    program, secret = make_client(ends_on=localdate() + timedelta(days=2))
    with time_machine.travel(now(), tick=False) as clock:
        token = token_of(client, program, secret)
        clock.shift(settings.OAUTH2_PROVIDER["ACCESS_TOKEN_EXPIRE_SECONDS"] - 1)
        assert call(client, token).status_code == 200
        clock.shift(1)
        assert call(client, token).status_code == 401

    assert why(program) == ["token has expired"]


def test_old_secret_works_until_the_stated_time_and_no_longer(client: Client):
    program, old = make_client(ends_on=localdate() + timedelta(days=30))
    with time_machine.travel(now(), tick=False) as clock:
        new = rotate_secret(actor=program.made_by, client=program, days=7)
        assert [ask_token(client, program, secret).status_code for secret in (old, new)] == [200, 200]
        clock.shift(timedelta(days=7))
        assert [ask_token(client, program, secret).status_code for secret in (old, new)] == [401, 200]

    used = [event.detail["previous_secret"] for event in Event.objects.filter(verb="signed in").order_by("pk")]
    assert used == [True, False, False]


def test_rotation_without_overlap_ends_the_old_secret_and_its_tokens(client: Client):
    program, old = make_client()
    token = token_of(client, program, old)

    new = rotate_secret(actor=program.made_by, client=program, days=0)

    assert [ask_token(client, program, secret).status_code for secret in (old, new)] == [401, 200]
    assert call(client, token).status_code == 401


@pytest.mark.parametrize(
    ("networks", "remote", "is_let_in"),
    [
        (["192.0.2.0/24"], "192.0.2.7", True),
        (["192.0.2.0/24"], "192.0.3.7", False),
        (["192.0.2.0/24"], "::ffff:192.0.2.7", True),
        (["2001:db8::/32"], "2001:db8:1::5", True),
        (["2001:db8::/32"], "2001:db9::5", False),
        (["2001:db8::/32"], "192.0.2.7", False),
        (["192.0.2.0/24", "2001:db8::/32"], "2001:db8::5", True),
        ([], "192.0.2.7", False),
        (["192.0.2.0/24"], "", False),
    ],
)
def test_client_is_let_in_from_its_networks_only(client: Client, networks: list[str], remote: str, is_let_in: bool):
    program, secret = make_client(networks=networks)

    assert ask_token(client, program, secret, remote=remote).status_code == (200 if is_let_in else 401)


def test_any_network_is_a_decision_of_its_own(client: Client):
    program, secret = make_client(networks=[], any_network=True)

    assert ask_token(client, program, secret, remote="203.0.113.9").status_code == 200


def test_forwarded_address_counts_only_behind_a_proxy_of_the_deployment(client: Client, settings):
    program, secret = make_client(networks=["192.0.2.0/24"])
    body = {"grant_type": "client_credentials", "client_id": program.client_id, "client_secret": secret}

    def status(connection: str, forwarded: str) -> int:
        return send(client, body, remote=connection, **{"X-Forwarded-For": forwarded}).status_code

    assert status("203.0.113.9", "192.0.2.7") == 401
    settings.TRUSTED_PROXIES = [ip_network("203.0.113.9/32")]
    assert status("203.0.113.9", "192.0.2.7") == 200
    assert status("203.0.113.9", "192.0.2.7, 198.51.100.1") == 401
    assert status("203.0.113.9", "nonsense") == 401
    assert status("198.51.100.1", "192.0.2.7") == 401


@pytest.mark.parametrize(
    "body",
    [
        {"grant_type": "password", "username": "a", "password": "b"},
        {"grant_type": "authorization_code", "code": "x"},
        {"grant_type": "refresh_token", "refresh_token": "x"},
        {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "x"},
        {},
    ],
)
def test_no_other_grant_is_there(client: Client, body: dict[str, str]):
    program, secret = make_client()

    answer = send(client, {**body, "client_id": program.client_id, "client_secret": secret})

    assert (answer.status_code, AccessToken.objects.count()) == (400, 0)


@pytest.mark.parametrize("path", NOT_ROUTED)
def test_nothing_else_of_the_library_is_routed(client: Client, path: str):
    assert client.get(path).status_code in {302, 404}
    assert client.post(path).status_code in {302, 404}


@pytest.mark.parametrize("name", ["", "x\x00y", "é", "a" * 300, "1' OR '1'='1"])
def test_nonsense_for_a_client_is_an_unknown_client(client: Client, name: str):
    answer = send(client, {"grant_type": "client_credentials", "client_id": name, "client_secret": "x"})

    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


def test_scope_that_the_client_was_not_given_is_refused(client: Client):
    program, secret = make_client()

    answer = ask_token(client, program, secret, scope="travel-alerts everything")

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")
    assert why(program) == ["invalid_scope"]


def test_change_of_terms_counts_for_tokens_that_are_out(client: Client):
    program, secret = make_client()
    token = token_of(client, program, secret)
    terms = {"name": "Renamed", "contact": "Desk", "scopes": ["travel-alerts"], "ends_on": localdate()}

    change_client(actor=program.made_by, client=program, networks=["203.0.113.0/24"], any_network=False, **terms)

    assert [call(client, token, REMOTE_ADDR=remote).status_code for remote in (HERE, "203.0.113.9")] == [401, 200]


def test_too_many_requests_for_tokens_are_told_when_to_come_back(client: Client, settings):
    settings.TOKENS_PER_MINUTE = 3
    program, secret = make_client(networks=[], any_network=True)
    with time_machine.travel("2026-11-25 12:00:20+00:00", tick=False) as clock:
        program.ends_on = localdate()
        program.save()
        statuses = [ask_token(client, program, secret, remote="203.0.113.77").status_code for _ in range(3)]
        refused = [ask_token(client, program, secret, remote="203.0.113.77") for _ in range(2)]
        elsewhere = ask_token(client, program, secret, remote="203.0.113.78")
        clock.shift(40)
        later = ask_token(client, program, secret, remote="203.0.113.77")

    assert (statuses, elsewhere.status_code, later.status_code) == ([200] * 3, 200, 200)
    assert [(answer.status_code, answer["Retry-After"], answer["Content-Type"]) for answer in refused] == [
        (429, "40", "application/problem+json")
    ] * 2
    assert Event.objects.filter(verb="refused", detail__limit="tokens").count() == 1


def test_too_many_calls_of_a_client_are_told_when_to_come_back(client: Client, settings):
    settings.API_CALLS_PER_MINUTE = 2
    program, secret = make_client()
    other, other_secret = make_client()
    with time_machine.travel(now().replace(second=0), tick=False):
        token, another = token_of(client, program, secret), token_of(client, other, other_secret)
        answers = [call(client, token) for _ in range(3)]
        assert call(client, another).status_code == 200

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    assert why(program) == ["too many calls"]


def test_calls_pass_while_the_cache_is_away(client: Client, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    settings.API_CALLS_PER_MINUTE = settings.TOKENS_PER_MINUTE = 0
    program, secret = make_client()

    assert call(client, token_of(client, program, secret)).status_code == 200


def test_session_never_opens_an_address_for_tokens(client: Client):
    for role in Role:
        client.force_login(make_user(role))
        assert client.get(WHOAMI).status_code == 401


def test_token_never_opens_an_address_for_sessions(client: Client):
    program, secret = make_client()
    nominal = make_nominal()
    token = token_of(client, program, secret)

    paths = ["/api/v1/schema/", "/api/v1/nominals/", f"/api/v1/nominals/{nominal.reference}/"]

    assert [call(client, token, path).status_code for path in paths] == [401, 401, 401]
    assert call(client, token, reverse("accounts:account")).status_code == 302


def test_token_counts_beside_a_session_of_somebody_else(client: Client):
    program, secret = make_client()
    client.force_login(make_user(Role.SUPERVISOR))
    call(client, token_of(client, program, secret))

    assert {event.actor for event in Event.objects.filter(verb__in=["viewed", "signed in"])} == {program.user}
    assert {event.acting_role for event in Event.objects.filter(verb__in=["viewed", "signed in"])} == {"partner"}


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Bearer é", "Basic eDp5", "bearer", "Bearer a b"])
def test_what_is_no_token_is_refused_as_one(client: Client, header: str):
    answer = client.get(WHOAMI, headers={"Authorization": header})

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_token_in_the_address_does_not_count(client: Client):
    program, secret = make_client()
    token = token_of(client, program, secret)

    assert client.get(f"{WHOAMI}?access_token={token}", REMOTE_ADDR=HERE).status_code == 401


def test_what_a_stranger_sends_is_not_read(client: Client):
    assert call(client, "none", f"{WHOAMI}?name=%zz").status_code == 401
    assert client.post("/api/v1/events/", "{", content_type="application/json", REMOTE_ADDR=HERE).status_code == 401
    assert call(client, token_of(client, *make_client()), f"{WHOAMI}?name=%zz").status_code == 200


def test_no_answer_opens_the_api_to_pages_of_other_sites(client: Client):
    program, secret = make_client()
    token = token_of(client, program, secret)

    answer = call(client, token, headers={"Origin": "https://elsewhere.invalid"})

    assert [name for name in answer.headers if name.startswith("Access-Control")] == []


def test_tokens_past_their_end_are_removed(client: Client):
    program, secret = make_client()
    token_of(client, program, secret)
    AccessToken.objects.update(expires=now() - timedelta(seconds=1))
    token_of(client, program, secret)

    delete_old_tokens()

    assert AccessToken.objects.count() == 1
