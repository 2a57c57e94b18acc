"""After sharing: breaches of data, what came of it, and how well it was foreseen."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.models import Action
from sharing.choices.releases import ChangeKind
from sharing.models import AgencyChange, Answer, Release
from sharing.reports.releases import calibration
from sharing.services.aftermath import close_breach, record_outcome, report_breach
from sharing.services.releases import withdraw_release
from tests.factories import make_nominal, make_user
from tests.sharing.making_releases import sent

pytestmark = pytest.mark.django_db
WHAT = {"what_happened": "It went to a namesake", "who_has_it": "Another school", "contained": "They deleted it"}
CAME = dict.fromkeys(("media", "disorder", "underground", "harm", "victim", "family"), "no")


@pytest.fixture
def later(monkeypatch):
    """Move today on, as far as looks at what came are concerned."""

    def move(days):
        monkeypatch.setattr("sharing.services.aftermath.localdate", lambda at=None: localdate(at) if at else localdate() + timedelta(days))

    return move


def test_breach_withdraws_at_once_and_tells_data_protection():
    release = sent()
    found = now() - timedelta(hours=2)

    breach = report_breach(actor=release.sent_by, release=release, found_at=found, **WHAT)

    release.refresh_from_db()
    assert release.withdrawn_at
    assert AgencyChange.objects.filter(kind=ChangeKind.RELEASE_WITHDRAWN).count() == 1
    action = Action.objects.get(kind="sharing-breach", subject_id=breach.pk)
    assert (action.owner_role, action.late_from) == (Role.INFORMATION_GOVERNANCE, found + timedelta(hours=24))
    with pytest.raises(DomainError, match="open already"):
        report_breach(actor=release.sent_by, release=release, found_at=found, **WHAT)


def test_breach_of_what_was_withdrawn_keeps_its_reason():
    release = sent()
    withdraw_release(actor=release.sent_by, release=release, reason="Not needed")

    report_breach(actor=release.sent_by, release=release, found_at=now(), **WHAT)

    assert Release.objects.get().withdraw_reason == "Not needed"


def test_refused_breach_withdraws_nothing():
    release = sent()

    with pytest.raises(DomainError, match="empty"):
        report_breach(actor=release.sent_by, release=release, found_at=now(), **WHAT | {"contained": ""})
    assert Release.objects.get().withdrawn_at is None


def test_data_protection_closes_it_with_lessons():
    release = sent()
    breach = report_breach(actor=release.sent_by, release=release, found_at=now(), **WHAT)
    protector = make_user(Role.INFORMATION_GOVERNANCE, organisation=release.force, unit=release.decision.nominal.unit)

    with pytest.raises(NotPermitted):
        close_breach(actor=release.sent_by, breach=breach, outcome="Told the commissioner", lessons="Check the address")
    with pytest.raises(NotPermitted):
        close_breach(actor=make_user(Role.INFORMATION_GOVERNANCE), breach=breach, outcome="Told", lessons="Check")
    with pytest.raises(DomainError, match="empty"):
        close_breach(actor=protector, breach=breach, outcome="Told the commissioner", lessons=" ")
    closed = close_breach(actor=protector, breach=breach, outcome="Told the commissioner", lessons="Check the address")

    assert closed.closed_by == protector
    assert not Action.objects.waiting().filter(kind="sharing-breach").exists()
    with pytest.raises(DomainError, match="closed already"):
        close_breach(actor=protector, breach=breach, outcome="Again", lessons="Again")


def test_reporter_does_not_close():
    release = sent(make_nominal(offender_manager=make_user(Role.OFFENDER_MANAGER, Role.INFORMATION_GOVERNANCE)))
    breach = report_breach(actor=release.sent_by, release=release, found_at=now(), **WHAT)

    with pytest.raises(DomainError, match="somebody else"):
        close_breach(actor=release.sent_by, breach=breach, outcome="Fine", lessons="None")


def test_looks_come_when_they_are_due_and_once(later):
    release = sent()
    with pytest.raises(DomainError, match="7 days after"):
        record_outcome(actor=release.sent_by, release=release, days=7, text="Nothing", **CAME)
    later(7)

    record_outcome(actor=release.sent_by, release=release, days=7, text="Nothing", **CAME)

    assert not Action.objects.waiting().filter(kind="sharing-outcome-7").exists()
    assert Action.objects.waiting().filter(kind="sharing-outcome-28").exists()
    with pytest.raises(DomainError, match="already"):
        record_outcome(actor=release.sent_by, release=release, days=7, text="Nothing", **CAME)
    with pytest.raises(DomainError, match="28 days after"):
        record_outcome(actor=release.sent_by, release=release, days=28, text="Nothing", **CAME)


def test_unit_sees_what_it_foresaw_by_the_latest_look(later):
    nominal = make_nominal()
    boss = make_user(Role.SUPERVISOR, unit=nominal.unit)
    release = sent(nominal)
    Answer.objects.create(decision=release.decision, code="predicts_disorder", verdict="likely", answered_by=boss)
    Answer.objects.create(decision=release.decision, code="predicts_harm", verdict="unlikely", answered_by=boss)
    later(28)
    record_outcome(actor=release.sent_by, release=release, days=7, text="Nothing", **CAME)
    record_outcome(actor=release.sent_by, release=release, days=28, text="A brick", **CAME | {"disorder": "yes", "harm": "yes"})

    rows = calibration(boss)

    assert [tuple(row)[1:] for row in rows] == [(0, 0, 1, 0, 0), (1, 0, 0, 0, 0), (0, 0, 0, 0, 1), (0, 0, 0, 0, 1), (0, 0, 0, 0, 1)]
    assert [tuple(row)[1:] for row in calibration(make_user(Role.SUPERVISOR))] == [(0, 0, 0, 0, 0)] * 5
