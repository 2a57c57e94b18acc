"""Pages of agencies' people and of webhooks, which no police officer reaches: nothing that axe finds wrong."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from sharing.services import requests as services
from sharing.services.webhooks import set_webhook
from tests.accounts.calling import make_client
from tests.factories import make_agency, make_user
from tests.journeys.test_every_page import look_at
from tests.sharing.making_decisions import make_partner
from tests.sharing.making_partners import SCOPES, make_request

pytestmark = pytest.mark.django_db


def test_pages_of_agencies_and_webhooks_are_accessible(client: Client) -> None:
    officer, agency = make_user(), make_agency()
    person = make_partner(agency)
    request = services.take_request(actor=officer, request=make_request(officer=officer, agency=agency, person=person))
    services.ask_back(actor=officer, request=request, text="Which of the two?", version=request.version)
    client.force_login(person)
    answers = {name: client.get(reverse(f"sharing:{name}")) for name in ("asked-list", "ask")}
    answers |= {name: client.get(reverse(f"sharing:{name}", args=[request.public_id])) for name in ("asked", "asked-reply")}
    admin = make_user(Role.ADMINISTRATOR, organisation=officer.organisation)
    made, _ = make_client(admin=admin, agency=agency, scopes=SCOPES)
    set_webhook(actor=admin, client=made, url="https://agency.example/changes")
    client.force_login(admin)
    answers |= {name: client.get(reverse(f"sharing:{name}", args=[made.pk])) for name in ("webhook", "webhook-set")}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert look_at(answers) == {}
