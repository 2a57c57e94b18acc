"""Planning meetings, agendas and invitations; which meetings somebody sees."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Notification
from audit.models import Event
from offenders.models import AgendaItem, Meeting
from offenders.services.meetings import (
    add_to_agenda,
    cancel_meeting,
    change_invitation,
    change_item,
    change_meeting,
    invite_again,
    invite_person,
    plan_meeting,
    withdraw_item,
)
from tests.factories import make_agency, make_exclusion, make_nominal, make_unit, make_user
from tests.offenders.making_meetings import chair_of, coordinator_of, make_invitation, make_item, make_meeting, make_minutes, soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal()


def plan(nominal, actor=None, **values):
    data = {"level": 2, "starts_at": soon(), "ends_at": soon(hours=1), "purpose": "review", **values}
    return plan_meeting(actor=actor or nominal.offender_manager, nominal=nominal, **data)


def test_a_meeting_is_planned_with_its_chair_and_manager_invited(nominal):
    chair = chair_of(nominal)
    item = plan(nominal, chair=chair, place="Room 4")
    assert {invitation.user for invitation in item.invitations.all()} == {chair, nominal.offender_manager}
    assert Notification.objects.get(recipient=chair).text == "Level 2 meeting planned"
    assert Event.objects.filter(nominal=nominal.pk, detail__act="Put on the agenda of a level 2 meeting").exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [({"starts_at": soon(-1), "ends_at": soon()}, "day"), ({"ends_at": soon(6)}, "ends"), ({"chair": "somebody"}, "chair")],
)
def test_a_meeting_is_in_the_future_ends_after_it_starts_and_is_led_by_a_chair(nominal, values, field):
    if "chair" in values:
        values = {"chair": make_user(unit=nominal.unit)}
    with pytest.raises(DomainError) as error:
        plan(nominal, **values)
    assert error.value.field == field
    assert not Meeting.objects.exists()


def test_level_1_has_no_meeting(nominal):
    with pytest.raises(IntegrityError, match="meeting_at_level_2_or_3"), transaction.atomic():
        make_meeting(nominal=nominal, level=1)


def test_several_people_share_a_meeting_each_once(nominal):
    other = make_nominal(unit=nominal.unit)
    item = plan(nominal)
    second = add_to_agenda(actor=coordinator_of(nominal), meeting=item.meeting, nominal=other, purpose="first")
    assert second.position == 2
    with pytest.raises(DomainError, match="on the agenda of this meeting already"):
        add_to_agenda(actor=coordinator_of(nominal), meeting=item.meeting, nominal=other, purpose="first")
    with pytest.raises(IntegrityError, match="agenda_item_once_a_meeting"), transaction.atomic():
        make_item(nominal=other, meeting=item.meeting)


def test_a_record_of_another_force_joins_no_meeting(nominal):
    other = make_nominal()
    boss = make_user(Role.SUPERVISOR, Role.MAPPA_COORDINATOR, unit=other.unit)
    meeting = plan(nominal).meeting
    with pytest.raises(NotPermitted):
        add_to_agenda(actor=boss, meeting=meeting, nominal=other, purpose="first")


def test_people_see_meetings_of_records_they_may_read(nominal):
    item = make_item(nominal=nominal)
    coordinator, stranger = coordinator_of(nominal), make_user(Role.MAPPA_COORDINATOR)
    assert list(Meeting.objects.for_user(coordinator)) == [item.meeting]
    assert not Meeting.objects.for_user(stranger).exists()
    assert not Meeting.objects.for_user(make_user(Role.CONTROL_ROOM, organisation=nominal.force)).exists()


def test_a_meeting_about_restricted_records_only_is_hidden_from_coordinators(nominal):
    restricted = make_nominal(unit=nominal.unit, is_restricted=True)
    mixed, hidden = make_meeting(nominal=nominal), make_meeting(nominal=restricted)
    shown = make_item(nominal=nominal, meeting=mixed)
    make_item(nominal=restricted, meeting=mixed)
    make_item(nominal=restricted, meeting=hidden)
    coordinator = coordinator_of(nominal)
    assert list(Meeting.objects.for_user(coordinator)) == [mixed]
    assert list(AgendaItem.objects.for_user(coordinator)) == [shown]
    make_exclusion(nominal=nominal, user=coordinator)
    assert not Meeting.objects.for_user(coordinator).exists()


def test_an_officer_arranges_only_meetings_that_are_all_theirs(nominal):
    own = make_item(nominal=nominal).meeting
    shared = make_item(nominal=nominal).meeting
    make_item(nominal=make_nominal(unit=make_unit(organisation=nominal.force)), meeting=shared)
    officer = nominal.offender_manager
    assert set(Meeting.objects.for_user(officer)) == {own, shared}
    assert list(Meeting.objects.for_user(officer, Perm.ARRANGE_MEETING)) == [own]
    assert set(Meeting.objects.for_user(coordinator_of(nominal), Perm.ARRANGE_MEETING)) == {own, shared}


def test_the_second_of_two_changes_is_told_and_the_invited_hear_of_the_first(nominal):
    item = make_item(nominal=nominal)
    coordinator, officer = coordinator_of(nominal), nominal.offender_manager
    make_invitation(item=item, user=officer)
    change_meeting(actor=coordinator, meeting=item.meeting, version=1, place="Room 9")
    assert Notification.objects.get(recipient=officer).text.startswith("A meeting you are invited to was changed")
    with pytest.raises(StaleRecord):
        change_meeting(actor=coordinator, meeting=item.meeting, version=1, place="Room 1")
    assert Meeting.objects.get().place == "Room 9"


def test_a_cancelled_meeting_stays_and_changes_no_more(nominal):
    item = make_item(nominal=nominal)
    cancel_meeting(actor=coordinator_of(nominal), meeting=item.meeting, reason="The chair is ill")
    for act in (
        lambda: cancel_meeting(actor=coordinator_of(nominal), meeting=item.meeting, reason="again"),
        lambda: change_meeting(actor=coordinator_of(nominal), meeting=item.meeting, version=2, place="x"),
        lambda: withdraw_item(actor=coordinator_of(nominal), item=item, reason="x"),
    ):
        with pytest.raises(DomainError, match="cancelled"):
            act()
    assert Meeting.objects.get().cancel_reason == "The chair is ill"


def test_a_person_taken_off_an_agenda_may_come_back(nominal):
    item = make_item(nominal=nominal)
    withdraw_item(actor=nominal.offender_manager, item=item, reason="In hospital")
    again = add_to_agenda(actor=nominal.offender_manager, meeting=item.meeting, nominal=nominal, purpose="review")
    assert again.pk != item.pk


def test_invitations_go_to_a_colleague_or_a_person_of_an_agency_once(nominal):
    item, officer, agency = make_item(nominal=nominal), nominal.offender_manager, make_agency(name="Northmere Homes")
    assert invite_person(actor=officer, item=item, agency=agency, person="J Marsh").who == "J Marsh, Northmere Homes"
    colleague = make_user(unit=nominal.unit)
    invite_person(actor=officer, item=item, user=colleague)
    assert Notification.objects.get(recipient=colleague).text == "You are invited to a level 2 meeting"
    wrong = [
        {"user": colleague},
        {"agency": agency, "person": "J Marsh"},
        {"person": "J Marsh"},
        {},
        {"user": colleague, "agency": agency, "person": "x"},
    ]
    for values in wrong:
        with pytest.raises(DomainError):
            invite_person(actor=officer, item=item, **values)
    assert item.invitations.count() == 2


def test_the_agenda_has_an_order_and_times(nominal):
    item, officer = make_item(nominal=nominal), nominal.offender_manager
    changed = change_item(actor=officer, item=item, version=1, position=3, purpose="exit", starts_at=time(11, 30))
    assert (changed.position, changed.starts_at, changed.version) == (3, time(11, 30), 2)
    with pytest.raises(StaleRecord):
        change_item(actor=officer, item=item, version=1, position=1, purpose="exit")
    with pytest.raises(NotPermitted):
        change_item(actor=chair_of(nominal), item=item, version=2, position=1, purpose="exit")


def test_everybody_of_the_last_meeting_who_holds_the_post_is_invited_again_once(nominal):
    last, item, officer = make_item(nominal=nominal, days=-30), make_item(nominal=nominal), nominal.offender_manager
    make_invitation(item=last, person="J Marsh")
    make_invitation(item=last, user=officer)
    make_invitation(item=last, person="Gone", left_on=localdate())
    assert invite_again(actor=officer, item=item) == 2
    assert invite_again(actor=officer, item=item) == 0
    assert {row.person for row in item.invitations.all()} == {"J Marsh", ""}
    with pytest.raises(DomainError, match="one by one"):
        invite_again(actor=officer, item=last)


def answer(invitation, attendance, version=1, **values):
    actor = invitation.nominal.offender_manager
    return change_invitation(actor=actor, invitation=invitation, version=version, attendance=attendance, **values)


def test_nobody_attends_before_the_meeting_and_the_second_editor_is_told(nominal):
    invitation = make_invitation(item=make_item(nominal=nominal))
    with pytest.raises(DomainError) as error:
        answer(invitation, "attended")
    assert error.value.field == "attendance"
    assert answer(invitation, "accepted", papers_sent_on=localdate()).version == 2
    with pytest.raises(StaleRecord):
        answer(invitation, "apologies")
    with pytest.raises(DomainError):
        answer(invitation, "accepted", version=2, left_on=localdate() + timedelta(days=1))


def test_attendance_is_fixed_once_minutes_are_submitted(nominal):
    invitation = make_invitation(item=make_item(nominal=nominal, days=-2))
    answer(invitation, "attended")
    make_minutes(item=invitation.item, state="submitted")
    with pytest.raises(DomainError, match="attendance cannot be changed"):
        answer(invitation, "absent", version=2)
    assert answer(invitation, "attended", version=2, left_on=localdate()).has_left


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.OPERATIONAL, Role.MAPP_CHAIR])
def test_others_arrange_nothing(nominal, role):
    actor, item = make_user(role, organisation=nominal.force), make_item(nominal=nominal)
    for act in (
        lambda: plan(nominal, actor=actor),
        lambda: add_to_agenda(actor=actor, meeting=item.meeting, nominal=nominal, purpose="review"),
        lambda: withdraw_item(actor=actor, item=item, reason="x"),
        lambda: change_meeting(actor=actor, meeting=item.meeting, version=1, place="x"),
        lambda: cancel_meeting(actor=actor, meeting=item.meeting, reason="x"),
        lambda: invite_person(actor=actor, item=item, user=actor),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert item.meeting.starts_at > now()
