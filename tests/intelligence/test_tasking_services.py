"""Taskings from the draft to the end: who may read them when, what is refused, who reviews, which sheets they stand on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Action, Notification
from audit.models import Event
from intelligence.models import InformationReport, Tasking, TaskingReceipt, TaskingReview
from intelligence.reports.tasking import records_by_reference, results_of, review_due, sheet_for, sheets_for
from intelligence.services.information import start_report, submit_report
from intelligence.services.tasking import (
    change_tasking,
    confirm_sheet,
    end_tasking,
    expire_taskings,
    issue_tasking,
    put_on_sheets,
    raise_tasking,
    review_tasking,
    start_result,
    take_off_sheet,
)
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.intelligence.making_reports import make_bureau, make_draft
from tests.intelligence.making_taskings import WANTED, make_live, wanted

pytestmark = pytest.mark.django_db
TODAY = localdate()


def day(number):
    """So many days from today."""
    return localdate() + timedelta(days=number)


@pytest.fixture
def officer():
    return make_user(Role.OPERATIONAL)


@pytest.fixture
def raiser(officer):
    return make_bureau(officer.organisation)


@pytest.fixture
def colleague(raiser):
    return make_bureau(raiser.organisation)


@pytest.fixture
def tasking(raiser, officer):
    return make_live(actor=raiser, unit=officer.unit)


def reads(user, tasking):
    """Whether somebody may read it."""
    return Tasking.objects.for_user(user).filter(pk=tasking.pk).exists()


def expire(tasking):
    """Let its last day pass."""
    Tasking.objects.filter(pk=tasking.pk).update(starts_on=day(-9), ends_on=day(-1))


def test_a_draft_is_read_by_its_raiser_alone_and_a_live_one_by_bureau_and_unit(raiser, colleague, officer):
    draft = raise_tasking(actor=raiser, **wanted(unit=officer.unit))
    outsiders = [make_user(Role.OPERATIONAL, organisation=officer.organisation), make_bureau(make_unit().organisation)]
    assert [reads(user, draft) for user in (raiser, colleague, officer)] == [True, False, False]

    issue_tasking(actor=raiser, tasking=draft, version=draft.version)

    assert [reads(user, draft) for user in (raiser, colleague, officer, *outsiders)] == [True, True, True, False, False]
    assert Notification.objects.filter(recipient=officer).count() == 1


def test_a_supervisor_raises_their_own_and_reaches_no_others(officer, tasking):
    lead = make_user(Role.SUPERVISOR, organisation=officer.organisation)
    own = make_live(actor=lead, officer=officer, unit=None)

    assert list(Tasking.objects.for_user(lead, Perm.RAISE_TASKING)) == [own]
    assert reads(officer, own)
    assert not reads(make_user(Role.OPERATIONAL, unit=officer.unit), own)
    with pytest.raises(NotPermitted):
        end_tasking(actor=lead, tasking=tasking, version=tasking.version, ending="done", reason="Seen")


def test_others_raise_none(officer):
    with pytest.raises(NotPermitted):
        raise_tasking(actor=officer, **wanted(unit=officer.unit))


def test_whoever_may_not_know_of_a_record_does_not_get_the_tasking(raiser, colleague, officer):
    nominal = make_nominal(unit=officer.unit)
    for user in (colleague, officer):
        make_exclusion(nominal=nominal, user=user)
    tasking = make_live(actor=raiser, unit=officer.unit, nominals=[nominal])

    assert [reads(user, tasking) for user in (raiser, colleague, officer)] == [True, False, False]
    assert not Notification.objects.filter(recipient=officer).exists()
    put_on_sheets(actor=raiser, tasking=tasking, first=day(0), last=day(0), shifts=["early"])
    assert sheets_for(officer, day(0)) == []


def test_an_officer_who_may_not_know_of_a_record_cannot_be_tasked(raiser, officer):
    nominal = make_nominal(unit=officer.unit)
    make_exclusion(nominal=nominal, user=officer)
    draft = raise_tasking(actor=raiser, nominals=[nominal], **wanted(officer=officer))
    with pytest.raises(DomainError, match="cannot receive"):
        issue_tasking(actor=raiser, tasking=draft, version=draft.version)


def test_a_record_of_which_the_raiser_may_not_know_is_not_named(raiser, officer):
    nominal = make_nominal(unit=officer.unit)
    make_exclusion(nominal=nominal, user=raiser)
    assert records_by_reference(raiser, [nominal.reference.lower()]) == ([], [nominal.reference])
    with pytest.raises(NotPermitted):
        raise_tasking(actor=raiser, nominals=[nominal], **wanted(unit=officer.unit))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"requirement": "  "}, "requirement"),
        ({"reason": ""}, "reason"),
        ({"handling": ""}, "handling"),
        ({"level": "galaxy"}, "level"),
        ({"means": []}, "means"),
        ({"means": ["telepathy"]}, "means"),
        ({"starts_on": TODAY + timedelta(days=30)}, "ends_on"),
        ({"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"means": ["patrol", "surveillance"]}, "authority"),
        ({"means": ["surveillance"], "authority": "DS 17"}, "authority_until"),
        ({"authority_until": TODAY + timedelta(days=60)}, "authority"),
        ({"means": ["surveillance"], "authority": "DS 17", "authority_until": TODAY + timedelta(days=2)}, "ends_on"),
        ({"unit": None}, "unit"),
    ],
)
def test_what_is_missing_or_cannot_be_is_refused_at_its_field(raiser, officer, values, field):
    with pytest.raises(DomainError) as refused:
        raise_tasking(actor=raiser, **wanted(**({"unit": officer.unit} | values)))
    assert refused.value.field == field
    assert not Tasking.objects.exists()


def test_another_force_is_not_tasked(raiser):
    stranger = make_user(Role.OPERATIONAL)
    for values, field in (({"unit": stranger.unit}, "unit"), ({"officer": stranger}, "officer")):
        with pytest.raises(DomainError, match="your own force") as refused:
            raise_tasking(actor=raiser, **wanted(**values))
        assert refused.value.field == field


def test_surveillance_goes_with_an_authority_that_lasts(raiser, officer):
    made = make_live(actor=raiser, unit=officer.unit, means=["surveillance"], authority="DS 17", authority_until=day(25))
    with pytest.raises(DomainError, match="authority ends"):
        review_tasking(
            actor=make_bureau(raiser.organisation), tasking=made, version=made.version, outcome="extended", reason="On", ends_on=day(26)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Tasking.objects.filter(pk=made.pk).update(ends_on=day(26))


def test_a_draft_is_changed_and_a_live_one_is_not(raiser, officer):
    nominal = make_nominal(unit=officer.unit)
    draft = raise_tasking(actor=raiser, nominals=[nominal], **wanted(unit=officer.unit))
    changed = change_tasking(actor=raiser, tasking=draft, version=1, **wanted(officer=officer, requirement="Who drives the van"))
    assert (changed.requirement, changed.unit, changed.subjects.count()) == ("Who drives the van", None, 0)

    live = issue_tasking(actor=raiser, tasking=changed, version=changed.version)
    with pytest.raises(DomainError, match="live already"):
        change_tasking(actor=raiser, tasking=live, version=live.version, **wanted(unit=officer.unit))
    with pytest.raises(DomainError, match="meanwhile"):
        issue_tasking(actor=raiser, tasking=live, version=live.version)


def test_somebody_else_reviews_by_a_clock_and_the_next_clock_begins(raiser, colleague, tasking):
    first = Action.objects.waiting().get(kind="tasking-review")
    assert (first.owner_role, first.unit, review_due(tasking)) == (Role.INTELLIGENCE, None, first.late_from)
    with pytest.raises(DomainError, match="another officer"):
        review_tasking(actor=raiser, tasking=tasking, version=tasking.version, outcome="reviewed", reason="Still wanted")

    done = review_tasking(actor=colleague, tasking=tasking, version=tasking.version, outcome="extended", reason="Wanted", ends_on=day(40))

    assert (done.state, done.ends_on) == ("extended", day(40))
    second = Action.objects.waiting().get(kind="tasking-review")
    assert second.pk != first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskingReview.objects.create(tasking=done, raised_by=raiser, by=raiser, outcome="reviewed", reason="Mine", ends_on=day(40))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": "extended"}, "ends_on"),
        ({"outcome": "extended", "ends_on": TODAY + timedelta(days=20)}, "ends_on"),
        ({"outcome": "reviewed", "ends_on": TODAY + timedelta(days=30)}, "ends_on"),
        ({"outcome": "reviewed", "reason": " "}, "reason"),
        ({"outcome": "ended"}, "outcome"),
    ],
)
def test_a_review_says_what_it_found(colleague, tasking, said, field):
    with pytest.raises(DomainError) as refused:
        review_tasking(actor=colleague, tasking=tasking, version=tasking.version, **({"reason": "Why"} | said))
    assert refused.value.field == field


def test_the_raiser_or_the_bureau_ends_it_once_and_whoever_was_tasked_no_longer_reads_it(raiser, colleague, officer, tasking):
    ended = end_tasking(actor=colleague, tasking=tasking, version=tasking.version, ending="done", reason="He was seen")

    assert (ended.state, ended.ending, ended.end_reason, ended.ended_by) == ("ended", "done", "He was seen", colleague)
    assert [reads(user, ended) for user in (raiser, colleague, officer)] == [True, True, False]
    assert not Action.objects.waiting().filter(kind="tasking-review").exists()
    with pytest.raises(StaleRecord):  # with the version that both saw
        end_tasking(actor=raiser, tasking=tasking, version=tasking.version, ending="withdrawn", reason="Not wanted")
    with pytest.raises(DomainError, match="meanwhile"):
        end_tasking(actor=raiser, tasking=tasking, version=ended.version, ending="withdrawn", reason="Not wanted")


@pytest.mark.parametrize(("ending", "reason", "field"), [("expired", "Late", "ending"), ("done", " ", "reason")])
def test_an_end_is_one_that_people_may_say_and_says_why(raiser, tasking, ending, reason, field):
    with pytest.raises(DomainError) as refused:
        end_tasking(actor=raiser, tasking=tasking, version=tasking.version, ending=ending, reason=reason)
    assert refused.value.field == field


def test_what_has_passed_its_last_day_closes_at_once_and_expires_once(raiser, officer, tasking):
    stands = make_live(actor=raiser, unit=officer.unit, ends_on=day(0))
    expire(tasking)
    assert not reads(officer, tasking)

    assert [expire_taskings(actor=None), expire_taskings(actor=None)] == [1, 0]

    tasking.refresh_from_db()
    assert (tasking.state, tasking.ending, tasking.ended_by) == ("ended", "expired", None)
    assert list(Tasking.objects.for_doing_by(officer)) == [stands]
    assert Action.objects.waiting().filter(kind="tasking-review").count() == 1
    assert Notification.objects.filter(recipient=raiser, text__contains="expired").count() == 1


def test_it_stands_on_sheets_of_the_unit_and_each_reading_is_a_receipt(raiser, officer, tasking):
    assert put_on_sheets(actor=raiser, tasking=tasking, first=day(0), last=day(1), shifts=["early", "night"]) == 4
    assert put_on_sheets(actor=raiser, tasking=tasking, first=day(1), last=day(2), shifts=["early"]) == 1
    assert [sheet[:2] for sheet in sheets_for(officer, day(1))] == [(day(1), "early"), (day(1), "night"), (day(2), "early")]

    for _ in range(2):
        confirm_sheet(actor=officer, slots=sheet_for(officer, day(0), "night"))
    confirm_sheet(actor=raiser, slots=tasking.slots.all())  # who is not tasked leaves no receipt

    receipt = TaskingReceipt.objects.get()
    assert (receipt.user, receipt.slot.day, receipt.slot.shift) == (officer, day(0), "night")
    with pytest.raises(DomainError, match="stays"):
        take_off_sheet(actor=raiser, tasking=tasking, key=receipt.slot_id)
    take_off_sheet(actor=raiser, tasking=tasking, key=sheet_for(officer, day(2), "early")[0].pk)
    assert tasking.slots.count() == 4


@pytest.mark.parametrize(
    ("days", "shifts", "field"),
    [
        ((-1, 2), ["early"], "first"),
        ((2, 1), ["early"], "last"),
        ((0, 21), ["early"], "last"),
        ((0, 1), [], "shifts"),
        ((0, 1), ["noon"], "shifts"),
    ],
)
def test_sheets_are_of_days_on_which_it_is_live(raiser, tasking, days, shifts, field):
    with pytest.raises(DomainError) as refused:
        put_on_sheets(actor=raiser, tasking=tasking, first=day(days[0]), last=day(days[1]), shifts=shifts)
    assert refused.value.field == field


def test_a_result_is_a_report_that_keeps_the_tasking_and_shows_to_the_bureau_alone(raiser, officer, tasking):
    plain = start_report(actor=officer)
    report = start_result(actor=officer, tasking=tasking)
    assert (report.tasking, plain.tasking, start_result(actor=officer, tasking=tasking)) == (tasking, None, report)
    report.delete()
    sent = make_draft(author=officer)
    InformationReport.objects.filter(pk=sent.pk).update(tasking=tasking)
    assert results_of(raiser, tasking) == []

    submit_report(actor=officer, report=sent, version=sent.version)

    assert results_of(raiser, tasking) == [{"reference": sent.reference, "public_id": sent.public_id, "state": "Waits for the bureau"}]
    lead = make_user(Role.SUPERVISOR, unit=officer.unit)
    assert results_of(lead, tasking) == results_of(officer, tasking) == []


def test_no_result_is_begun_for_what_has_ended_or_is_not_theirs(raiser, officer, tasking):
    with pytest.raises(NotPermitted):
        start_result(actor=make_user(Role.OPERATIONAL, organisation=officer.organisation), tasking=tasking)
    end_tasking(actor=raiser, tasking=tasking, version=tasking.version, ending="withdrawn", reason="Not wanted")
    with pytest.raises(DomainError, match="not live"):
        start_result(actor=raiser, tasking=tasking)


def test_the_trail_keeps_no_word_of_it(raiser, tasking):
    end_tasking(actor=raiser, tasking=tasking, version=tasking.version, ending="done", reason="He was seen")
    events = list(Event.objects.values_list("detail", "reason"))
    assert events
    assert not [event for event in events if WANTED in str(event) or "seen" in str(event)]
