"""The client that the documentation shows works against the service as it runs."""

from __future__ import annotations

import runpy
from types import SimpleNamespace

import pytest
from django.test import Client

from sharing.models import InformationRequest
from sharing.rules.webhooks import signature_of
from tests.accounts.calling import make_client
from tests.factories import make_agency, make_nominal, make_user
from tests.sharing.making_decisions import TEXT, make_agreement
from tests.sharing.making_partners import ASKED, SCOPES, answer_with_nothing, share

EXAMPLE = SimpleNamespace(**runpy.run_path("docs/partner_client.py"))


@pytest.mark.django_db(transaction=True)
def test_example_lists_acknowledges_asks_and_follows_changes(live_server):
    nominal, agency = make_nominal(), make_agency()
    admin = make_user("administrator", organisation=nominal.force)
    made, secret = make_client(admin=admin, agency=agency, scopes=SCOPES)
    agreement = make_agreement(force=nominal.force, agency=agency)
    keys = {str(share(nominal, agency, agreement).public_id) for _ in range(2)}
    vigil = EXAMPLE.Partner(live_server.url, made.client_id, secret, person="A. Worker")

    rows = list(vigil.shared())
    assert {row["id"] for row in rows} == keys
    assert vigil.read(rows[0]["id"])["contents"] is None
    vigil.acknowledge(rows[0]["id"])
    assert vigil.read(rows[0]["id"])["contents"][0]["text"] == TEXT

    asked = vigil.ask(**ASKED)
    answer_with_nothing(InformationRequest.objects.get(public_id=asked["id"]), nominal.offender_manager)
    found, since = vigil.changes()
    assert [(row["kind"], row["subject"]) for row in found] == [("request.answered", asked["id"])]
    assert vigil.changes(since) == ([], since)

    with pytest.raises(EXAMPLE.Refused) as raised:
        vigil.read("00000000-0000-4000-8000-000000000000")
    assert (raised.value.status, raised.value.problem["title"]) == (404, "Not found")
    assert Client().get(f"{live_server.url}/api/v1/changes/").status_code == 401


def test_example_believes_only_what_was_signed_for_it_now():
    body, moment = b'{"id":1}', 1_800_000_000
    header = signature_of("secret", moment, body)
    assert EXAMPLE.is_from_vigil("secret", header, body, now=moment + 10)
    assert not EXAMPLE.is_from_vigil("other", header, body, now=moment + 10)
    assert not EXAMPLE.is_from_vigil("secret", header, body + b" ", now=moment + 10)
    assert not EXAMPLE.is_from_vigil("secret", header, body, now=moment + 1000)
    assert not EXAMPLE.is_from_vigil("secret", "nonsense", body, now=moment)
