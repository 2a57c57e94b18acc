"""Reviews of retention, holds and disposal: who may do what, what is refused, and what stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.models import Action
from governance.choices.retention import Criterion
from governance.models import Disposal, LegalHold, Retention, RetentionReview, RetentionRule
from governance.reports.retention import obstacles, standing
from governance.services.disposal import dispose
from governance.services.retention import (
    ask_for_review,
    change_retention_rule,
    raise_retention_reviews,
    set_higher_group,
)
from governance.services.retention_holds import lift_hold, place_hold
from governance.services.retention_reviews import approve, give_back, propose
from offenders.models import Conviction, CourtOrder, Nominal
from tests.disclosure.making_prosecutions import make_prosecution
from tests.disclosure.making_subject_access import make_subject_request
from tests.factories import make_nominal, make_partnership, make_unit, make_user
from tests.governance.making_retention import (
    make_certificate,
    make_decided,
    make_hold,
    make_keeper,
    make_old_record,
    make_review,
    rule_of,
)

pytestmark = pytest.mark.django_db
NO = {criterion.value: (False, "Nothing on the record says so.") for criterion in Criterion}
WHY = "Nothing speaks for keeping it."


def refused(call: Any, **values: Any) -> str:
    """The words with which something was refused."""
    with pytest.raises(DomainError) as error, transaction.atomic():
        call(**values)
    return str(error.value)


def propose_disposal(nominal: Nominal) -> RetentionReview:
    """A proposal to dispose that waits."""
    actor = make_keeper(nominal.force)
    return propose(actor=actor, review=make_review(nominal=nominal), version=1, answers=NO, decision="dispose", reason=WHY)


def test_one_proposes_another_approves_and_the_record_goes() -> None:
    nominal = make_old_record()
    proposed = propose_disposal(nominal)
    second = make_keeper(nominal.force)
    approved = approve(actor=second, review=proposed, version=None, words="I looked at it too.")

    disposal = dispose(actor=second, review=approved, version=None, confirmation=nominal.reference.lower())

    assert not Nominal.objects.filter(pk=nominal.pk).exists()
    assert (disposal.decided_by, disposal.approved_by, disposal.done_by) == (proposed.proposed_by, second, second)
    assert disposal.references == [nominal.reference]
    assert disposal.removed["offenders.Name"] == 1
    assert disposal.transaction is None
    assert not RetentionReview.objects.exists()


def test_nobody_approves_what_they_proposed() -> None:
    proposed = propose_disposal(make_old_record())

    with pytest.raises(NotPermitted):
        approve(actor=proposed.proposed_by, review=proposed, version=None, words="I agree with myself.")
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionReview.objects.filter(pk=proposed.pk).update(
            state="approved", approved_by=proposed.proposed_by, approved_at=now(), approval_words="x"
        )


def test_only_records_management_approves() -> None:
    nominal = make_old_record()
    proposed = propose_disposal(nominal)

    with pytest.raises(NotPermitted):
        approve(actor=make_user(Role.SUPERVISOR, unit=nominal.unit), review=proposed, version=None, words="I lead the unit.")


def test_what_was_given_back_is_proposed_again_with_its_answers_replaced() -> None:
    nominal = make_old_record()
    proposed = propose_disposal(nominal)
    proposer = proposed.proposed_by

    back = give_back(actor=make_keeper(nominal.force), review=proposed, version=None, words="Say more about the pattern.")
    assert (back.state, back.decision, back.returned_words) == ("open", "", "Say more about the pattern.")
    assert Action.objects.waiting().filter(kind="retention-review", owner=proposer).exists()
    again = propose(actor=proposer, review=back, version=None, answers=NO, decision="dispose", reason="Looked at again wholly.")

    assert again.answers.count() == len(Criterion)


def test_each_question_needs_an_answer_and_a_reason() -> None:
    nominal = make_old_record()
    review, actor = make_review(nominal=nominal), make_keeper(nominal.force)
    values = {"actor": actor, "review": review, "version": None, "decision": "dispose", "reason": WHY}

    with pytest.raises(DomainError) as error:
        propose(answers={**NO, "harm": (None, ""), "risk": (False, "no")}, **values)
    assert {each.field for each in error.value.errors} == {"harm", "harm_reason", "risk_reason"}
    assert "speaks for keeping" in refused(propose, answers={**NO, "pattern": (True, "It happened three times.")}, **values)


def test_keeping_asks_for_a_next_review_within_the_rule() -> None:
    nominal = make_old_record()
    review, actor = make_review(nominal=nominal), make_keeper(nominal.force)
    values = {"actor": actor, "review": review, "version": None, "answers": NO, "decision": "keep", "reason": WHY}

    assert "in the future" in refused(propose, **values)
    assert "at the latest" in refused(propose, next_review_on=date(2099, 1, 1), **values)
    next_on = localdate() + timedelta(days=400)
    kept = approve(
        actor=make_keeper(nominal.force), review=propose(next_review_on=next_on, **values), version=None, words="I agree with that."
    )

    assert kept.state == "approved"
    assert Retention.objects.get(nominal=nominal).due_on == next_on
    assert not Action.objects.waiting().filter(nominal=nominal.pk).exists()


def with_hold(nominal: Nominal) -> None:
    make_hold(nominal=nominal)


def with_order(nominal: Nominal) -> None:
    CourtOrder.objects.create(nominal=nominal, kind="other", court="Millbrook", made_on=date(2020, 1, 1), starts_on=date(2020, 1, 1))


def with_registration(nominal: Nominal) -> None:
    nominal.registration_periods.create(period=DateRange(date(2020, 1, 1), None), basis="Conviction")


def with_request(nominal: Nominal) -> None:
    make_subject_request(nominal=nominal)


def with_prosecution(nominal: Nominal) -> None:
    make_prosecution(nominal=nominal)


def with_action(nominal: Nominal) -> None:
    Action.objects.create(
        kind="visit", title="Visit", nominal=nominal.pk, force=nominal.force, owner=nominal.offender_manager, starts_at=now()
    )


def too_young(nominal: Nominal) -> None:
    nominal.dates_of_birth.update(year=1980)


def of_unknown_age(nominal: Nominal) -> None:
    nominal.dates_of_birth.update(day=None)


@pytest.mark.parametrize(
    ("add", "words"),
    [
        (with_hold, "must lift it first"),
        (with_order, "Other order: still holds"),
        (with_registration, "Notification requirements: still holds"),
        (with_request, "Answer the request first"),
        (with_prosecution, "Close it with its outcome first"),
        (with_action, "1 action is open"),
        (too_young, "keeps it until 4 May 2080"),
        (of_unknown_age, "no whole date of birth"),
    ],
)
def test_what_stands_in_the_way_says_what_to_do(add: Any, words: str) -> None:
    nominal = make_old_record()
    assert obstacles(nominal) == []

    add(nominal)

    nominal.refresh_from_db()
    assert [words for each in obstacles(nominal) if words in str(each)] == [words]


def test_an_obstacle_that_came_after_the_approval_stops_the_disposal() -> None:
    nominal = make_old_record()
    review = make_decided(nominal=nominal)
    with_order(nominal)

    words = refused(dispose, actor=make_keeper(nominal.force), review=review, version=None, confirmation=nominal.reference)

    assert "still holds" in words
    assert Nominal.objects.filter(pk=nominal.pk).exists()


def test_an_old_decision_is_not_carried_out_and_lapses() -> None:
    nominal = make_old_record()
    review = make_decided(nominal=nominal, days_ago=40)

    words = refused(dispose, actor=make_keeper(nominal.force), review=review, version=None, confirmation=nominal.reference)
    raise_retention_reviews(actor=None)

    assert "more than 28 days old" in words
    review.refresh_from_db()
    assert review.state == "lapsed"


def test_the_reference_must_be_typed() -> None:
    nominal = make_old_record()
    actor = make_keeper(nominal.force)

    assert nominal.reference in refused(dispose, actor=actor, review=make_decided(nominal=nominal), version=None, confirmation="V-0")


def test_a_hold_is_lifted_by_another_and_lets_a_decision_lapse() -> None:
    nominal = make_old_record()
    review, actor = make_decided(nominal=nominal), make_keeper(nominal.force)
    hold = place_hold(actor=actor, nominal=nominal, kind="litigation", reason="A claim was made.", review_on=date(2099, 1, 1))

    review.refresh_from_db()
    assert review.state == "lapsed"
    with pytest.raises(NotPermitted):
        lift_hold(actor=actor, hold=hold, version=None, reason="It is over now.")
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.filter(pk=hold.pk).update(lifted_by=actor, lifted_at=now(), lift_reason="x")
    lifted = lift_hold(actor=make_keeper(nominal.force), hold=hold, version=None, reason="It is over now.")

    assert not lifted.is_live
    assert not Action.objects.waiting().filter(kind="retention-hold").exists()


def test_the_database_refuses_a_disposal_under_hold_or_without_a_decision() -> None:
    nominal = make_old_record()
    with pytest.raises(IntegrityError, match="without a decision"), transaction.atomic():
        make_certificate(review=make_review(nominal=nominal), decided_by=None)
    review = make_decided(nominal=nominal)
    hold = make_hold(nominal=nominal)
    for refused_act, words in (
        (lambda: make_certificate(review=review), "held"),
        (lambda: make_certificate(review=review, is_reapplied=True), "held"),
        (hold.delete, "not removed"),
        (lambda: Nominal.objects.filter(pk=nominal.pk)._raw_delete("default"), "disposal only"),
    ):
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            refused_act()
    LegalHold.objects.filter(pk=hold.pk).update(lifted_at=now(), lifted_by=make_keeper(nominal.force), lift_reason="Over")
    with pytest.raises(IntegrityError, match="by an operator"), transaction.atomic():
        make_certificate(review=review, is_reapplied=True)

    assert make_certificate(review=review).keys == [nominal.pk]


def test_a_certificate_opens_its_own_record_only_and_stays() -> None:
    nominal, other = make_old_record(), make_old_record()
    disposal = make_certificate(review=make_decided(nominal=nominal))

    with pytest.raises(IntegrityError, match="disposal only"), transaction.atomic():
        Nominal.objects.filter(pk=other.pk)._raw_delete("default")
    for change in ({"references": ["V-1"]}, {"keys": [other.pk]}, {"done_at": now()}):
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            Disposal.objects.filter(pk=disposal.pk).update(**change)
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        disposal.delete()


def test_reviews_open_by_themselves_on_their_day_and_once() -> None:
    unit = make_unit()
    due, young = make_old_record(unit), make_nominal(unit=unit)
    Nominal.objects.filter(pk=due.pk).update(created_at=now() - timedelta(days=11 * 366))

    assert raise_retention_reviews(actor=None) == 1
    assert raise_retention_reviews(actor=None) == 0

    review = RetentionReview.objects.get()
    assert review.nominal_id == due.pk
    assert review.working[0]["words"].startswith("MAPPA")
    action = Action.objects.get(kind="retention-review")
    assert (action.owner_role, action.nominal, action.subject_id) == (Role.INFORMATION_GOVERNANCE, due.pk, review.pk)
    assert set(Retention.objects.values_list("nominal", flat=True)) == {due.pk, young.pk}


def test_merged_records_count_as_one() -> None:
    unit = make_unit()
    nominal = make_old_record(unit)
    merged = make_old_record(unit, merged_into=nominal)
    Conviction.objects.create(nominal=merged, offence="Burglary", convicted_on=date(2015, 1, 1), disposal="fine")
    review = make_decided(nominal=nominal)

    assert [each.day for each in standing(nominal).facts.offences] == [date(2015, 1, 1)]
    assert "Review that one" in str(obstacles(merged)[0])
    disposal = dispose(actor=make_keeper(nominal.force), review=review, version=None, confirmation=nominal.reference)

    assert disposal.references == [nominal.reference, merged.reference]
    assert not Nominal.objects.filter(pk__in=[nominal.pk, merged.pk]).exists()


def test_a_group_is_set_higher_and_never_lower() -> None:
    nominal = make_old_record()
    nominal.mappa_periods.all().delete()
    nominal.mappa_periods.create(period=DateRange(date(1999, 1, 1), None), category=None, level=None, reason="Screening")
    actor = make_keeper(nominal.force)
    values = {"actor": actor, "nominal": nominal, "reason": "A danger that no offence shows."}
    assert standing(nominal).group == 4

    assert "lower number" in refused(set_higher_group, group=4, **values)
    assert "Nobody has set" in refused(set_higher_group, group=None, **values)
    set_higher_group(group=2, **values)
    assert standing(nominal).group == 2
    set_higher_group(group=None, **values)

    assert standing(nominal).group == 4
    assert nominal.higher_groups.count() == 2


def test_a_review_is_asked_for_before_its_day_once() -> None:
    nominal = make_old_record()
    actor = make_keeper(nominal.force)
    ask_for_review(actor=actor, nominal=nominal, reason="The family asked for it.")

    assert "open already" in refused(ask_for_review, actor=actor, nominal=nominal, reason="The family asked again.")


def test_people_of_other_forces_cannot_review() -> None:
    nominal = make_old_record()
    make_partnership(nominal=nominal, force=make_unit().organisation)

    with pytest.raises(NotPermitted):
        ask_for_review(actor=make_keeper(make_unit().organisation), nominal=nominal, reason="We work with it too.")


def test_a_rule_is_followed_by_another_and_never_changed() -> None:
    rule = rule_of(3)
    values = {name: getattr(rule, name) for name in ("covers", "needs_clear", "until_age", "source", "later_years")}
    day = localdate() + timedelta(days=1)
    change_retention_rule(actor=make_user(Role.ADMINISTRATOR), rule=rule, starts_on=day, reason="Policy changed", first_years=8, **values)

    assert [row.first_years for row in RetentionRule.objects.filter(group=3).order_by("period")] == [6, 8]
    assert RetentionRule.objects.on(localdate()).get(group=3).first_years == 6
