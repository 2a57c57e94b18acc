"""What other authorities were told, and the answer that is chased."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.models import Action
from offenders.models import AuthorityNotice
from offenders.services.authorities import record_answer, tell_authority
from tests.factories import make_agency, make_force, make_nominal, make_user

pytestmark = pytest.mark.django_db
DETAILS = {"recipient": "Duty desk", "channel": "phone", "about": "arrest", "text": "Arrested for theft.", "expected_action": ""}


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def told(officer, nominal, **more):
    values = {"agency": make_agency(), "told_at": now() - timedelta(minutes=5), "needs_answer": True, **DETAILS, **more}
    return tell_authority(actor=officer, nominal=nominal, **values)


def test_an_answer_is_chased_until_it_comes(officer, nominal):
    notice = told(officer, nominal)
    assert Action.objects.waiting().get().rule_code == "authority-reply"
    record_answer(actor=officer, notice=notice, answered_at=now(), answered_by="Duty desk", answer="Added a condition.")
    assert not Action.objects.waiting().exists()
    with pytest.raises(DomainError, match="already"):
        record_answer(actor=officer, notice=notice, answered_at=now(), answered_by="Duty desk", answer="Again.")


def test_nothing_is_chased_where_no_answer_is_expected(officer, nominal):
    told(officer, nominal, needs_answer=False)
    assert not Action.objects.exists()


@pytest.mark.parametrize("wrong", ["a force", "the future"])
def test_what_cannot_be_is_refused(wrong, officer, nominal):
    more = {"agency": make_force()} if wrong == "a force" else {"told_at": now() + timedelta(hours=1)}
    with pytest.raises(DomainError):
        told(officer, nominal, **more)


def test_only_the_team_records(officer, nominal):
    with pytest.raises(NotPermitted):
        told(make_user(Role.OPERATIONAL, unit=officer.unit), nominal)


def test_it_is_recorded_and_answered_in_the_browser(client, officer, nominal):
    client.force_login(officer)
    today = localdate()
    when = {"on_day": today.day, "on_month": today.month, "on_year": today.year, "at": "00:00"}
    tell = reverse("offenders:authority-tell", args=[nominal.reference])
    assert client.post(tell, {**when, **DETAILS, "agency": make_agency().pk, "needs_answer": "on"}).status_code == 302
    notice = AuthorityNotice.objects.get()
    page = reverse("offenders:authorities", args=[nominal.reference])
    assert "Waiting for an answer" in client.get(page).content.decode()
    answer = reverse("offenders:authority-answer", args=[nominal.reference, notice.public_id])
    assert client.post(answer, {**when, "answered_by": "Desk", "answer": "Recalled."}).status_code == 302
    assert "Recalled." in client.get(page).content.decode()
