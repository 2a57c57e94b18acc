"""Which agency reaches what through the API: every address with a release or a request, in every standing, with the exact outcome."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now
from oauth2_provider.models import AccessToken

from accounts.choices import ApiScope
from audit.models import Event
from sharing.models import Agreement, Release
from tests.accounts.calling import act, call
from tests.factories import make_force, make_nominal, make_unit, make_user
from tests.sharing.making_decisions import make_agreement, make_decision_row, make_release_row
from tests.sharing.making_partners import ASKED, SEEN, V1, answer_with_nothing, make_partnered, make_request, make_system, share

pytestmark = pytest.mark.django_db
PERSON = {"On-Behalf-Of": "A. Worker"}
DONE = {"done_on": "2026-11-01", "text": "Told the school.", "is_final": True}
OPEN, HIDDEN, CLOSED = "open", "hidden", "closed"


def own(partner):
    """What stands."""
    return partner.release


def of_another_agency(partner):
    """What the same force shared with somebody else."""
    return make_release_row(nominal=partner.nominal)


def withdrawn(partner):
    """What was taken back."""
    values = {"withdrawn_at": now(), "withdrawn_by": partner.nominal.offender_manager, "withdraw_reason": "Sent in error"}
    Release.objects.filter(pk=partner.release.pk).update(**values)
    return partner.release


def expired(partner):
    """What was to be read until yesterday."""
    values = {"agency": partner.agency, "agreement": partner.agreement, "expires_on": localdate() - timedelta(days=1)}
    return make_release_row(nominal=partner.nominal, decision=make_decision_row(nominal=partner.nominal, **values))


def on_paper(partner):
    """What went to the agency another way."""
    values = {"agency": partner.agency, "agreement": partner.agreement, "channel": "paper"}
    return make_release_row(nominal=partner.nominal, decision=make_decision_row(nominal=partner.nominal, **values))


def of_another_force(partner):
    """What another force shared with the agency under an agreement of its own, for which this client was not let in."""
    nominal = make_nominal(unit=make_unit(organisation=make_force()))
    return share(nominal, partner.agency, make_agreement(force=nominal.force, agency=partner.agency))


def agreement_ended(partner):
    """What was shared under an agreement that is over."""
    officer = partner.nominal.offender_manager
    Agreement.objects.filter(pk=partner.agreement.pk).update(suspended_at=now(), suspended_by=officer, suspend_reason="Breach")
    return partner.release


def never_shared(partner):
    """A record of which nothing was shared, by the record's own key."""
    return make_nominal(unit=partner.nominal.unit)


STANDINGS = {
    own: OPEN, of_another_agency: HIDDEN, withdrawn: HIDDEN, expired: HIDDEN, on_paper: HIDDEN, of_another_force: HIDDEN,
    never_shared: HIDDEN, agreement_ended: CLOSED,
}  # fmt: skip


def tried(client, partner, key):
    """Ask for a release by every address, and for the list."""
    url = f"{V1}/shared-records/{key}/"
    headers = {"headers": PERSON}
    answers = {
        "read": call(client, partner.token, url, **headers),
        "acknowledge": act(client, partner.token, f"{url}acknowledge/", {}, key="access-1"),
        "act": act(client, partner.token, f"{url}actions/", DONE, key="access-2"),
    }
    return answers, call(client, partner.token, f"{V1}/shared-records/", **headers)


@pytest.mark.parametrize("standing", list(STANDINGS), ids=lambda each: each.__name__)
def test_release_in_each_standing(client, standing):
    partner = make_partnered(client)
    row = standing(partner)
    key = getattr(row, "public_id", "00000000-0000-4000-8000-000000000000")
    answers, listed = tried(client, partner, key)
    missing, _ = tried(client, partner, "00000000-0000-4000-8000-00000000000f")
    got = {name: answer.status_code for name, answer in answers.items()}
    wanted = STANDINGS[standing]
    if wanted == OPEN:
        assert got == {"read": 200, "acknowledge": 200, "act": 201}
    else:
        assert got == dict.fromkeys(answers, 404 if wanted == HIDDEN else 403)
        assert {name: answer.json() for name, answer in answers.items()} == {name: answer.json() for name, answer in missing.items()}
    assert listed.status_code == (403 if wanted == CLOSED else 200)
    if wanted != CLOSED:
        assert (str(key) in listed.content.decode()) == (wanted == OPEN)


