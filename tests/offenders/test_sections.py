"""Pages of confidential sections and of emergency openings."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import row_security
from accounts.choices import Role
from audit.choices import Verb
from audit.models import Event
from offenders.models import BreakGlass, ConfidentialSection, SectionUserGrant
from tests.factories import make_exclusion, make_nominal, make_opening, make_section, make_section_grant, make_user

pytestmark = pytest.mark.django_db
SECRET = "Lives with an aunt in Millbrook"
NOTHING = "Nothing that you may see is held apart from the case file."
EMERGENCY = "A child is missing from home and was seen with this person"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def nominal(owner):
    return make_nominal(offender_manager=owner)


@pytest.fixture
def supervisor(owner):
    user = make_user(Role.SUPERVISOR, unit=owner.unit)
    user.set_password(PASSWORD)
    user.save()
    return user


def url_of(nominal, rest="confidential/"):
    return f"/nominals/{nominal.reference}/{rest}"


def page_of(client, user, nominal):
    client.force_login(user)
    response = client.get(url_of(nominal))
    assert response.status_code == 200
    return response.content.decode()


def without_changes(page):
    """Leave out what differs between any two requests."""
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_the_owner_reads_the_section_and_each_reading_is_recorded_without_text(client, nominal, owner):
    section = make_section(nominal=nominal, body=SECRET)
    assert SECRET in page_of(client, owner, nominal)
    read = Event.objects.filter(verb=Verb.VIEWED, actor=owner, nominal=nominal.pk).values_list("subject_type", "subject_id")
    assert set(read) == {("offenders.nominal", nominal.pk), ("offenders.confidentialsection", section.pk)}
    assert not Event.objects.filter(detail__icontains="Millbrook").exists()


def test_the_page_is_the_same_when_there_is_nothing_and_when_all_is_hidden(client, nominal, supervisor):
    with time_machine.travel(timezone.now(), tick=False):
        client.force_login(supervisor)
        before = client.get(url_of(nominal))
        make_section(nominal=nominal, body=SECRET)
        after = client.get(url_of(nominal))
    assert NOTHING in after.content.decode()
    assert without_changes(before.content.decode()) == without_changes(after.content.decode())
    assert {key: value for key, value in before.headers.items() if key != "X-Request-ID"} == {
        key: value for key, value in after.headers.items() if key != "X-Request-ID"
    }


def test_a_reader_sees_only_the_section_that_names_them(client, nominal, owner):
    hidden, shown = make_section(nominal=nominal, body="Kept from everybody"), make_section(nominal=nominal, body=SECRET)
    reader = make_user(organisation=owner.organisation)
    with row_security(owner):
        make_section_grant(section=shown, user=reader)
    page = page_of(client, reader, nominal)
    assert (SECRET in page, hidden.body in page) == (True, False)
    assert "Let a person read this" not in page


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.PRESS_OFFICER])
def test_roles_that_can_hold_no_grant_are_refused(client, nominal, role):
    client.force_login(make_user(role, organisation=nominal.force))
    assert client.get(url_of(nominal)).status_code == 403


def test_another_force_states_a_reason_first_and_the_excluded_find_nothing(client, nominal, owner):
    client.force_login(make_user())
    assert client.get(url_of(nominal)).headers["Location"] == url_of(nominal, "reason/view_card/")
    make_section(nominal=nominal, body=SECRET)
    assert SECRET in page_of(client, owner, nominal)
    make_exclusion(nominal=nominal, user=owner)
    client.force_login(owner)
    assert client.get(url_of(nominal)).status_code == 404


def test_a_section_is_added_in_the_browser(client, nominal, owner):
    client.force_login(owner)
    data = {"kind": "victim", "body": SECRET, "basis": "safeguarding", "lawful_basis": "Safeguarding", "handling": ""}
    data |= {"originator": "Victim liaison"}
    review = {"review_on_day": "1", "review_on_month": "6", "review_on_year": "2099"}
    past = client.post(url_of(nominal, "confidential/add/"), data | review | {"review_on_year": "2020"})
    assert past.status_code == 409
    assert SECRET in past.content.decode()
    assert client.post(url_of(nominal, "confidential/add/"), data | review).headers["Location"] == url_of(nominal)
    with row_security(owner):
        assert ConfidentialSection.objects.get().owner == owner


def test_the_owner_names_a_reader_and_ends_it_in_the_browser(client, nominal, owner):
    section, reader = make_section(nominal=nominal, body=SECRET), make_user(organisation=owner.organisation)
    day = timezone.localdate() + timedelta(days=7)
    data = {
        "user": reader.username,
        "reason": "Plans the visit",
        "expires_at_day": day.day,
        "expires_at_month": day.month,
        "expires_at_year": day.year,
    }
    client.force_login(owner)
    assert client.post(url_of(nominal, f"confidential/{section.public_id}/grant/"), data).headers["Location"] == url_of(nominal)
    grant = SectionUserGrant.objects.get()
    assert SECRET in page_of(client, reader, nominal)
    end = url_of(nominal, f"confidential/grants/{grant.public_id}/end/")
    assert client.post(end, {"reason": "I can do this myself"}).status_code == 403
    client.force_login(owner)
    assert reader.display_name in page_of(client, owner, nominal)
    assert client.post(end, {"reason": "The visit took place"}).headers["Location"] == url_of(nominal)
    assert SECRET not in page_of(client, reader, nominal)


def test_addresses_of_hidden_sections_and_grants_are_not_found(client, nominal, owner):
    section = make_section(nominal=nominal)
    with row_security(owner):
        grant = make_section_grant(section=section, user=make_user(organisation=owner.organisation))
    colleague = make_user(unit=owner.unit)
    paths = [f"confidential/{section.public_id}/grant/", f"confidential/grants/{grant.public_id}/end/"]
    client.force_login(owner)
    assert [client.get(url_of(nominal, path)).status_code for path in paths] == [200, 200]
    client.force_login(colleague)
    assert [client.get(url_of(nominal, path)).status_code for path in paths] == [404, 404]


def test_the_page_asks_the_database_no_more_for_more_sections(client, nominal, owner):
    client.force_login(owner)
    reader = make_user(organisation=owner.organisation)

    def add():
        section = make_section(nominal=nominal)
        with row_security(owner):
            make_section_grant(section=section, user=reader)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url_of(nominal)).status_code == 200
        return len(captured)

    add()
    client.get(url_of(nominal))
    few = queries()
    for _ in range(4):
        add()
    assert queries() == few


# Emergencies


def break_it(client, nominal, **changed):
    return client.post(url_of(nominal, "break-glass/"), {"reason": EMERGENCY, "life_at_risk": "on", "password": PASSWORD} | changed)


def test_breaking_the_glass_shows_the_sections_under_a_banner(client, nominal, supervisor):
    section = make_section(nominal=nominal, body=SECRET)
    assert SECRET not in page_of(client, supervisor, nominal)
    before = client.session.session_key
    assert break_it(client, nominal).headers["Location"] == url_of(nominal)
    assert client.session.session_key != before
    page = page_of(client, supervisor, nominal)
    assert [word for word in (SECRET, "Opened in an emergency until", "By emergency opening", "app-watermark") if word not in page] == []
    assert "Let a person read this" not in page
    assert Event.objects.filter(verb=Verb.VIEWED, subject_id=section.pk, actor=supervisor, detail__emergency=True).exists()


@pytest.mark.parametrize(
    "changed",
    [{"reason": "Life at risk"}, {"reason": ""}, {"life_at_risk": ""}, {"password": "wrong"}, {"password": ""}, {"reason": "x" * 501}],
)
def test_an_emergency_needs_a_reason_a_confirmation_and_the_password(client, nominal, supervisor, changed):
    client.force_login(supervisor)
    response = break_it(client, nominal, **changed)
    assert response.status_code == 422
    assert PASSWORD not in response.content.decode()
    assert not BreakGlass.objects.exists()


def test_a_wrong_password_is_recorded_and_ends_in_a_lock(client, nominal, supervisor):
    client.force_login(supervisor)
    answers = [break_it(client, nominal, password="wrong").status_code for _ in range(5)]
    assert answers[:4] == [422] * 4
    assert Event.objects.filter(verb=Verb.REFUSED, nominal=nominal.pk, detail__why="wrong password").count() >= 4
    break_it(client, nominal)
    assert not BreakGlass.objects.exists()


def test_the_page_does_not_say_whether_there_is_anything(client, nominal, supervisor):
    client.force_login(supervisor)
    before = client.get(url_of(nominal, "break-glass/")).content.decode()
    make_section(nominal=nominal)
    assert without_changes(client.get(url_of(nominal, "break-glass/")).content.decode()) == without_changes(before)


def test_the_owner_is_told_on_the_page_and_nobody_else(client, nominal, owner, supervisor):
    make_section(nominal=nominal, body=SECRET)
    make_opening(nominal=nominal, user=supervisor)
    told = f"{supervisor.display_name} opened this in an emergency"
    assert told in page_of(client, owner, nominal)
    assert told not in page_of(client, make_user(unit=owner.unit), nominal)


def test_the_auditor_of_the_force_reads_and_reviews(client, nominal, supervisor, owner):
    section = make_section(nominal=nominal, body=SECRET)
    client.force_login(supervisor)
    break_it(client, nominal)
    page_of(client, supervisor, nominal)
    opening = BreakGlass.objects.get()
    client.force_login(make_user(Role.AUDITOR, organisation=owner.organisation))
    listed = client.get("/emergency-openings/").content.decode()
    assert nominal.reference in listed
    assert EMERGENCY in listed
    review = f"/emergency-openings/{opening.public_id}/"
    page = client.get(review).content.decode()
    assert f"confidential section {section.pk}, open only by this emergency" in page
    assert [word for word in (SECRET, "Sample") if word in listed + page] == []
    assert client.post(review, {"was_justified": "", "note": ""}).status_code == 422
    assert client.post(review, {"was_justified": "no", "note": "The owner was on duty"}).headers["Location"] == "/emergency-openings/"
    assert client.post(review, {"was_justified": "yes", "note": "A second thought on it"}).status_code == 409
    opening.refresh_from_db()
    assert opening.was_justified is False
    assert client.get("/emergency-openings/?show=waiting").context["openings"] == []


def test_openings_are_hidden_from_everybody_else(client, nominal, supervisor, owner):
    opening = make_opening(nominal=nominal, user=supervisor)
    review = f"/emergency-openings/{opening.public_id}/"
    answers = {}
    for name, user in {
        "auditor": make_user(Role.AUDITOR, organisation=owner.organisation), "other auditor": make_user(Role.AUDITOR),
        "owner": owner, "breaker": supervisor, "administrator": make_user(Role.ADMINISTRATOR, organisation=owner.organisation),
    }.items():  # fmt: skip
        client.force_login(user)
        answers[name] = client.get(review).status_code
    assert answers == {"auditor": 200, "other auditor": 404, "owner": 403, "breaker": 403, "administrator": 403}


def test_an_auditor_finds_nothing_of_their_own(client, owner, nominal):
    both = make_user(Role.SUPERVISOR, Role.AUDITOR, unit=owner.unit)
    opening = make_opening(nominal=nominal, user=both)
    client.force_login(both)
    assert client.get(f"/emergency-openings/{opening.public_id}/").status_code == 404
    assert client.get("/emergency-openings/").context["openings"] == []
