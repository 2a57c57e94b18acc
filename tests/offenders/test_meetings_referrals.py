"""Referral to MAPPA and its screening."""

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action, Notification
from audit.models import Event
from offenders.choices.meetings import DecidedBy
from offenders.models import MappaPeriod, Referral
from offenders.services.referrals import refer_nominal, screen_referral
from tests.factories import make_nominal, make_user
from tests.offenders.making_meetings import coordinator_of, make_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal():
    return make_nominal()


def refer(nominal, actor=None, **values):
    data = {"agency": nominal.force, "basis": "registered", "level": 2, "reason": "Several agencies", **values}
    return refer_nominal(actor=actor or nominal.offender_manager, nominal=nominal, **data)


def screen(referral, actor, outcome="accepted", level=2, **values):
    data = {"starts_on": localdate(), "reason": "Meets the test", **values}
    return screen_referral(actor=actor, referral=referral, outcome=outcome, level=level, **data)


def test_a_referral_starts_the_clock_of_screening(nominal):
    referral = refer(nominal)
    action = Action.objects.get(kind="mappa-screening")
    assert (action.rule_code, action.owner_role, action.subject_id) == ("mappa-screening", Role.MAPPA_COORDINATOR, referral.pk)
    assert Event.objects.filter(nominal=nominal.pk, detail__act="Referred to MAPPA, level 2 proposed").count() == 1


def test_one_referral_waits_at_a_time(nominal):
    refer(nominal)
    with pytest.raises(DomainError, match="waits for screening already"):
        refer(nominal)
    with pytest.raises(IntegrityError, match="referral_one_waits"), transaction.atomic():
        make_referral(nominal=nominal)


def test_the_legal_basis_says_the_category_and_is_one_of_today(nominal):
    with pytest.raises(DomainError) as error:
        refer(nominal, basis="nonsense")
    assert error.value.field == "basis"
    with time_machine.travel("2021-03-01"), pytest.raises(DomainError):
        refer(nominal, basis="terrorist")
    assert refer(nominal, basis="terrorist").category == 4


def test_screening_sets_the_level_and_tells_whoever_referred(nominal):
    referral = refer(nominal)
    screen(referral, coordinator_of(nominal))
    period = MappaPeriod.objects.get(nominal=nominal, period__contains=localdate())
    assert (period.category, period.level, period.decided_by) == (1, 2, DecidedBy.SCREENING)
    assert Action.objects.get(kind="mappa-screening").state == "done"
    assert Notification.objects.filter(recipient=nominal.offender_manager, text__contains="Referral accepted at level 2").exists()


def test_declining_leaves_the_level(nominal):
    screened = screen(refer(nominal), coordinator_of(nominal), outcome="declined", level=None)
    assert (screened.outcome, screened.decided_level) == ("declined", None)
    assert MappaPeriod.objects.get(nominal=nominal).level == 1


def test_screening_cannot_lower_level_2_or_3(nominal):
    MappaPeriod.objects.filter(nominal=nominal).update(level=3)
    referral = refer(nominal)
    with pytest.raises(DomainError, match="Only a MAPP meeting"):
        screen(referral, coordinator_of(nominal), level=1)
    assert Referral.objects.get().outcome == "waiting"


def test_accepting_needs_a_level(nominal):
    with pytest.raises(DomainError) as error:
        screen(refer(nominal), coordinator_of(nominal), level=None)
    assert error.value.field == "level"


def test_whoever_refers_does_not_screen(nominal):
    referral = refer(nominal)
    with pytest.raises(DomainError, match="somebody else must screen"):
        screen(referral, nominal.offender_manager)
    values = {"outcome": "declined", "decided_by": referral.referred_by, "decided_at": now(), "decision_reason": "x"}
    with pytest.raises(IntegrityError, match="referral_screened_by_another"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**values)


def test_a_referral_is_screened_once(nominal):
    referral = refer(nominal)
    screen(referral, coordinator_of(nominal))
    with pytest.raises(StaleRecord, match="has screened this referral already"):
        screen(referral, coordinator_of(nominal), outcome="declined", level=None)


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.OPERATIONAL, Role.MAPP_CHAIR])
def test_others_neither_refer_nor_screen(nominal, role):
    actor = make_user(role, organisation=nominal.force)
    with pytest.raises(NotPermitted):
        refer(nominal, actor=actor)
    with pytest.raises(NotPermitted):
        screen(make_referral(nominal=nominal), actor)


def test_pages_refer_and_screen(nominal, client):
    client.force_login(nominal.offender_manager)
    data = {"agency": nominal.force_id, "basis": "registered", "level": 2, "reason": "Several agencies"}
    assert client.post(reverse("offenders:referral-new", args=[nominal.reference]), data).status_code == 302
    referral = Referral.objects.get()
    client.force_login(coordinator_of(nominal))
    url = reverse("offenders:referral-screen", args=[nominal.reference, referral.public_id])
    assert "Several agencies" in client.get(url).content.decode()
    today = localdate()
    day = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    assert client.post(url, {"outcome": "accepted", "level": 2, "reason": "Meets the test"} | day).status_code == 302
    page = client.get(reverse("offenders:meeting-list", args=[nominal.reference])).content.decode()
    assert "Level 2: regular multi-agency meetings" in page
    assert "Screening of a referral" in page
