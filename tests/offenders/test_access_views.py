"""The page of people who can see a record, and its forms."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import may
from accounts.choices import Role
from accounts.permissions import Perm
from audit.choices import Verb
from audit.models import Event
from offenders.models import Exclusion, NominalUserGrant, Partnership
from tests.factories import make_exclusion, make_grant, make_nominal, make_partnership, make_reason, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor():
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def nominal(supervisor):
    return make_nominal(offender_manager=make_user(unit=supervisor.unit))


def url_of(nominal, rest=""):
    return f"/nominals/{nominal.reference}/people/{rest}"


def last_day(days):
    """Return the three boxes of a date."""
    day = timezone.localdate() + timedelta(days=days)
    return {"expires_at_day": day.day, "expires_at_month": day.month, "expires_at_year": day.year}


def test_the_page_names_everybody_with_an_exception_and_is_recorded(client, nominal, supervisor):
    people = [make_user(organisation=nominal.force) for _ in range(3)]
    make_grant(nominal=nominal, user=people[0])
    make_reason(nominal=nominal, user=people[1])
    make_exclusion(nominal=nominal, user=people[2])
    partnership = make_partnership(nominal=nominal, force=make_unit().organisation)
    client.force_login(supervisor)
    page = client.get(url_of(nominal)).content.decode()
    assert [person for person in people if person.display_name not in page] == []
    assert partnership.force.name in page
    assert Event.objects.filter(verb=Verb.VIEWED, nominal=nominal.pk, actor=supervisor, detail__page="PeoplePage").count() == 1


def queries_of(client, url):
    """Return how many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_page_asks_the_database_no_more_for_more_people(client, nominal, supervisor):
    client.force_login(supervisor)
    client.get(url_of(nominal))
    make_grant(nominal=nominal, user=make_user(unit=nominal.unit))
    few = queries_of(client, url_of(nominal))
    for _ in range(5):
        make_grant(nominal=nominal, user=make_user(unit=nominal.unit))
        make_reason(nominal=nominal, user=make_user(unit=nominal.unit))
        make_exclusion(nominal=nominal, user=make_user(unit=nominal.unit))
        make_partnership(nominal=nominal, force=make_unit().organisation, unit=None)
    assert queries_of(client, url_of(nominal)) == few


def test_who_may_open_the_page(client, nominal, supervisor):
    stranger = make_user()
    answers = {}
    for name, user in {
        "manager": nominal.offender_manager, "supervisor": supervisor, "of the unit": make_user(unit=nominal.unit),
        "control room": make_user(Role.CONTROL_ROOM), "auditor": make_user(Role.AUDITOR), "stranger": stranger,
    }.items():  # fmt: skip
        client.force_login(user)
        answers[name] = client.get(url_of(nominal)).status_code
    assert answers == {"manager": 200, "supervisor": 200, "of the unit": 403, "control room": 403, "auditor": 404, "stranger": 403}


def test_a_grant_is_given_and_ended_in_the_browser(client, nominal):
    user = make_user(organisation=nominal.force)
    client.force_login(nominal.offender_manager)
    data = {"user": user.username, "permission": "view_case_file", "reason": "Joint operation in May", **last_day(7)}
    assert client.post(url_of(nominal, "grant/"), data).headers["Location"] == url_of(nominal)
    grant = NominalUserGrant.objects.get()
    assert timezone.localtime(grant.expires_at).strftime("%H:%M") == "00:00"
    assert may(user, Perm.VIEW_CASE_FILE, nominal)
    end = url_of(nominal, f"grants/{grant.public_id}/end/")
    assert client.get(end).status_code == 200
    assert client.post(end, {"reason": "The operation ended"}).headers["Location"] == url_of(nominal)
    assert not NominalUserGrant.objects.exists()


