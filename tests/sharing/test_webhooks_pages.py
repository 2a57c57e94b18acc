"""Pages of the administrator about telling a system of changes."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from sharing.models import Webhook
from tests.accounts.calling import make_client
from tests.factories import make_agency, make_user
from tests.sharing.making_partners import SCOPES

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
PAGES = ("webhook", "webhook-set", "webhook-end", "webhook-send-again")


@pytest.fixture
def admin():
    """An administrator with a password."""
    user = make_user(Role.ADMINISTRATOR)
    user.set_password(PASSWORD)
    user.save()
    return user


def test_administrator_sets_it_sees_the_secret_once_and_ends_it(client, admin):
    made, _ = make_client(admin=admin, agency=make_agency(), scopes=SCOPES)
    url = {name: reverse(f"sharing:{name}", args=[made.pk]) for name in PAGES}
    client.force_login(admin)
    assert "told of nothing" in client.get(url["webhook"]).content.decode()
    assert client.post(url["webhook-set"], {"url": "https://agency.example/", "current": "wrong"}).status_code in {409, 422}
    assert client.post(url["webhook-set"], {"url": "http://agency.example/", "current": PASSWORD}).status_code == 409
    answer = client.post(url["webhook-set"], {"url": "https://agency.example/changes", "current": PASSWORD})
    assert "shown only now" in answer.content.decode()
    page = client.get(url["webhook"]).content.decode()
    assert "https://agency.example/changes" in page
    assert Webhook.objects.get().kept_secret not in page
    assert client.post(url["webhook-send-again"]).status_code == 302
    assert client.post(url["webhook-end"]).status_code == 302
    assert Webhook.objects.get().ended_at
    assert url["webhook"] in client.get(reverse("accounts:client", args=[made.pk])).content.decode()


def test_client_of_another_force_is_not_there(client, admin):
    made, _ = make_client(agency=make_agency(), scopes=SCOPES)
    client.force_login(admin)
    for name in PAGES:
        ask = client.get if name in PAGES[:2] else client.post
        assert ask(reverse(f"sharing:{name}", args=[made.pk])).status_code == 404
    client.force_login(make_user())
    assert client.get(reverse("sharing:webhook", args=[made.pk])).status_code == 403
