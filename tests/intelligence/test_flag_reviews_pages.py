"""What a review of flags shows and lets change: whom a flag tells, risk and MAPPA, why it is due; and what past reviews said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.choices import Role
from accounts.errors import DomainError
from actions.choices import Happening
from audit.models import Event
from intelligence.choices.flags import Audience, Channel, Urgency, Verdict
from intelligence.models import FlagReview, FlagSetting, FlagVerdict
from intelligence.reports.flag_history import reviews_of
from intelligence.reports.flag_reviews import own_alike
from intelligence.services.flag_verdicts import Answer, answer_flags, sign_off_review
from intelligence.services.flags import set_flag
from offenders.choices import RiskLevel
from offenders.models import RiskPeriod
from tests.factories import make_nominal, make_unit, make_user
from tests.intelligence.making_flags import make_flag

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 1)


@pytest.fixture
def boss():
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def nominal(boss):
    return make_nominal(unit=boss.unit)


@pytest.fixture
def review(nominal):
    return FlagReview.objects.create(nominal=nominal, due_on=DUE)


@pytest.fixture
def flag(nominal):
    return make_flag(nominal=nominal, review_due_on=DUE, set_at=datetime(2025, 9, 1, 12, tzinfo=UTC))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def change(flag: FlagSetting, **changes: Any) -> Answer:
    """An answer that changes a flag."""
    return Answer(flag, flag.version, Verdict.CHANGE, "Somebody else must hear of it", changes)


def card(flag: FlagSetting, **values: Any) -> dict[str, Any]:
    """What the page sends for one flag that changes."""
    stands = {name: getattr(flag, name) for name in ("audience", "channel", "urgency", "review_months", "least_interval_hours")}
    said = {**stands, "version": flag.version, "verdict": "change", "reason": "Somebody else must hear of it", **values}
    return {f"flag-{flag.pk}-{name}": value for name, value in said.items()}


def address(nominal) -> str:
    """The page of the review."""
    return reverse("intelligence:flag-review", args=[nominal.reference])


def test_an_answer_can_tell_a_person_a_role_or_a_unit_instead_and_takes_effect_at_the_sign_off(boss, nominal, review):
    to = {"user": nominal.offender_manager, "role": Role.SUPERVISOR, "unit": make_unit(organisation=nominal.force)}
    kinds = (Happening.STOP_CHECK, Happening.CUSTODY, Happening.RECALL)
    flags = {name: make_flag(nominal=nominal, kind=kind, review_due_on=DUE) for name, kind in zip(to, kinds, strict=True)}
    answer_flags(actor=boss, review=review, answers=[change(flags[name], audience=name, **{name: row}) for name, row in to.items()])

    assert {fresh(flag).audience for flag in flags.values()} == {Audience.MANAGER}
    sign_off_review(actor=boss, review=review)

    assert {name: (fresh(flag).audience, getattr(fresh(flag), name)) for name, flag in flags.items()} == {
        name: (name, row) for name, row in to.items()
    }


def test_what_may_not_be_told_is_refused_with_the_answer_and_not_at_the_sign_off(boss, nominal, review, flag):
    make_flag(nominal=nominal, audience=Audience.ROLE, role=Role.SUPERVISOR)
    for changes, words in (
        ({"audience": Audience.USER, "user": make_user(Role.AUDITOR)}, "may not read"),
        ({"audience": Audience.UNIT}, "Choose the unit"),
        ({"audience": Audience.ROLE, "role": Role.SUPERVISOR}, "tells them of this event already"),
    ):
        with pytest.raises(DomainError, match=words):
            answer_flags(actor=boss, review=review, answers=[change(flag, **changes)])

    assert not FlagVerdict.objects.exists()


def test_the_page_keeps_a_new_audience_shows_it_again_and_puts_it_into_effect(client, boss, nominal, review, flag):
    told = make_user(unit=boss.unit)
    client.force_login(boss)
    client.post(address(nominal), card(flag, audience="user", user=told.collar_number))
    text = client.get(address(nominal)).content.decode()
    assert (f'value="{told.collar_number}"' in text, fresh(flag).user) == (True, None)

    client.post(address(nominal), {**card(flag, audience="user", user=told.collar_number), "sign_off": "yes"})

    assert (fresh(flag).audience, fresh(flag).user, fresh(flag).set_by) == (Audience.USER, told, boss)


@pytest.mark.usefixtures("review")
def test_the_page_tells_at_the_card_what_may_not_be(client, boss, nominal, flag):
    elsewhere = make_unit()
    client.force_login(boss)
    lacking = client.post(address(nominal), card(flag, audience="role", role=""))
    foreign = client.post(address(nominal), card(flag, audience="unit", unit=elsewhere.pk))
    same = client.post(address(nominal), card(flag))

    assert (lacking.status_code, f'href="#id_flag-{flag.pk}-role"' in lacking.content.decode()) == (409, True)
    assert (foreign.status_code, elsewhere.name in foreign.content.decode()) == (422, False)
    assert "Change at least one of the values below" in same.content.decode()
    assert not FlagVerdict.objects.exists()


@pytest.mark.usefixtures("review")
def test_a_flag_for_somebody_who_has_left_can_still_be_kept(client, boss, nominal):
    gone = make_user(unit=boss.unit, is_active=False)
    flag = make_flag(nominal=nominal, audience=Audience.USER, user=gone)
    client.force_login(boss)
    client.post(address(nominal), card(flag, user=gone.collar_number, verdict="keep"))

    assert FlagVerdict.objects.get().verdict == Verdict.KEEP


@pytest.mark.usefixtures("review", "flag")
def test_list_and_page_show_risk_mappa_and_why_it_is_due(client, boss, nominal):
    make_flag(nominal=nominal, kind=Happening.RECALL)
    RiskPeriod.objects.filter(nominal=nominal).update(level=RiskLevel.VERY_HIGH)
    client.force_login(boss)
    why = "1 March 2026, 6 months after it was set on 1 September 2025; nobody has verified it"
    listed, page = (client.get(place).content.decode() for place in (reverse("intelligence:flag-reviews"), address(nominal)))

    assert [f"Stop check: {why}" in listed, why in page] == [True, True]
    assert ["Very high" in text for text in (listed, page)] == [True, True]
    assert "Category 1, level" in listed
    assert ("Recall" in listed, "Not due before 1 January 2099" in page) == (False, True)


def test_ones_own_among_alike_flags_are_named_and_cannot_be_chosen(client, boss):
    nominals = [make_nominal(unit=boss.unit) for _ in range(4)]
    for each in nominals:
        FlagReview.objects.create(nominal=each, due_on=DUE)
    flags = [make_flag(nominal=each, review_due_on=DUE) for each in nominals[:2]]
    own = make_flag(nominal=nominals[2], review_due_on=DUE, set_by=boss)
    make_flag(nominal=nominals[3], review_due_on=DUE, set_by=boss, urgency=Urgency.DAILY)
    client.force_login(boss)
    text = client.get(reverse("intelligence:flag-alike", args=[flags[0].public_id])).content.decode()

    assert [flag.nominal for flag in own_alike(boss, flags[0])] == [nominals[2]]
    assert (f"{nominals[2].reference}: set by you on" in text, f"{nominals[2].reference}, set by" in text) == (True, False)
    assert nominals[3].reference not in text
    assert set(Event.objects.get(verb="listed").detail["ids"]) == {own.pk, *(flag.pk for flag in flags)}


def test_past_reviews_say_when_by_whom_and_what_of_each_flag(client, boss, nominal, review):
    said = {"kind": "stop-check", "audience": "manager", "review_months": 6, "reason": "Hangs about the pool"}
    flag = set_flag(actor=nominal.offender_manager, nominal=nominal, **said)
    colleague = make_user(Role.SUPERVISOR, unit=boss.unit)
    answer_flags(actor=boss, review=review, answers=[change(flag, audience="unit", unit=boss.unit, urgency=Urgency.AT_ONCE)])
    sign_off_review(actor=colleague, review=review)
    FlagReview.objects.create(nominal=nominal, due_on=localdate())

    (past, [answer]), = reviews_of(nominal.offender_manager, nominal)
    assert (past, answer.was, answer.changed) == (
        review, "The managing officer; In Vigil; Once a day; looked at again after 6 months", f"{boss.unit.name}; At once",
    )  # fmt: skip
    client.force_login(nominal.offender_manager)
    text = client.get(reverse("intelligence:flag-reviews-past", args=[nominal.reference])).content.decode()
    shown = (colleague.display_name, boss.display_name, "Somebody else must hear of it", answer.was)
    assert [words in text for words in shown] == [True] * 4


def test_past_reviews_are_for_readers_of_the_case_file_and_take_the_same_number_of_statements(
    boss, nominal, django_assert_max_num_queries
):
    for kind in list(Happening)[:5]:
        flag = make_flag(nominal=nominal, kind=kind, audience=Audience.UNIT, unit=boss.unit)
        past = FlagReview.objects.create(nominal=nominal, due_on=DUE)
        answer_flags(actor=boss, review=past, answers=[change(flag, channel=Channel.MAIL)])
        sign_off_review(actor=boss, review=past)
        FlagSetting.objects.filter(pk=flag.pk).update(ended_on=DUE, ended_by=boss, end_reason="Served")

    with django_assert_max_num_queries(9):
        assert len(reviews_of(boss, nominal)) == 5
    assert reviews_of(make_user(unit=make_unit(organisation=boss.organisation)), nominal) == []
    assert reviews_of(make_user(Role.CONTROL_ROOM, unit=boss.unit), nominal) == []
