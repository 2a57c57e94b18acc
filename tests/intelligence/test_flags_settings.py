"""Flags are set, changed and ended with a reason and a version for each; what could tell nobody is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module

import pytest
from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.models import User
from actions.choices import ActionState, Happening
from actions.models import Action, ClockRule, Occurrence
from actions.services import complete_action
from audit.models import Event
from intelligence.choices.flags import Audience, Channel, Urgency
from intelligence.models import FlagReview, FlagSetting, FlagVerdict, NoFlagReason
from intelligence.reports.flags import flags_of, usual_for
from intelligence.services.flag_matching import match_occurrences
from intelligence.services.flag_sweeps import raise_missing_flags
from intelligence.services.flag_verdicts import sign_off_review
from intelligence.services.flags import change_flag, end_flag, explain_no_flags, set_flag, set_usual_flags
from offenders.choices import Registration, RiskLevel
from offenders.models import Nominal
from tests.factories import make_agency, make_nominal, make_risk, make_user
from tests.intelligence.making_flags import happen, make_flag

pytestmark = pytest.mark.django_db
STOP = {"kind": Happening.STOP_CHECK, "audience": Audience.MANAGER, "review_months": 6, "reason": "Hangs about the pool"}


@pytest.fixture
def nominal() -> Nominal:
    """A registered person at high risk."""
    return make_nominal()


@pytest.fixture
def manager(nominal: Nominal) -> User:
    """Who manages the record."""
    return nominal.offender_manager


def test_flag_is_set_with_its_version_and_the_day_of_its_review(manager, nominal):
    flag = set_flag(actor=manager, nominal=nominal, **STOP)

    version = flag.versions.get()
    assert (flag.set_by, flag.version, flag.review_due_on) == (manager, 1, localdate() + relativedelta(months=6))
    assert (version.number, version.by, version.reason, version.snapshot["kind"]) == (1, manager, STOP["reason"], "stop-check")
    assert Event.objects.filter(subject_type="intelligence.flagsetting", subject_id=flag.pk, verb="created").count() == 1


def test_only_who_works_on_the_record_sets_flags(nominal):
    with pytest.raises(NotPermitted):
        set_flag(actor=make_user(Role.OPERATIONAL, organisation=nominal.force), nominal=nominal, **STOP)


def test_second_flag_for_the_same_audience_is_refused(manager, nominal):
    set_flag(actor=manager, nominal=nominal, **STOP)

    with pytest.raises(DomainError, match="already"):
        set_flag(actor=manager, nominal=nominal, **STOP)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"audience": Audience.USER}, "user"),
        ({"audience": Audience.ROLE}, "role"),
        ({"audience": Audience.UNIT}, "unit"),
        ({"audience": Audience.AGENCY}, "agency"),
        ({"audience": Audience.ROLE, "role": Role.CONTROL_ROOM, "kind": Happening.BREACH}, "role"),
        ({"quiet_from": time(22)}, "quiet_until"),
        ({"quiet_from": time(22), "quiet_until": time(22)}, "quiet_until"),
        ({"kind": "no-such-event"}, "kind"),
    ],
    ids=["person", "role", "unit", "agency", "blind-role", "half-quiet", "empty-quiet", "unknown-event"],
)
def test_flag_that_could_not_tell_anybody_is_refused(manager, nominal, values, field):
    with pytest.raises(DomainError) as refused:
        set_flag(actor=manager, nominal=nominal, **{**STOP, **values})

    assert refused.value.field == field


@pytest.mark.parametrize(("kind", "is_told"), [(Happening.STOP_CHECK, True), (Happening.BREACH, False)])
def test_person_must_be_able_to_read_what_the_event_needs(manager, nominal, kind, is_told):
    officer = make_user(Role.OPERATIONAL, organisation=nominal.force)
    values = {**STOP, "kind": kind, "audience": Audience.USER, "user": officer}
    if is_told:
        assert set_flag(actor=manager, nominal=nominal, **values).user == officer
        return

    with pytest.raises(DomainError) as refused:
        set_flag(actor=manager, nominal=nominal, **values)

    assert refused.value.field == "user"


@pytest.mark.parametrize(
    ("values", "field"),
    [({"agreement": ""}, "agreement"), ({"agreement_until": date(2020, 1, 1)}, "agreement_until"), ({"channel": Channel.MAIL}, "channel")],
    ids=["no-agreement", "ended-agreement", "mail"],
)
def test_agency_needs_an_agreement_that_counts_and_an_action(manager, nominal, values, field):
    whole = {"audience": Audience.AGENCY, "agency": make_agency(), "agreement": "NM/7", "agreement_until": date(2099, 1, 1)}
    whole["channel"] = Channel.ACTION

    with pytest.raises(DomainError) as refused:
        set_flag(actor=manager, nominal=nominal, **{**STOP, **whole, **values})

    assert refused.value.field == field
    assert set_flag(actor=manager, nominal=nominal, **{**STOP, **whole}).agreement == "NM/7"


def test_change_makes_a_version_that_nobody_has_verified(manager, nominal):
    boss = make_user(Role.SUPERVISOR, unit=nominal.unit)
    flag = make_flag(nominal=nominal, set_by=boss, verified_on=date(2026, 1, 1), verified_by=manager, review_due_on=date(2026, 7, 1))

    changed = change_flag(actor=manager, setting=flag, version=1, reason="Every day is enough", urgency=Urgency.DAILY, review_months=3)

    assert (changed.version, changed.set_by, changed.verified_on, changed.urgency) == (2, manager, None, Urgency.DAILY)
    assert changed.review_due_on == localdate() + relativedelta(months=3)
    assert list(flag.versions.values_list("number", "reason")) == [(2, "Every day is enough"), (1, "Set")]
    with pytest.raises(StaleRecord):
        change_flag(actor=manager, setting=flag, version=1, reason="Again")


def test_ended_flag_tells_nobody_and_cannot_change(manager, nominal):
    flag = end_flag(actor=manager, setting=make_flag(nominal=nominal), reason="Moved away")
    happen(nominal=nominal)

    match_occurrences(actor=None, now=now())

    assert (flag.ended_by, flag.end_reason, flag.deliveries.count()) == (manager, "Moved away", 0)
    with pytest.raises(DomainError, match="ended"):
        change_flag(actor=manager, setting=flag, reason="Back")


def test_what_a_flag_did_is_counted(manager, nominal):
    make_flag(nominal=nominal, audience=Audience.UNIT, unit=nominal.unit)
    make_user(unit=nominal.unit)
    for _ in range(2):
        happen(nominal=nominal, actor=None)
    match_occurrences(actor=None, now=now())

    flag = flags_of(manager, nominal).get()

    assert (flag.events, flag.told, flag.reached_nobody, flag.dealt_with) == (2, 4, 0, 0)


@pytest.mark.parametrize(
    ("registration", "level", "expected"),
    [
        (Registration.PDP, RiskLevel.LOW, {"came-to-notice", "custody", "breach"}),
        (
            Registration.REGISTERED,
            RiskLevel.LOW,
            {"came-to-notice", "custody", "breach", "stop-check", "address-change", "travel-notified", "travel-alert", "duty-missed"},
        ),
        (Registration.PDP, RiskLevel.MEDIUM, {"came-to-notice", "custody", "breach", "missed-visit", "check-hit", "order-expiring"}),
    ],
)
def test_usual_flags_follow_registration_and_risk(registration, level, expected):
    nominal = make_nominal(registration=registration)
    nominal.risk_periods.all().delete()
    make_risk(nominal=nominal, level=level)

    assert {flag.kind for flag in usual_for(nominal, localdate())} == expected


def test_usual_flags_are_set_once(manager, nominal):
    usual = usual_for(nominal, localdate())
    chosen = [flag for flag in usual if flag.kind in {"stop-check", "custody"}]

    made = set_usual_flags(actor=manager, nominal=nominal, usual=chosen, reason="As usual")
    again = set_usual_flags(actor=manager, nominal=nominal, usual=chosen, reason="As usual")

    assert ({flag.kind for flag in made}, again) == ({"stop-check", "custody"}, [])
    assert len(usual_for(nominal, localdate())) == len(usual) - 2


def test_registered_person_without_a_flag_raises_an_action_until_one_is_set(manager, nominal):
    make_flag(nominal=make_nominal())
    make_nominal(registration=Registration.PDP)

    raised = [raise_missing_flags(actor=None, now=now()) for _ in range(2)]
    action = Action.objects.get(kind="flag-none")
    set_flag(actor=manager, nominal=nominal, **STOP)

    assert raised == [1, 0]
    assert (action.nominal, action.owner, action.rule_code) == (nominal.pk, manager, "flag-none")
    assert Action.objects.get(pk=action.pk).state == ActionState.DONE


def test_reason_why_no_flag_is_right_closes_the_action_and_keeps_it_closed(manager, nominal):
    raise_missing_flags(actor=None, now=now())

    explain_no_flags(actor=manager, nominal=nominal, reason="In prison until 2031")

    assert raise_missing_flags(actor=None, now=now()) == 0
    assert Action.objects.get(kind="flag-none").outcome == "In prison until 2031"


def test_reason_why_no_flag_is_right_lapses_by_the_rule_of_its_day_and_is_asked_again(manager, nominal):
    explain_no_flags(actor=manager, nominal=nominal, reason="In prison until 2031")
    ClockRule.objects.filter(code="flag-none-stands").update(quantity=1)
    said = NoFlagReason.objects.get()
    last = datetime.combine(said.stands_until, time(12), UTC)

    assert (said.by, said.stands_until) == (manager, localdate() + relativedelta(months=12))
    assert [raise_missing_flags(actor=None, now=last + timedelta(days=days)) for days in range(3)] == [0, 1, 0]
    assert Action.objects.get(kind="flag-none").owner == manager


def test_reason_at_a_review_without_flags_counts_too_and_answers_the_action(manager, nominal):
    raise_missing_flags(actor=None, now=now())
    boss = make_user(Role.SUPERVISOR, unit=nominal.unit)
    review = FlagReview.objects.create(nominal=nominal, due_on=localdate())
    sign_off_review(actor=boss, review=review, reason="In prison until 2031")

    assert (NoFlagReason.objects.get().by, Action.objects.get(kind="flag-none").state) == (boss, ActionState.DONE)
    assert raise_missing_flags(actor=None, now=now()) == 0


def test_reasons_given_as_outcomes_of_actions_are_taken_over(manager, nominal):
    others = [make_nominal() for _ in range(2)]
    raise_missing_flags(actor=None, now=now())
    asked = {action.nominal: action for action in Action.objects.filter(kind="flag-none")}
    complete_action(actor=manager, action=asked[nominal.pk], outcome="In prison until 2031")
    set_flag(actor=others[0].offender_manager, nominal=others[0], **STOP)
    import_module("intelligence.migrations.0011_no_flag_reasons").take_over(apps, None)

    taken = NoFlagReason.objects.get()
    assert (taken.nominal, taken.by, taken.reason) == (nominal, manager, "In prison until 2031")
    assert taken.stands_until == localdate() + relativedelta(months=12)


def test_page_says_why_no_flag_is_right_and_until_when_that_counts(client, manager, nominal):
    explain_no_flags(actor=manager, nominal=nominal, reason="In prison until 2031")
    client.force_login(manager)
    address = reverse("intelligence:flag-list", args=[nominal.reference])
    before = client.get(address).content.decode()
    NoFlagReason.objects.update(stands_until=date(2026, 1, 1))
    after = client.get(address).content.decode()

    assert ("In prison until 2031" in before, "It counts until" in before, "say so anew" in before) == (True, True, False)
    assert ("It counts until" in after, "Counted until 1 January 2026" in after) == (False, True)


def test_record_whose_last_flag_ended_is_asked_again(manager, nominal):
    raise_missing_flags(actor=None, now=now())
    flag = set_flag(actor=manager, nominal=nominal, **STOP)
    end_flag(actor=manager, setting=flag, reason="Moved away")

    assert raise_missing_flags(actor=None, now=now()) == 1


def test_nobody_judges_what_they_set_themselves(manager, nominal):
    flag = make_flag(nominal=nominal)
    review = FlagReview.objects.create(nominal=nominal, due_on=localdate())

    with pytest.raises(IntegrityError, match="flag_verdict_by_somebody_else"), transaction.atomic():
        FlagVerdict.objects.create(review=review, setting=flag, version=1, set_by=manager, verdict="keep", reason="Fine", by=manager)
    with pytest.raises(IntegrityError, match="flag_verified_by_somebody_else"), transaction.atomic():
        FlagSetting.objects.filter(pk=flag.pk).update(verified_on=localdate(), verified_by=manager)


def test_pages_set_change_and_end_a_flag(client, manager, nominal):
    client.force_login(manager)
    form = {
        "kind": "stop-check", "audience": "manager", "channel": "browser", "urgency": "at_once", "least_interval_hours": "0",
        "review_months": "6", "reason": "Hangs about the pool",
    }  # fmt: skip
    added = client.post(reverse("intelligence:flag-add", args=[nominal.reference]), form)
    flag = FlagSetting.objects.get()
    where = [nominal.reference, flag.public_id]
    changed = client.post(reverse("intelligence:flag-change", args=where), {**form, "urgency": "daily", "version": "1"})
    ended = client.post(reverse("intelligence:flag-end", args=where), {"reason": "Moved away", "version": "2"})
    page = client.get(reverse("intelligence:flag-list", args=[nominal.reference])).content.decode()

    assert [response.status_code for response in (added, changed, ended)] == [302, 302, 302]
    assert list(flag.versions.values_list("number", flat=True)) == [3, 2, 1]
    assert "Moved away" in page


def test_officer_records_from_the_card_what_happened_and_the_flag_tells(client, nominal):
    officer = make_user(Role.OPERATIONAL, organisation=nominal.force)
    make_flag(nominal=nominal)
    client.force_login(officer)

    answer = client.post(
        reverse("intelligence:happening-record", args=[nominal.reference]), {"kind": "stop-check", "what_happened": "At the pool"}
    )
    match_occurrences(actor=None, now=now() + timedelta(seconds=1))
    client.force_login(nominal.offender_manager)
    told = client.get(reverse("intelligence:flag-told", args=[nominal.reference])).content.decode()

    assert (answer.status_code, Occurrence.objects.get().raised_by) == (302, officer)
    assert "Stopped and checked" in told


def test_officer_cannot_record_what_only_services_know(client, nominal):
    client.force_login(make_user(Role.OPERATIONAL, organisation=nominal.force))

    answer = client.post(reverse("intelligence:happening-record", args=[nominal.reference]), {"kind": "check-hit", "what_happened": "x"})

    assert (answer.status_code, Occurrence.objects.count()) == (422, 0)
