"""Pages of meetings and minutes, as people work through them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from icalendar import Calendar

from accounts.choices import Role
from offenders.choices.meetings import MinutesState
from offenders.models import AgendaItem, Meeting, MeetingAction, Minutes, RestrictedItem
from offenders.services.levels import raise_reviews
from tests.factories import make_agency, make_exclusion, make_nominal, make_user
from tests.offenders.making_meetings import (
    TEXTS,
    chair_of,
    coordinator_of,
    make_invitation,
    make_item,
    make_meeting,
    make_meeting_action,
    make_minutes,
    make_restricted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal(surname="Quillfeather")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def url(name, nominal, thing=None):
    return reverse(f"offenders:{name}", args=[nominal.reference, *([thing.public_id] if thing else [])])


def test_an_officer_plans_a_meeting_and_invites_an_agency(nominal):
    client, chair, agency = signed_in(nominal.offender_manager), chair_of(nominal), make_agency(name="Northmere Homes")
    day = localdate() + timedelta(days=10)
    data = {"purpose": "review", "level": 2, "starts": "10:00", "ends": "11.30", "held_as": "video", "chair": chair.pk}
    response = client.post(url("meeting-plan", nominal), data | parts("day", day))
    item = AgendaItem.objects.get()
    assert response["Location"] == url("agenda-item", nominal, item)
    assert f"{localtime(item.meeting.starts_at):%H:%M}" == "10:00"
    client.post(url("invitation-add", nominal, item), {"agency": agency.pk, "person": "J Marsh", "job": "Housing officer"})
    page = client.get(url("agenda-item", nominal, item)).content.decode()
    assert "J Marsh, Northmere Homes, Housing officer" in page
    assert chair.display_name in page


def test_bad_plans_come_back_with_what_was_typed(nominal):
    client = signed_in(nominal.offender_manager)
    data = {"purpose": "review", "level": 2, "starts": "10:00", "ends": "11:00", "held_as": "room", "place": "Room 4"}
    response = client.post(url("meeting-plan", nominal), data | parts("day", localdate() - timedelta(days=1)))
    assert response.status_code == 409
    assert "The meeting must start in the future" in response.content.decode()
    assert "Room 4" in response.content.decode()
    assert client.post(url("meeting-plan", nominal), data | {"starts": "late"}).status_code == 422
    assert not Meeting.objects.exists()


def minutes_data(item, version=0, **changes):
    texts = {**TEXTS, "confidentiality_read": "on", "version": version, **changes}
    return texts | parts("next_review_on", localdate(item.meeting.starts_at) + timedelta(days=60))


def test_minutes_from_draft_to_numbered_copy(nominal):
    item = make_item(nominal=nominal, days=-2)
    invited = make_invitation(item=item)
    officer, chair = signed_in(nominal.offender_manager), signed_in(chair_of(nominal))
    said = {f"agency_{invited.agency_id}": "Keeps appointments"}
    assert f"Information from {invited.agency.name}" in officer.get(url("minutes-edit", nominal, item)).content.decode()
    assert officer.post(url("minutes-edit", nominal, item), minutes_data(item) | said).status_code == 302
    assert officer.post(url("minutes-submit", nominal, item)).status_code == 302
    minutes = Minutes.objects.get()
    assert minutes.state == MinutesState.SUBMITTED
    home = chair.get("/").content.decode()
    assert "Minutes that wait for approval" in home
    assert nominal.reference in home
    assert chair.get(url("minutes-approve", nominal, item)).status_code == 200
    assert chair.post(url("minutes-approve", nominal, item), {"version": minutes.version}).status_code == 302
    page = officer.get(url("minutes", nominal, item)).content.decode()
    assert "Keeps appointments" in page
    assert "Issue a copy to A Kestrel" in page
    assert "differs from what was approved" not in page
    response = officer.post(url("minutes-copy", nominal, invited))
    assert response["Content-Type"] == "application/pdf"
    assert "Quillfeather" not in response["Content-Disposition"]
    assert "Copy" in officer.get(url("agenda-item", nominal, item)).content.decode()


def test_incomplete_minutes_say_what_is_missing(nominal):
    item = make_item(nominal=nominal, days=-2)
    client = signed_in(nominal.offender_manager)
    client.post(url("minutes-edit", nominal, item), minutes_data(item, diversity="n/a"))
    page = client.post(url("minutes-submit", nominal, item), follow=True).content.decode()
    assert "Complete these parts first: Diversity considerations" in page


def test_a_stale_draft_shows_what_is_stored_and_keeps_what_was_typed(nominal):
    item = make_item(nominal=nominal, days=-2)
    client = signed_in(nominal.offender_manager)
    client.post(url("minutes-edit", nominal, item), minutes_data(item, background="Stored first"))
    response = client.post(url("minutes-edit", nominal, item), minutes_data(item, background="Typed second"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Stored first" in page
    assert "Typed second" in page
    assert 'name="version" value="1"' in page


def test_text_that_changed_behind_the_approval_is_noticed(nominal):
    item = make_item(nominal=nominal, days=-2)
    make_minutes(item=item, state="approved")  # whose hash is not that of its text
    page = signed_in(nominal.offender_manager).get(url("minutes", nominal, item)).content.decode()
    assert "The text differs from what was approved" in page


def test_readers_see_approved_minutes_without_restricted_parts(nominal):
    item = make_item(nominal=nominal, days=-2)
    minutes = make_minutes(item=item, state="submitted", background="Draft words")
    partner = make_user(Role.SUPERVISOR)
    nominal.partnerships.create(force=partner.organisation, unit=partner.unit, reason="Works there")
    client = signed_in(partner)
    assert "Draft words" not in client.get(url("minutes", nominal, item)).content.decode()
    Minutes.objects.all().delete()
    minutes = make_minutes(item=item, state="approved", background="Approved words")
    make_restricted(minutes=minutes, text="Kingfisher Terrace")
    page = client.get(url("minutes", nominal, item)).content.decode()
    assert "Approved words" in page
    assert "Kingfisher" not in page
    assert "Kingfisher" in signed_in(nominal.offender_manager).get(url("minutes", nominal, item)).content.decode()


def test_restricted_parts_and_actions_are_added_and_closed(nominal):
    item = make_item(nominal=nominal, days=-2)
    make_minutes(item=item)
    invited = make_invitation(item=item)
    client = signed_in(nominal.offender_manager)
    client.post(url("restricted-item-add", nominal, item), {"text": "Kingfisher", "reason": "Safety", "recipients": [invited.pk]})
    part = RestrictedItem.objects.get()
    client.post(url("restricted-item-remove", nominal, part), {"reason": "Known to all"})
    assert not RestrictedItem.objects.exists()
    due = parts("due_on", localdate() + timedelta(days=9))
    client.post(url("meeting-action-add", nominal, item), {"text": "Find a bed", "agency_owner": invited.pk} | due)
    action = MeetingAction.objects.get()
    assert "Find a bed" in client.get(url("agenda-paper", nominal, item)).content.decode()
    assert client.post(url("meeting-action-close", nominal, action), {"outcome": "Room found"}).status_code == 302
    assert "Done: Room found" in client.get(url("meeting-list", nominal)).content.decode()


def test_calendar_files_hold_references_and_no_names(nominal):
    item = make_item(nominal=nominal)
    client = signed_in(nominal.offender_manager)
    answer = client.get(url("agenda-file", nominal, item)).content
    event = Calendar.from_ical(answer).walk("VEVENT")[0]
    assert (event["SUMMARY"], event["CLASS"]) == (f"Level 2 meeting, {nominal.reference}", "PRIVATE")
    assert b"VTIMEZONE" in answer
    assert b"Quillfeather" not in answer
    day = client.get(reverse("offenders:meeting-file", args=[item.meeting.public_id])).content
    assert nominal.reference.encode() not in day


def test_the_month_says_what_lacks_and_which_reviews_are_due(nominal):
    make_item(nominal=nominal, meeting=make_meeting(nominal=nominal, starts_at=now() + timedelta(minutes=1)))
    nominal.mappa_periods.update(level=2)
    type(nominal).objects.update(created_at=now() - timedelta(days=300))
    raise_reviews(actor=None, today=localdate())
    client = signed_in(coordinator_of(nominal))
    page = client.get("/", follow=True).content.decode()
    for words in ("No chair", "No agency invited", nominal.reference, f"MAPPA level 2 review due, {nominal.reference}", "Overdue"):
        assert words in page
    assert client.get("/meetings/?month=1999-13").status_code == 200
    assert nominal.reference not in client.get("/meetings/?month=2001-01").content.decode().split("Reviews to arrange")[0]


def test_a_coordinator_moves_a_meeting_adds_somebody_and_cancels(nominal):
    item, other = make_item(nominal=nominal), make_nominal(unit=nominal.unit)
    client, meeting = signed_in(coordinator_of(nominal)), item.meeting
    day = localdate() + timedelta(days=20)
    form = {"starts": "14:00", "ends": "15:00", "held_as": "room", "place": "Room 9", "version": 1} | parts("day", day)
    change = reverse("offenders:meeting-change", args=[meeting.public_id])
    assert client.get(change).status_code == 200
    assert client.post(change, form).status_code == 302
    assert client.post(change, form).status_code == 409
    agenda = reverse("offenders:meeting-agenda", args=[meeting.public_id])
    assert client.post(agenda, {"reference": "V-999999", "purpose": "first"}).status_code == 409
    assert client.post(agenda, {"reference": other.reference.lower(), "purpose": "first", "starts_at": "14:30"}).status_code == 302
    page = client.get(reverse("offenders:meeting", args=[meeting.public_id])).content.decode()
    assert other.reference in page
    assert "Room 9" in page
    client.post(reverse("offenders:meeting-cancel", args=[meeting.public_id]), {"reason": "Snow"})
    assert Meeting.objects.get().state == "cancelled"


def test_what_is_hidden_is_not_found(nominal):
    item = make_item(nominal=nominal, days=-2)
    minutes = make_minutes(item=item)
    things = {"agenda-item": item, "minutes": item, "minutes-edit": item, "restricted-item-remove": make_restricted(minutes=minutes)}
    things |= {"invitation-change": make_invitation(item=item), "meeting-action-close": make_meeting_action(item=item)}
    officer = nominal.offender_manager
    assert {signed_in(officer).get(url(name, nominal, thing)).status_code for name, thing in things.items()} == {200}
    make_exclusion(nominal=nominal, user=officer)
    assert {signed_in(officer).get(url(name, nominal, thing)).status_code for name, thing in things.items()} == {404}
    other = make_nominal(offender_manager=officer)
    assert {signed_in(officer).get(url(name, other, thing)).status_code for name, thing in things.items()} == {404}
    assert signed_in(officer).get(reverse("offenders:meeting", args=[item.meeting.public_id])).status_code == 404


def test_leaving_mappa_from_level_1_and_not_from_level_2(nominal):
    client = signed_in(nominal.offender_manager)
    data = {"reason": "Notification period over", "version": 1} | parts("starts_on", localdate())
    nominal.mappa_periods.update(level=2)
    page = client.post(url("mappa-exit", nominal), data)
    assert page.status_code == 409
    assert "Only a MAPP meeting" in page.content.decode()
    nominal.mappa_periods.update(level=1)
    assert client.post(url("mappa-exit", nominal), data).status_code == 302
    assert "Not under MAPPA" in client.get(url("meeting-list", nominal)).content.decode()