@pytest.mark.parametrize(
    ("changed", "target"),
    [
        ({"user": "nobody-of-that-name"}, "id_user"),
        ({"user": "x\x00"}, "id_user"),
        ({"user": "x" * 5000}, "id_user"),
        ({"permission": "change_record"}, "id_permission_0"),
        ({"expires_at_day": "31", "expires_at_month": "2"}, "id_expires_at_day"),
        ({"expires_at_year": "9999", "expires_at_day": "31", "expires_at_month": "12"}, "id_expires_at_day"),
        ({"reason": "short"}, "id_reason"),
    ],
)
def test_a_poor_grant_comes_back_with_an_error_at_its_field(client, nominal, changed, target):
    user = make_user(organisation=nominal.force)
    client.force_login(nominal.offender_manager)
    data = {"user": user.username, "permission": "view_card", "reason": "Joint operation in May", **last_day(7)}
    response = client.post(url_of(nominal, "grant/"), data | changed)
    assert response.status_code in {409, 422}
    assert f'href="#{target}"' in response.content.decode()
    assert not NominalUserGrant.objects.exists()


def test_the_picker_does_not_tell_people_of_other_forces_from_missing_ones(client, nominal):
    client.force_login(nominal.offender_manager)
    data = {"permission": "view_card", "reason": "Joint operation in May", **last_day(7)}
    pages = [client.post(url_of(nominal, "grant/"), data | {"user": name}).content.decode() for name in (make_user().username, "missing")]
    assert all("No active account that you can choose has this username" in page for page in pages)


def test_a_supervisor_excludes_a_person_and_ends_it_in_the_browser(client, nominal, supervisor):
    user = make_user()
    client.force_login(supervisor)
    assert client.post(url_of(nominal, "exclude/"), {"user": user.username, "reason": "Neighbour of the family"}).status_code == 302
    exclusion = Exclusion.objects.get()
    assert not may(user, Perm.VIEW_MARKER, nominal)
    assert client.post(url_of(nominal, f"exclusions/{exclusion.public_id}/end/"), {"reason": "Moved away in June"}).status_code == 302
    assert may(user, Perm.VIEW_MARKER, nominal)


def test_the_managing_officer_sees_exclusions_and_cannot_make_or_end_them(client, nominal):
    exclusion = make_exclusion(nominal=nominal, user=make_user())
    client.force_login(nominal.offender_manager)
    assert exclusion.user.display_name in client.get(url_of(nominal)).content.decode()
    assert client.get(url_of(nominal, "exclude/")).status_code == 403
    assert client.post(url_of(nominal, f"exclusions/{exclusion.public_id}/end/"), {"reason": "I want to end it"}).status_code == 403


def test_excluding_the_manager_says_what_to_do_first(client, nominal, supervisor):
    client.force_login(supervisor)
    response = client.post(url_of(nominal, "exclude/"), {"user": nominal.offender_manager.username, "reason": "Related to the person"})
    assert response.status_code == 409
    assert "Allocate it to another manager first" in response.content.decode()


def test_somebody_who_excludes_themselves_is_led_home(client, nominal, supervisor):
    client.force_login(supervisor)
    response = client.post(url_of(nominal, "exclude/"), {"user": supervisor.username, "reason": "My own relative, declared"})
    assert response.headers["Location"] == "/"
    assert client.get(url_of(nominal)).status_code == 404


def test_a_partnership_is_added_and_ended_in_the_browser(client, nominal, supervisor):
    unit = make_unit()
    client.force_login(supervisor)
    assert nominal.force.name not in str(client.get(url_of(nominal, "partner/")).context["form"]["force"])
    data = {"force": unit.organisation.pk, "unit": unit.pk, "reason": "Works in their area"}
    assert client.post(url_of(nominal, "partner/"), data).headers["Location"] == url_of(nominal)
    partnership = Partnership.objects.get()
    assert may(make_user(unit=unit), Perm.VIEW_CASE_FILE, nominal)
    assert client.post(url_of(nominal, f"partnerships/{partnership.pk}/end/"), {"reason": "Moved back in May"}).status_code == 302
    assert not may(make_user(unit=unit), Perm.VIEW_CASE_FILE, nominal)


def test_rows_of_another_record_are_not_found_through_this_one(client, nominal, supervisor):
    other = make_nominal(unit=nominal.unit)
    grant, exclusion = make_grant(nominal=other, user=make_user()), make_exclusion(nominal=other, user=make_user())
    partnership = make_partnership(nominal=other, force=make_unit().organisation)
    client.force_login(supervisor)
    for rest in (f"grants/{grant.public_id}/end/", f"exclusions/{exclusion.public_id}/end/", f"partnerships/{partnership.pk}/end/"):
        assert client.get(url_of(other, rest)).status_code == 200
        assert client.get(url_of(nominal, rest)).status_code == 404
