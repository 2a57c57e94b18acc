"""The page that asks for a reason before a record outside one's own work opens."""

import pytest
import time_machine

from accounts.choices import Role
from accounts.permissions import Perm
from audit.choices import Verb
from audit.models import Event
from offenders.models import StatedReason
from tests.factories import make_birth, make_exclusion, make_nominal, make_reason, make_user
from tests.safety.test_hidden_records import body

pytestmark = pytest.mark.django_db
ANSWER = {"category": "incident", "text": "Call from a neighbour about this person"}


def url_of(nominal, permission="view_card"):
    return f"/nominals/{nominal.reference}/reason/{permission}/"


@pytest.fixture
def nominal():
    record = make_nominal(surname="Archer", given_names="Arthur", offender_manager=make_user(phone="01632 960200"))
    make_birth(nominal=record, year=1971, month=3, day=14)
    return record


def test_the_page_shows_the_marker_and_nothing_of_the_person(client, nominal):
    client.force_login(make_user(Role.CONTROL_ROOM))
    page = client.get(url_of(nominal)).content.decode()
    marker = [
        nominal.reference,
        nominal.force.name,
        nominal.unit.name,
        nominal.unit.phone,
        nominal.offender_manager.display_name,
        "01632 960200",
    ]
    assert [word for word in marker if word.replace("'", "&#x27;") not in page] == []
    assert [word for word in ("Archer", "Arthur", "1971", "High risk", "coaching", "MAPPA") if word in page] == []


def test_from_the_card_to_the_reason_to_the_card(client, nominal):
    user = make_user(Role.CONTROL_ROOM)
    client.force_login(user)
    card = f"/nominals/{nominal.reference}/card/"
    assert client.get(card).headers["Location"] == url_of(nominal)
    assert client.post(url_of(nominal), ANSWER).headers["Location"] == card
    assert client.get(card).status_code == 200
    assert client.get(url_of(nominal)).headers["Location"] == card
    stated = StatedReason.objects.get()
    assert (stated.user, stated.nominal, stated.permission) == (user, nominal, Perm.VIEW_CARD)
    assert Event.objects.filter(verb=Verb.STATED_REASON, nominal=nominal.pk, actor=user, acting_role=Role.CONTROL_ROOM).count() == 1


def test_after_eight_hours_the_reason_is_asked_again(client, nominal):
    user = make_user(Role.CONTROL_ROOM)
    client.force_login(user)
    client.post(url_of(nominal), ANSWER)
    expires_at = StatedReason.objects.get().expires_at
    client.logout()
    with time_machine.travel(expires_at, tick=False):
        client.force_login(user)
        assert client.get(f"/nominals/{nominal.reference}/card/").headers["Location"] == url_of(nominal)
        assert client.get(url_of(nominal)).status_code == 200


def test_a_colleague_of_the_force_states_a_reason_for_the_case_file(client, nominal):
    client.force_login(make_user(Role.OPERATIONAL, organisation=nominal.force))
    overview = f"/nominals/{nominal.reference}/"
    assert client.get(overview).headers["Location"] == url_of(nominal, "view_case_file")
    assert client.post(url_of(nominal, "view_case_file"), ANSWER).headers["Location"] == overview
    assert client.get(overview).status_code == 200


@pytest.mark.parametrize(
    "missing",
    [
        {"category": ""},
        {"category": "nonsense"},
        {"text": ""},
        {"text": "too short"},
        {"text": "x" * 501},
        {"text": "Call from\x00 a neighbour"},
    ],
)
def test_a_poor_answer_comes_back_with_what_was_typed(client, nominal, missing):
    client.force_login(make_user(Role.CONTROL_ROOM))
    response = client.post(url_of(nominal), ANSWER | missing)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert not StatedReason.objects.exists()


def test_where_no_reason_helps_there_is_no_such_page(client, nominal):
    restricted = make_nominal(offender_manager=nominal.offender_manager, is_restricted=True)
    outsider = make_user(Role.OPERATIONAL)
    excluded = make_user(Role.OPERATIONAL, organisation=nominal.force)
    make_exclusion(nominal=nominal, user=excluded)
    asked = [
        (outsider, restricted, "view_card"),
        (outsider, nominal, "view_case_file"),
        (excluded, nominal, "view_card"),
        (outsider, nominal, "change_record"),
    ]
    for user, record, permission in asked:
        client.force_login(user)
        assert client.get(url_of(record, permission)).status_code == 404
        assert client.post(url_of(record, permission), ANSWER).status_code == 404


def test_hidden_and_missing_records_answer_alike(client, nominal):
    restricted = make_nominal(offender_manager=nominal.offender_manager, is_restricted=True)
    client.force_login(make_user(Role.CONTROL_ROOM))
    hidden, missing = client.get(url_of(restricted)), client.get("/nominals/V-999999/reason/view_card/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert body(hidden).replace(restricted.reference, "") == body(missing).replace("V-999999", "")


def test_lapsed_training_is_said_instead_of_asking(client, nominal):
    client.force_login(make_user(Role.OPERATIONAL, organisation=nominal.force, trained_until=None))
    response = client.get(url_of(nominal, "view_case_file"))
    assert response.status_code == 403
    assert "training" in response.content.decode()


def test_a_reason_of_another_person_opens_nothing(client, nominal):
    make_reason(nominal=nominal, user=make_user(Role.CONTROL_ROOM))
    client.force_login(make_user(Role.CONTROL_ROOM))
    assert client.get(f"/nominals/{nominal.reference}/card/").headers["Location"] == url_of(nominal)


@pytest.mark.parametrize("reference", ["%00", "V-000417%00", "x" * 3000, "%F0%9F%98%80"])
def test_nonsense_in_the_address_is_not_found(client, reference):
    client.force_login(make_user(Role.CONTROL_ROOM))
    assert client.get(f"/nominals/{reference}/reason/view_card/").status_code == 404