def test_while_no_agreement_is_in_force_sharing_is_closed_in_words_and_in_the_trail_and_the_rest_is_open(client):
    partner = make_partnered(client)
    agreement_ended(partner)
    refused = call(client, partner.token, f"{V1}/information-requests/", headers=PERSON)
    assert (refused.status_code, refused.json()["title"]) == (403, "Agreement ended")
    assert act(client, partner.token, f"{V1}/information-requests/", ASKED).status_code == 403
    assert Event.objects.filter(verb="refused", detail__why="no agreement", subject_id=partner.client.pk).count() == 2
    assert call(client, partner.token, f"{V1}/changes/").status_code == 200
    assert call(client, partner.token, f"{V1}/agreements/").json()["results"][0]["state"] == "suspended"
    told = SEEN | {"happened_on": localdate().isoformat(), "needs_consent": False}
    assert act(client, partner.token, f"{V1}/intelligence/", told, key="access-3").status_code == 201


def test_requests_of_others_are_not_there(client):
    partner = make_partnered(client)
    officer = partner.nominal.offender_manager
    mine, other = make_request(officer=officer, agency=partner.agency), make_request(officer=officer)
    elsewhere = make_request(officer=make_user(), agency=partner.agency)
    outcomes = {}
    for row in (mine, other, elsewhere):
        url = f"{V1}/information-requests/{row.public_id}/"
        reply = act(client, partner.token, f"{url}answer-question/", {"text": "Mine"}, key=f"access-{row.pk:03}")
        outcomes[row] = (call(client, partner.token, url, headers=PERSON).status_code, reply.status_code)
    assert outcomes == {mine: (200, 422), other: (404, 404), elsewhere: (404, 404)}
    listed = call(client, partner.token, f"{V1}/information-requests/", headers=PERSON).json()["results"]
    assert [row["id"] for row in listed] == [str(mine.public_id)]


ADDRESSES = {
    "shared-records/": ApiScope.SHARED, "information-requests/": ApiScope.ASK,
    "agreements/": ApiScope.CHANGES, "changes/": ApiScope.CHANGES,
}  # fmt: skip


@pytest.mark.parametrize("scope", [str(scope) for scope in ApiScope])
def test_scope_opens_its_own_addresses_and_no_other(client, scope):
    partner = make_partnered(client)
    AccessToken.objects.update(scope=scope)
    got = {path for path in ADDRESSES if call(client, partner.token, f"{V1}/{path}", headers=PERSON).status_code == 200}
    assert got == {path for path, needed in ADDRESSES.items() if needed == scope}
    told = {"intelligence/": {"needs_consent": True}, "events/": {"kind": "breach"}}
    base = SEEN | {"happened_on": localdate().isoformat()}
    answers = {path: act(client, partner.token, f"{V1}/{path}", base | body, key=f"try-{path[:-1]}") for path, body in told.items()}
    given = {path for path, answer in answers.items() if answer.status_code == 201}
    assert given == {path for path in told if path.startswith(scope)}


def test_nobody_is_named_and_nothing_is_shown(client):
    partner = make_partnered(client)
    for path in ("shared-records/", f"shared-records/{partner.release.public_id}/", "information-requests/"):
        assert call(client, partner.token, f"{V1}/{path}").status_code == 400


def test_client_of_the_same_agency_at_another_force_sees_only_that_force(client):
    partner = make_partnered(client)
    _, token = make_system(client, make_force(), partner.agency)
    assert call(client, token, f"{V1}/shared-records/", headers=PERSON).status_code == 403
    assert call(client, token, f"{V1}/agreements/").json()["results"] == []


@pytest.mark.parametrize("path", ["shared-records/", "information-requests/", "agreements/"])
def test_list_takes_as_many_queries_for_many_rows_as_for_few(client, path):
    partner = make_partnered(client)
    officer = partner.nominal.offender_manager
    counts = []
    for _ in range(2):
        for _ in range(3):
            share(partner.nominal, partner.agency, partner.agreement)
            answer_with_nothing(make_request(officer=officer, agency=partner.agency), officer)
            make_agreement(force=partner.force, agency=partner.agency)
        with CaptureQueriesContext(connection) as captured:
            answer = call(client, partner.token, f"{V1}/{path}", headers=PERSON)
        counts.append((len(captured), len(answer.json()["results"])))
    assert counts[1][0] <= counts[0][0]
    assert counts[1][1] == counts[0][1] + 3
