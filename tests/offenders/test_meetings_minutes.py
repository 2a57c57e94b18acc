"""Minutes: drafted, submitted, approved by somebody else; their decision sets the level; a later version is approved again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from audit.models import Event
from offenders.choices.meetings import DecidedBy
from offenders.models import AgendaItem, MappaPeriod, Minutes
from offenders.reports.meetings import content_of
from offenders.rules.meetings import content_hash
from offenders.services.minutes import approve_minutes, return_minutes, save_minutes, submit_minutes
from offenders.services.operational import set_mappa
from tests.factories import make_agency, make_nominal, make_user
from tests.offenders.making_meetings import TEXTS, chair_of, make_invitation, make_item, make_minutes, make_restricted

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal()


@pytest.fixture
def item(nominal):
    return make_item(nominal=nominal, days=-7)


def review_day(item):
    return localdate(item.meeting.starts_at) + timedelta(days=60)


def draft(item, version=0, said=None, **texts):
    fresh = AgendaItem.objects.select_related("meeting", "nominal__offender_manager").get(pk=item.pk)
    return save_minutes(actor=fresh.nominal.offender_manager, item=fresh, version=version, said=said or {}, **texts)


def submitted(item, **changes):
    minutes = draft(item, **TEXTS | {"next_review_on": review_day(item)} | changes)
    return submit_minutes(actor=item.nominal.offender_manager, minutes=minutes)


def level_now(nominal):
    return MappaPeriod.objects.get(nominal=nominal, period__contains=localdate())


def test_a_draft_may_be_incomplete_and_owes_its_minutes(item):
    agency = make_agency()
    minutes = draft(item, said={agency.pk: "Keeps appointments"}, background="Out in January")
    assert (minutes.state, minutes.version, minutes.information.get().text) == ("draft", 1, "Keeps appointments")
    action = Action.objects.get(kind="mappa-minutes")
    assert (action.rule_code, action.starts_at) == ("minutes-level-2", item.meeting.ends_at)
    assert AgendaItem.objects.get().meeting.state == "held"


def test_the_second_of_two_writers_is_told(item):
    draft(item, background="First")
    with pytest.raises(StaleRecord):
        draft(item, background="Second")
    assert Minutes.objects.get().background == "First"
    assert draft(item, version=1, background="Third").version == 2


def test_minutes_wait_for_the_meeting_and_for_a_place_on_the_agenda(nominal):
    with pytest.raises(DomainError, match="once it has begun"):
        draft(make_item(nominal=nominal, days=2))
    withdrawn = make_item(nominal=nominal, days=-2, withdrawn_at=now(), withdraw_reason="In hospital")
    with pytest.raises(DomainError, match="taken off the agenda"):
        draft(withdrawn)
    cancelled = make_item(nominal=nominal, days=-3)
    type(cancelled.meeting).objects.filter(pk=cancelled.meeting_id).update(state="cancelled", cancel_reason="Snow")
    with pytest.raises(DomainError, match="was cancelled"):
        draft(cancelled)
    assert not Minutes.objects.exists()


def test_the_next_review_is_after_the_meeting_and_in_time(item):
    with pytest.raises(DomainError) as error:
        draft(item, next_review_on=localdate(item.meeting.starts_at) - timedelta(days=1))
    assert error.value.field == "next_review_on"
    with pytest.raises(DomainError, match="At level 3 the next review must be"):
        submitted(item, decided_level=3)


def test_submitting_names_what_is_missing(item):
    minutes = draft(item, **TEXTS | {"diversity": "n/a", "next_review_on": review_day(item)})
    with pytest.raises(DomainError, match="parts first: Diversity considerations"):
        submit_minutes(actor=item.nominal.offender_manager, minutes=minutes)
    assert Minutes.objects.get().state == "draft"


def test_approval_sets_the_level_from_the_day_of_the_meeting(nominal, item):
    minutes, chair = submitted(item), chair_of(nominal)
    approved = approve_minutes(actor=chair, minutes=minutes, version=minutes.version)
    period = level_now(nominal)
    assert (period.level, period.decided_by, period.decision, period.set_by) == (2, DecidedBy.MEETING, approved, chair)
    assert period.period.lower == localdate(item.meeting.starts_at)
    assert approved.content_hash == content_hash(content_of(approved))
    assert Action.objects.get(kind="mappa-minutes").state == "done"
    review = Action.objects.waiting().get(kind="mappa-review")
    assert localdate(review.due) == review_day(item)
    assert Event.objects.filter(nominal=nominal.pk, detail__act="Minutes approved").count() == 1


@pytest.mark.parametrize(("level", "category"), [(1, 1), (0, None)])
def test_a_meeting_lowers_the_level_or_ends_mappa(nominal, item, level, category):
    MappaPeriod.objects.filter(nominal=nominal).update(level=3)
    values = {"decided_level": level, "decided_category": category, "next_review_on": review_day(item) if level else None}
    minutes = submitted(item, **values)
    approve_minutes(actor=chair_of(nominal), minutes=minutes, version=minutes.version)
    assert level_now(nominal).level == (level or None)
    assert Action.objects.waiting().filter(kind="mappa-review").exists() == bool(level)


def test_a_level_raised_after_the_meeting_is_not_undone(nominal, item):
    minutes = submitted(item)
    set_mappa(actor=nominal.offender_manager, nominal=nominal, category=1, level=3, reason="Threats", starts_on=localdate())
    with pytest.raises(DomainError, match="after this meeting"):
        approve_minutes(actor=chair_of(nominal), minutes=minutes, version=minutes.version)
    assert (level_now(nominal).level, Minutes.objects.get().state) == (3, "submitted")


def test_nobody_approves_what_they_wrote(nominal, item):
    author = make_user(Role.OFFENDER_MANAGER, Role.MAPP_CHAIR, unit=nominal.unit)
    minutes = make_minutes(item=item, state="submitted", edited_by=author)
    with pytest.raises(DomainError, match="another chair must approve"):
        approve_minutes(actor=author, minutes=minutes, version=1)
    values = {"state": "approved", "approved_by": author, "approved_at": now(), "content_hash": "0" * 64}
    with pytest.raises(IntegrityError, match="minutes_not_approved_by_their_author"), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(**values)


def test_a_chair_approves_what_the_chair_has_read(nominal, item):
    minutes = submitted(item)
    with pytest.raises(StaleRecord):
        approve_minutes(actor=chair_of(nominal), minutes=minutes, version=minutes.version - 1)
    returned = return_minutes(actor=chair_of(nominal), minutes=minutes, version=minutes.version, reason="Say who visits")
    assert (returned.state, returned.return_reason) == ("draft", "Say who visits")
    with pytest.raises(StaleRecord):
        approve_minutes(actor=chair_of(nominal), minutes=minutes, version=returned.version)


def test_an_approved_version_stays_and_the_next_needs_approval(nominal, item):
    invitation = make_invitation(item=item)
    first = draft(item, said={invitation.agency_id: "Keeps appointments"}, **TEXTS | {"next_review_on": review_day(item)})
    make_restricted(minutes=first, recipients=(invitation,))
    submit_minutes(actor=nominal.offender_manager, minutes=first)
    first = approve_minutes(actor=chair_of(nominal), minutes=first, version=2)
    second = draft(item, background="Corrected")
    assert (second.number, second.risk_assessment, second.information.get().text) == (2, TEXTS["risk_assessment"], "Keeps appointments")
    assert list(second.restricted_items.get().recipients.all()) == [invitation]
    assert Minutes.objects.get(pk=first.pk).state == "approved", "until the next is approved"
    second = submit_minutes(actor=nominal.offender_manager, minutes=second)
    with pytest.raises(StaleRecord):
        draft(item, version=second.version, background="While the chair reads")
    approve_minutes(actor=chair_of(nominal), minutes=second, version=second.version)
    first.refresh_from_db()
    assert (first.state, first.background) == ("superseded", TEXTS["background"])
    assert first.content_hash == content_hash(content_of(first))
    assert MappaPeriod.objects.filter(nominal=nominal).count() == 2


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.OPERATIONAL, Role.SUPERVISOR, Role.MAPPA_COORDINATOR])
def test_only_chairs_of_the_force_approve(nominal, item, role):
    minutes = submitted(item)
    for actor in (make_user(role, unit=nominal.unit), make_user(Role.MAPP_CHAIR)):
        with pytest.raises(NotPermitted):
            approve_minutes(actor=actor, minutes=minutes, version=minutes.version)
    with pytest.raises(NotPermitted):
        save_minutes(actor=chair_of(nominal), item=item, version=minutes.version, said={}, background="x")
    assert approve_minutes(actor=chair_of(nominal), minutes=minutes, version=minutes.version).state == "approved"
