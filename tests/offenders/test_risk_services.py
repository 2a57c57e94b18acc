"""Assessments: written, handed in, approved by somebody else; approval makes the level and lapses when the content changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action, Notification
from audit.models import Event
from offenders.choices.risk import SignOff
from offenders.models import Assessment, RiskPeriod
from offenders.services.assessments import (
    decide_assessment,
    revise_assessment,
    save_assessment,
    start_assessment,
    take_back_assessment,
    withdraw_assessment,
)
from offenders.services.operational import set_risk
from tests.factories import make_nominal, make_user
from tests.offenders.making_risk import a_tool, good_content, make_assessment, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def boss(officer):
    return make_user(Role.SUPERVISOR, unit=officer.unit)


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def approve(row, boss, **values):
    return decide_assessment(actor=boss, assessment=row, decision="approve", **{"version": row.version, **values})


def waiting(kind):
    return list(Action.objects.waiting().filter(kind=kind))


def test_a_draft_may_be_incomplete_and_handing_in_may_not(officer, nominal):
    tool = a_tool("osp-c")
    row = start_assessment(actor=officer, nominal=nominal, tool=tool, assessed_on=localdate(), occasion="recall")
    empty = good_content(tool, level_proposed=None, rationale="", at_risk=[], sources=[], scores={})
    row = save_assessment(actor=officer, assessment=row, version=1, **empty)
    assert (row.state, row.version) == (SignOff.DRAFT, 2)
    for name in ("level_proposed", "rationale", "at_risk", "sources"):
        with pytest.raises(DomainError) as error:
            save_assessment(actor=officer, assessment=row, version=2, is_submitted=True, **(good_content(tool) | {name: empty[name]}))
        assert error.value.field == name
    assert save_assessment(actor=officer, assessment=row, version=2, is_submitted=True, **good_content(tool)).state == SignOff.SUBMITTED


def test_another_level_than_the_tool_gives_needs_a_reason(officer, nominal):
    tool = a_tool("osp-c")
    with pytest.raises(DomainError, match="gives high") as error:
        make_submitted(nominal, tool="osp-c", level=2, scores={"band": 3})
    assert error.value.field == "difference_reason"
    Assessment.objects.all().delete()
    row = make_submitted(nominal, tool=tool.code, level=2, scores={"band": 3}, difference_reason="Very ill now")
    assert (row.level_given, row.level_proposed) == (3, 2)


def test_handing_in_asks_the_supervisors_of_the_unit(officer, boss, nominal):
    stranger = make_user(Role.SUPERVISOR)
    row = make_submitted(nominal)
    [action] = waiting("approval")
    assert (action.owner_unit, action.rule_code, action.subject_id) == (officer.unit, "approval", row.pk)
    assert set(Notification.objects.values_list("recipient", flat=True)) == {boss.pk}
    assert stranger.pk not in Notification.objects.values_list("recipient", flat=True)


def test_approval_sets_the_level_and_asks_for_the_next(officer, boss, nominal):
    set_risk(actor=officer, nominal=nominal, level=4, at_risk=["public"], reason="Urgent", starts_on=localdate() - timedelta(days=1))
    [asked] = waiting("assessment-after-change")
    assert asked.rule_code == "risk-after-change"
    row = approve(make_submitted(nominal, level=2), boss)
    assert (row.state, row.decided_by, row.approved_hash) == (SignOff.APPROVED, boss, row.content_hash)
    period = RiskPeriod.objects.get(nominal=nominal, period__contains=localdate())
    assert (period.level, period.at_risk, period.set_by, row.risk_period) == (2, ["children"], boss, period)
    assert row.tool.name in period.reason
    assert officer.display_name in period.reason
    assert [waiting(kind) for kind in ("assessment-after-change", "approval")] == [[], []]
    [due] = waiting("assessment-due")
    assert (due.rule_code, due.owner) == ("risk-review", officer)
    assert 360 < (due.late_from - now()).days < 370
    assert Notification.objects.filter(recipient=officer, text="Your risk assessment was approved").exists()
    assert RiskPeriod.objects.filter(nominal=nominal).count() == 3


def test_a_second_approval_supersedes_the_first_and_leaves_one_request(officer, boss, nominal):
    first = approve(make_submitted(nominal), boss)
    second = approve(make_submitted(nominal, level=4), boss)
    first.refresh_from_db()
    assert (first.state, second.state) == (SignOff.SUPERSEDED, SignOff.APPROVED)
    assert len(waiting("assessment-due")) == 1


def test_nobody_approves_their_own(boss, nominal):
    row = make_submitted(nominal, author=boss)
    with pytest.raises(DomainError, match="somebody else"):
        approve(row, boss)
    assert not RiskPeriod.objects.filter(nominal=nominal, level=row.level_proposed, set_by=boss).exists()
    assert approve(row, make_user(Role.SUPERVISOR, unit=boss.unit)).state == SignOff.APPROVED


def test_the_database_refuses_self_approval(nominal):
    row = make_assessment(nominal, SignOff.APPROVED)
    with pytest.raises(IntegrityError, match="assessment_not_decided_by_its_author"), transaction.atomic():
        Assessment.objects.filter(pk=row.pk).update(decided_by=row.author)
    with pytest.raises(IntegrityError, match="assessment_approved_wholly"), transaction.atomic():
        Assessment.objects.filter(pk=row.pk).update(approved_hash="")
    with pytest.raises(IntegrityError, match="assessment_one_approved_for_a_tool"), transaction.atomic():
        make_assessment(nominal, SignOff.APPROVED)
    with pytest.raises(IntegrityError, match="assessment_approved_with_level"), transaction.atomic():
        Assessment.objects.filter(pk=row.pk).update(level_proposed=None)


def test_returning_needs_reasons_and_lets_the_author_go_on(officer, boss, nominal):
    row = make_submitted(nominal)
    with pytest.raises(DomainError) as error:
        decide_assessment(actor=boss, assessment=row, version=row.version, decision="return", reasons=" ")
    assert error.value.field == "reasons"
    row = decide_assessment(actor=boss, assessment=row, version=row.version, decision="return", reasons="Say more of the new partner")
    assert (row.state, row.decision_reason, row.approved_hash) == (SignOff.RETURNED, "Say more of the new partner", "")
    assert waiting("approval") == []
    again = save_assessment(actor=officer, assessment=row, version=row.version, is_submitted=True, **good_content(row.tool))
    assert len(waiting("approval")) == 1
    assert approve(again, boss).state == SignOff.APPROVED


def test_a_changed_assessment_needs_a_new_approval(officer, boss, nominal):
    row = approve(make_submitted(nominal), boss)
    assert not row.has_lapsed
    with pytest.raises(DomainError):
        save_assessment(actor=officer, assessment=row, version=row.version, **good_content(row.tool, rationale="Other"))
    draft = revise_assessment(actor=officer, assessment=row)
    assert (draft.state, draft.replaces, draft.approved_hash, draft.rationale) == (SignOff.DRAFT, row, "", row.rationale)
    Assessment.objects.filter(pk=row.pk).update(rationale="Changed behind everybody's back")
    row.refresh_from_db()
    assert row.has_lapsed


def test_what_was_submitted_is_what_is_approved(boss, nominal):
    row = make_submitted(nominal)
    Assessment.objects.filter(pk=row.pk).update(rationale="Changed behind everybody's back")
    with pytest.raises(DomainError, match="not what was submitted"):
        approve(row, boss)


def test_who_reads_an_old_copy_decides_nothing(officer, boss, nominal):
    row = make_submitted(nominal)
    seen = row.version
    row = take_back_assessment(actor=officer, assessment=row)
    assert waiting("approval") == []
    row = save_assessment(actor=officer, assessment=row, version=row.version, is_submitted=True, **good_content(row.tool, rationale="New"))
    with pytest.raises(StaleRecord):
        approve(row, boss, version=seen)
    assert approve(row, boss).rationale == "New"


def test_only_the_author_writes(officer, boss, nominal):
    row = start_assessment(actor=officer, nominal=nominal, tool=a_tool(), assessed_on=localdate(), occasion="first")
    with pytest.raises(DomainError, match="is writing this"):
        save_assessment(actor=boss, assessment=row, version=1, **good_content(row.tool))
    with pytest.raises(DomainError, match="at work"):
        start_assessment(actor=boss, nominal=nominal, tool=a_tool(), assessed_on=localdate(), occasion="first")
    assert withdraw_assessment(actor=boss, assessment=row, reason="Left the unit").state == SignOff.WITHDRAWN
    assert start_assessment(actor=boss, nominal=nominal, tool=a_tool(), assessed_on=localdate(), occasion="first")


def test_readers_officers_and_strangers_are_refused(officer, boss, nominal):
    row = make_submitted(nominal)
    before = Event.objects.count()
    reader, stranger, colleague = make_user(Role.OPERATIONAL, unit=officer.unit), make_user(Role.SUPERVISOR), make_user(unit=officer.unit)
    for actor in (reader, stranger, colleague):
        with pytest.raises(NotPermitted):
            approve(row, actor)
    for actor in (reader, stranger):
        for act in (revise_assessment, take_back_assessment, lambda **given: withdraw_assessment(reason="x", **given)):
            with pytest.raises(NotPermitted):
                act(actor=actor, assessment=row)
        with pytest.raises(NotPermitted):
            start_assessment(actor=actor, nominal=nominal, tool=a_tool("arms"), assessed_on=localdate(), occasion="first")
        with pytest.raises(NotPermitted):
            save_assessment(actor=actor, assessment=row, version=row.version, **good_content(row.tool))
    assert Event.objects.count() == before
    approve(row, boss)
    acts = set(Event.objects.filter(actor=None, nominal=nominal.pk).values_list("detail__act", flat=True))
    assert {"Risk assessment started", "Risk assessment submitted for approval", "Risk assessment approved"} <= acts
