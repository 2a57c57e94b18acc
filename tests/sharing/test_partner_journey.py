"""An agency's system asks; what goes is decided and sent; it is accepted, acted on and withdrawn: all as that system meets it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from offenders.models import Nominal
from sharing.models import InformationRequest, Reading, Release, SharingDecision
from sharing.services.items import choose_items
from sharing.services.releases import send_release, withdraw_release
from sharing.services.requests import answer_request, link_request, take_request
from tests.accounts.calling import act, call
from tests.factories import make_nominal
from tests.sharing.making_decisions import make_agreement
from tests.sharing.making_partners import ASKED, V1, make_system
from tests.sharing.making_releases import decide as cut
from tests.sharing.making_releases import make_condition
from tests.sharing.writing_decisions import begin, decide, lead_of, send, write

pytestmark = pytest.mark.django_db
PERSON = {"On-Behalf-Of": "A. Officer"}
KEPT, REMOVED = "Not to enter Millbrook Park.", "Not to speak to Jane Example."


def get(client: Client, token: str, path: str) -> tuple[int, dict[str, Any]]:
    """What the system is answered."""
    answer = call(client, token, f"{V1}/{path}", headers=PERSON)
    return answer.status_code, answer.json()


def decided_and_sent(nominal: Nominal, agency: Any) -> Release:
    """The officer writes a decision, takes out what is not needed, a supervisor approves, and it goes."""
    officer, lead = nominal.offender_manager, lead_of(nominal)
    condition = make_condition(nominal, f"{KEPT} {REMOVED}")
    draft = begin(nominal, kind="agency", agency=agency)
    choose_items(actor=officer, decision=draft, version=draft.version, keys=[f"condition:{condition.pk}"])
    cut(draft.items.get(), [True, False], code="third_party")
    draft = SharingDecision.objects.get(pk=draft.pk)
    write(draft, channel="online", expires_on=localdate(), own_basis="", choice="part")
    decide(send(draft), lead)
    return send_release(actor=officer, decision=draft)


def test_from_request_to_withdrawal(client: Client):
    nominal = make_nominal()
    officer, (system, token) = nominal.offender_manager, make_system(client, nominal.force)
    make_agreement(force=nominal.force, agency=system.agency)

    asked = act(client, token, f"{V1}/information-requests/", ASKED, key="ask-number-1").json()
    taken = take_request(actor=officer, request=InformationRequest.objects.get(public_id=asked["id"]))
    taken = link_request(actor=officer, request=taken, nominal=nominal, version=taken.version)
    release = decided_and_sent(nominal, system.agency)
    answer_request(actor=officer, request=taken, releases=[release], has_nothing=False, note="Needed", version=taken.version)

    _, changes = get(client, token, "changes/")
    _, answer = get(client, token, f"information-requests/{asked['id']}/")
    shared = answer["answer"]["shared"][0]["id"]
    assert [change["kind"] for change in changes["results"]] == ["release.sent", "request.answered"]
    assert changes["results"][0]["subject"] == shared

    _, before = get(client, token, f"shared-records/{shared}/")
    accepted = act(client, token, f"{V1}/shared-records/{shared}/acknowledge/", {}, key="accept-it-1")
    _, after = get(client, token, f"shared-records/{shared}/")
    assert (before["contents"], accepted.status_code) == (None, 200)
    assert [(item["text"], item["removed"]) for item in after["contents"]] == [(f"{KEPT} [removed]", ["third_party"])]
    assert [reading.with_content for reading in Reading.objects.filter(release=release).order_by("pk")] == [False, True]

    done = {"done_on": localdate().isoformat(), "text": "Told the hostel.", "is_final": True}
    assert act(client, token, f"{V1}/shared-records/{shared}/actions/", done, key="done-it-one").status_code == 201
    withdraw_release(actor=officer, release=release, reason="The condition was lifted")
    assert get(client, token, f"shared-records/{shared}/")[0] == 404
    assert get(client, token, "shared-records/")[1]["results"] == []
    _, later = get(client, token, f"changes/?since={changes['next_since']}")
    assert [(change["kind"], change["subject"]) for change in later["results"]] == [("release.withdrawn", shared)]
