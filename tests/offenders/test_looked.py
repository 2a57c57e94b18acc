"""Who has looked at a record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.access import row_security
from accounts.choices import Role
from audit.choices import Verb
from audit.context import acting_as
from audit.models import Event
from audit.services import record_event
from tests.factories import make_nominal, make_section, make_section_grant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_user()


@pytest.fixture
def nominal(manager):
    return make_nominal(offender_manager=manager)


def url_of(nominal):
    return f"/nominals/{nominal.reference}/looked/"


def look(user, subject, verb=Verb.VIEWED, **detail):
    with acting_as(user, "web"):
        record_event(verb, subject, **detail)


def shown(client, user, nominal):
    """Return verb, actor and kind of the events on the page."""
    client.force_login(user)
    return [(event.verb, event.actor, event.subject) for event in client.get(url_of(nominal)).context["events"]]


def test_looks_from_every_force_show_with_the_reason(client, nominal, manager):
    stranger, other = make_user(Role.CONTROL_ROOM), make_nominal()
    look(stranger, nominal, Verb.STATED_REASON, reason="Dealing with an incident now: Call from a neighbour")
    look(stranger, nominal, page="CardPage")
    look(stranger, other, page="CardPage")
    client.force_login(manager)
    response = client.get(url_of(nominal))
    assert [event.verb for event in response.context["events"]] == [Verb.VIEWED, Verb.STATED_REASON]
    page = response.content.decode()
    assert [
        word for word in (stranger.display_name, stranger.organisation.name, "Call from a neighbour", "Viewed: card") if word not in page
    ] == []


def test_looking_is_a_look(client, nominal, manager):
    assert shown(client, manager, nominal) == []
    assert shown(client, manager, nominal) == [(Verb.VIEWED, manager, "nominal")]
    assert Event.objects.filter(nominal=nominal.pk, verb=Verb.VIEWED, detail__page="LookedPage").count() == 2


def test_events_on_sections_show_only_to_those_who_see_the_section(client, nominal, manager):
    colleague, reader = make_user(unit=manager.unit), make_user(unit=manager.unit)
    section = make_section(nominal=nominal)
    with row_security(manager):
        make_section_grant(section=section, user=reader)
    look(manager, section)
    look(manager, section, Verb.GRANTED, reason="Plans the visit")
    hidden = [(Verb.GRANTED, manager, "confidential section"), (Verb.VIEWED, manager, "confidential section")]
    assert shown(client, manager, nominal) == hidden
    assert shown(client, reader, nominal) == [(Verb.VIEWED, manager, "nominal"), *hidden]
    assert [event for event in shown(client, colleague, nominal) if event in hidden] == []


@pytest.mark.parametrize(
    ("role", "same_unit", "answer"),
    [
        (Role.SUPERVISOR, True, 200),
        (Role.OFFENDER_MANAGER, True, 200),
        (Role.SUPERVISOR, False, 403),
        (Role.CONTROL_ROOM, True, 403),
        (Role.AUDITOR, True, 404),
    ],
)
def test_who_may_see_it(client, nominal, role, same_unit, answer):
    client.force_login(make_user(role, **({"unit": nominal.unit} if same_unit else {})))
    assert client.get(url_of(nominal)).status_code == answer


def test_pages_follow_each_other_by_key_and_cost_the_same(client, nominal, manager):
    for _ in range(3):
        look(make_user(), nominal)
    client.force_login(manager)
    client.get(url_of(nominal))
    with CaptureQueriesContext(connection) as few:
        client.get(url_of(nominal))
    for _ in range(60):
        look(manager, nominal)
    with CaptureQueriesContext(connection) as many:
        first = client.get(url_of(nominal))
    assert len(many) == len(few)
    second = client.get(url_of(nominal), {"before": first.context["next_before"]})
    keys = [[event.pk for event in page.context["events"]] for page in (first, second)]
    assert len(keys[0]) == 50
    assert max(keys[1]) < min(keys[0])
