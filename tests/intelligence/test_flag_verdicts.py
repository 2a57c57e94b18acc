"""Reviews of flags: every flag answered, by somebody else, for the version that stands; put into effect together or not at all."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.choices import Happening
from audit.models import Event
from intelligence.choices.flags import Audience, DeliveryState, ReviewState, Urgency, Verdict
from intelligence.models import FlagDelivery, FlagReview, FlagSetting, FlagVerdict
from intelligence.reports.flag_reviews import activity_of, alike_for, reviews_for
from intelligence.services.flag_verdicts import Answer, answer_flags, keep_alike, sign_off_review
from intelligence.services.flags import change_flag
from tests.factories import make_nominal, make_unit, make_user
from tests.intelligence.making_flags import happen, make_flag

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 1)


@pytest.fixture
def boss():
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def nominal(boss):
    return make_nominal(unit=boss.unit)


@pytest.fixture
def review(nominal):
    return make_review(nominal)


def make_review(nominal):
    return FlagReview.objects.create(nominal=nominal, due_on=DUE)


def said(flag, verdict=Verdict.KEEP, **changes):
    return Answer(flag, flag.version, verdict, "It serves", changes)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def flag_by_officer(nominal, kind=Happening.STOP_CHECK, **values):
    return make_flag(nominal=nominal, kind=kind, **{"review_due_on": DUE, **values})


def test_keep_change_and_end_take_effect_together(boss, nominal, review):
    keep, change, end = (flag_by_officer(nominal, kind) for kind in (Happening.STOP_CHECK, Happening.CUSTODY, Happening.BREACH))
    answers = [said(keep), said(change, Verdict.CHANGE, urgency=Urgency.DAILY), said(end, Verdict.END)]
    answer_flags(actor=boss, review=review, answers=answers)
    assert fresh(end).ended_on is None
    sign_off_review(actor=boss, review=review)
    assert (fresh(keep).verified_by, fresh(keep).review_due_on > localdate()) == (boss, True)
    assert (fresh(change).urgency, fresh(change).set_by, fresh(change).verified_by) == (Urgency.DAILY, boss, None)
    assert (fresh(end).ended_on, fresh(end).end_reason) == (localdate(), "It serves")
    assert (fresh(review).state, fresh(review).signed_off_by) == (ReviewState.SIGNED_OFF, boss)
    assert Event.objects.filter(detail__act="Review of flags signed off", detail__keep=1, detail__change=1, detail__end=1).count() == 1
    assert nominal.offender_manager.notifications.count() == 1


def test_nothing_is_signed_off_with_one_unanswered(boss, nominal, review):
    first, _ = flag_by_officer(nominal), flag_by_officer(nominal, Happening.BREACH)
    answer_flags(actor=boss, review=review, answers=[said(first)])
    with pytest.raises(DomainError, match="1 of 2 flags"):
        sign_off_review(actor=boss, review=review)
    assert (fresh(review).state, fresh(first).verified_by) == (ReviewState.OPEN, None)


def test_nobody_verifies_what_they_set_themselves(boss, nominal, review):
    own = flag_by_officer(nominal, set_by=boss)
    with pytest.raises(DomainError, match="yourself"):
        answer_flags(actor=boss, review=review, answers=[said(own)])
    with pytest.raises(IntegrityError), transaction.atomic():
        FlagVerdict.objects.create(review=review, setting=own, version=1, set_by=boss, by=boss, verdict=Verdict.KEEP, reason="Mine")


def test_a_colleague_answers_for_ones_own_and_both_are_kept(boss, nominal, review):
    own, other = flag_by_officer(nominal, set_by=boss), flag_by_officer(nominal, Happening.BREACH)
    colleague = make_user(Role.SUPERVISOR, unit=boss.unit)
    answer_flags(actor=boss, review=review, answers=[said(other)])
    answer_flags(actor=colleague, review=review, answers=[said(own)])
    sign_off_review(actor=colleague, review=review)
    assert (fresh(own).verified_by, fresh(other).verified_by) == (colleague, boss)


def test_a_flag_that_changed_after_its_answer_is_answered_again(boss, nominal, review):
    flag = flag_by_officer(nominal)
    answer_flags(actor=boss, review=review, answers=[said(flag)])
    change_flag(actor=nominal.offender_manager, setting=flag, reason="Too many", urgency=Urgency.DAILY)
    with pytest.raises(StaleRecord):
        sign_off_review(actor=boss, review=review)
    with pytest.raises(StaleRecord):
        answer_flags(actor=boss, review=review, answers=[said(flag)])
    answer_flags(actor=boss, review=review, answers=[said(fresh(flag))])
    sign_off_review(actor=boss, review=review)


def test_a_record_without_flags_needs_a_reason_why_that_is_right(boss, review):
    with pytest.raises(DomainError, match="why that is right"):
        sign_off_review(actor=boss, review=review)
    sign_off_review(actor=boss, review=review, reason="In custody until 2031")
    assert fresh(review).state == ReviewState.SIGNED_OFF


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.SUPERVISOR, Role.PARTNER}])
def test_only_supervisors_answer_and_sign_off(role, nominal, review):
    actor = make_user(role, unit=nominal.unit)
    flag = flag_by_officer(nominal)
    with pytest.raises(NotPermitted):
        answer_flags(actor=actor, review=review, answers=[said(flag)])
    with pytest.raises(NotPermitted):
        sign_off_review(actor=actor, review=review)


def test_a_supervisor_of_another_unit_answers_nothing(nominal, review):
    with pytest.raises(NotPermitted):
        sign_off_review(actor=make_user(Role.SUPERVISOR), review=review, reason="Fine")


def test_the_list_holds_the_reviews_of_ones_unit_alone(boss, review):
    make_review(make_nominal())
    restricted = make_review(make_nominal(unit=boss.unit, is_restricted=True))
    assert set(reviews_for(boss, DUE)) == {review, restricted}
    assert set(reviews_for(make_user(Role.SUPERVISOR), DUE)) == set()
    assert set(reviews_for(review.nominal.offender_manager, DUE)) == set()


def test_what_a_flag_did_is_counted_since_it_was_looked_at(nominal):
    flag = flag_by_officer(nominal)
    heard, unread, missed = (happen(nominal=nominal) for _ in range(3))
    told = {"recipient": nominal.offender_manager, "state": DeliveryState.TOLD, "due_at": heard.at, "told_at": heard.at}
    note = nominal.offender_manager.notifications.create(text="Stop check", read_at=heard.at)
    FlagDelivery.objects.create(setting=flag, occurrence=heard, notification=note, acted_at=heard.at, **told)
    FlagDelivery.objects.create(setting=flag, occurrence=unread, **told)
    FlagDelivery.objects.create(setting=flag, occurrence=missed, state=DeliveryState.NOBODY, due_at=missed.at)
    did = activity_of([flag])[flag.pk]
    assert (did.fired, did.told, did.read, did.acted, did.reached_nobody, did.missed) == (3, 2, 1, 1, 1, 2)
    assert activity_of([flag_by_officer(nominal, Happening.BREACH)])
    FlagSetting.objects.filter(pk=flag.pk).update(verified_on=date(2099, 1, 1), verified_by=make_user(Role.SUPERVISOR))
    again = activity_of([fresh(flag)])[flag.pk]
    assert (again.fired, again.missed, again.is_quiet) == (0, 0, True)


def test_what_flags_did_takes_the_same_number_of_questions_for_one_and_for_many(nominal, django_assert_num_queries):
    kinds = list(Happening)
    flags = [flag_by_officer(nominal, kind) for kind in kinds[:6]]
    with django_assert_num_queries(2):
        activity_of(flags[:1])
    with django_assert_num_queries(2):
        activity_of(flags)


def test_flags_that_are_alike_are_kept_together_each_with_its_own_verdict(boss):
    reviews = [make_review(make_nominal(unit=boss.unit)) for _ in range(3)]
    flags = [flag_by_officer(review.nominal) for review in reviews]
    own = flag_by_officer(reviews[0].nominal, Happening.BREACH, set_by=boss)
    other = flag_by_officer(reviews[1].nominal, Happening.RECALL, audience=Audience.UNIT, unit=boss.unit)
    groups = [{flag.pk for flag, _ in group} for group in alike_for(boss)]
    assert groups == [{flag.pk for flag in flags}]
    assert keep_alike(actor=boss, settings=flags[:2], reason="Never needed, still right") == (2, 0)
    assert keep_alike(actor=boss, settings=flags[2:], reason="Never needed, still right") == (1, 1)
    assert set(FlagVerdict.objects.values_list("setting", "verdict")) == {(flag.pk, "keep") for flag in flags}
    assert (fresh(reviews[2]).state, fresh(reviews[0]).state, fresh(own).verified_by, fresh(other).verified_by) == (
        ReviewState.SIGNED_OFF, ReviewState.OPEN, None, None,
    )  # fmt: skip


def test_a_change_that_a_colleague_signs_off_stays_that_of_whoever_said_so(boss, nominal, review):
    flag, own = flag_by_officer(nominal), flag_by_officer(nominal, Happening.BREACH, set_by=boss)
    colleague = make_user(Role.SUPERVISOR, unit=boss.unit)
    answer_flags(actor=boss, review=review, answers=[said(flag, Verdict.CHANGE, urgency=Urgency.DAILY)])
    answer_flags(actor=colleague, review=review, answers=[said(own)])
    sign_off_review(actor=colleague, review=review)
    assert (fresh(flag).set_by, fresh(review).signed_off_by) == (boss, colleague)


def test_keeping_together_signs_nothing_off_that_holds_another_answer(boss):
    reviews = [make_review(make_nominal(unit=boss.unit)) for _ in range(2)]
    flags = [flag_by_officer(review.nominal) for review in reviews]
    ends = flag_by_officer(reviews[0].nominal, Happening.RECALL)
    answer_flags(actor=boss, review=reviews[0], answers=[said(ends, Verdict.END)])
    assert keep_alike(actor=boss, settings=flags, reason="Still right") == (2, 1)
    assert (fresh(reviews[0]).state, fresh(ends).ended_on, fresh(reviews[1]).state) == (ReviewState.OPEN, None, ReviewState.SIGNED_OFF)


def test_a_flag_that_was_changed_since_the_page_was_shown_is_not_kept_unseen(client, boss):
    flags = [flag_by_officer(make_review(make_nominal(unit=boss.unit)).nominal) for _ in range(2)]
    FlagSetting.objects.filter(pk=flags[1].pk).update(version=2)
    client.force_login(boss)
    answer = client.post(f"/flag-reviews/alike/{flags[0].public_id}/", {"flags": [f"{flags[1].pk}-1"], "reason": "Never needed"})
    assert (answer.status_code, FlagVerdict.objects.count()) == (422, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_supervisors_at_once_one_signs_off_and_the_other_is_told():
    unit = make_unit()
    people = [make_user(Role.SUPERVISOR, unit=unit) for _ in range(2)]
    nominal = make_nominal(unit=unit)
    review, flag = make_review(nominal), flag_by_officer(nominal)
    answer_flags(actor=people[0], review=review, answers=[said(flag)])
    ready, came = threading.Barrier(2), []

    def sign(actor):
        ready.wait()
        try:
            sign_off_review(actor=actor, review=review)
            came.append("signed")
        except StaleRecord:
            came.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["signed", "told"]


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def card(flag, **values):
    stands = {name: getattr(flag, name) for name in ("audience", "channel", "urgency", "review_months", "least_interval_hours")}
    return {f"flag-{flag.pk}-{name}": value for name, value in {**stands, "version": flag.version, **values}.items()}


def test_no_radio_is_chosen_beforehand_and_what_is_unanswered_is_named(client, boss, nominal, review):
    flag = flag_by_officer(nominal)
    client.force_login(boss)
    address = f"/nominals/{nominal.reference}/flags/review/"
    assert "checked" not in page(client, address)
    answer = client.post(address, {**card(flag), "sign_off": "yes"})
    text = answer.content.decode()
    target = f"id_flag-{flag.pk}-verdict_0"
    assert (answer.status_code, f'href="#{target}"' in text, f'id="{target}"' in text) == (422, True, True)
    assert fresh(review).state == ReviewState.OPEN


def test_answers_are_kept_until_one_comes_back_and_then_signed_off(client, boss, nominal, review):
    first, second = flag_by_officer(nominal), flag_by_officer(nominal, Happening.BREACH)
    client.force_login(boss)
    address = f"/nominals/{nominal.reference}/flags/review/"
    client.post(address, {**card(first, verdict="keep", reason="Told us twice"), **card(second)})
    text = page(client, address)
    assert ("Told us twice" in text, text.count("checked")) == (True, 1)
    changed = card(second, verdict="change", reason="Too loud", urgency="daily")
    done = client.post(address, {**card(first, verdict="keep", reason="Told us twice"), **changed, "sign_off": "yes"})
    assert done.headers["Location"] == "/flag-reviews/"
    assert (fresh(review).state, fresh(second).urgency) == (ReviewState.SIGNED_OFF, Urgency.DAILY)


@pytest.mark.usefixtures("review")
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"verdict": "keep"}, "Enter a reason"),
        ({"verdict": "change", "reason": "So"}, "Change at least one of the values below"),
        ({"verdict": "change", "reason": "So", "review_months": "99"}, "less than or equal to 24"),
    ],
    ids=range(3),
)
def test_an_answer_that_lacks_something_is_told_at_its_card(client, boss, nominal, values, words):
    flag = flag_by_officer(nominal)
    client.force_login(boss)
    answer = client.post(f"/nominals/{nominal.reference}/flags/review/", card(flag, **values))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not FlagVerdict.objects.exists()


def test_ones_own_flag_is_shown_without_a_choice_and_the_page_says_who_could(client, boss, nominal, review):
    flag_by_officer(nominal, set_by=boss)
    colleague = make_user(Role.SUPERVISOR, unit=boss.unit)
    client.force_login(boss)
    text = page(client, f"/nominals/{nominal.reference}/flags/review/")
    assert ("Set by you" in text, f"Ask {colleague.display_name}" in text, 'type="radio"' in text) == (True, True, False)


def test_the_list_leads_to_a_group_of_alike_flags_and_keeps_those_that_are_ticked(client, boss):
    nominals = [make_nominal(unit=boss.unit) for _ in range(2)]
    flags = [flag_by_officer(make_review(nominal).nominal) for nominal in nominals]
    client.force_login(boss)
    assert f"/flag-reviews/alike/{flags[0].public_id}/" in page(client, "/flag-reviews/")
    client.post(f"/flag-reviews/alike/{flags[0].public_id}/", {"flags": [f"{flags[1].pk}-1"], "reason": "Never needed"})
    assert [fresh(flag).verified_by for flag in flags] == [None, boss]


def test_the_history_of_a_flag_shows_each_version_and_what_reviews_said(client, boss, nominal, review):
    flag = flag_by_officer(nominal)
    answer_flags(actor=boss, review=review, answers=[said(flag)])
    sign_off_review(actor=boss, review=review)
    client.force_login(nominal.offender_manager)
    text = page(client, f"/nominals/{nominal.reference}/flags/{flag.public_id}/history/")
    assert (text.count("It serves"), boss.display_name in text) == (2, True)
