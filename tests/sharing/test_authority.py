"""Who decides is computed from the recipient and from MAPPA as it stands, by name; what is missing is said."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.models import Action, Notification
from offenders.models import Minutes
from sharing.choices.decisions import RecipientKind
from sharing.models import AuthorityRule, SharingDecision
from sharing.reports.authority import decisions_for, what_lacks, who_decides, who_decides_about
from sharing.rules.authority import CIRCUMSTANCES, circumstance_of
from sharing.rules.decisions import MOVES, State, may_move
from sharing.services.advice import add_advice, follow_advice
from sharing.services.decisions import end_decision, save_page
from sharing.services.proactive import plan_proactive_release
from tests.factories import make_exclusion, make_mappa, make_nominal, make_unit, make_user
from tests.offenders.making_meetings import chair_of, make_item, make_minutes
from tests.sharing.writing_decisions import begin, decide, lead_of, lend, send, with_agency, write

pytestmark = pytest.mark.django_db
LEVELS = [None, 1, 2, 3]


@pytest.fixture
def nominal():
    return make_nominal()


def superintendent(nominal):
    """A disclosure authority of the force."""
    return make_user(Role.DISCLOSURE_AUTHORITY, organisation=nominal.force)


def at_level(nominal, category, level):
    """Move the record to another category and level from today."""
    nominal.mappa_periods.all().delete()
    return make_mappa(nominal=nominal, category=category, level=level)


def names(who):
    """The keys of whoever decides."""
    return [each.user.pk for each in who.deciders]


@pytest.mark.parametrize("kind", RecipientKind.values)
@pytest.mark.parametrize("category", [None, 1, 2, 3, 4])
@pytest.mark.parametrize("level", LEVELS)
def test_every_circumstance_has_a_rule(kind, category, level):
    circumstance = circumstance_of(kind, category, level)
    assert circumstance in CIRCUMSTANCES
    assert AuthorityRule.objects.filter(circumstance=circumstance, period__contains=localdate()).count() == 1
    if kind in {"media", "public"}:
        assert circumstance == "media_or_public"
    elif kind == "agency":
        assert circumstance == "agency"
    elif category is not None and level in {2, 3}:
        assert circumstance == "level_2_or_3"
    else:
        assert (circumstance == "category_1_level_1") == (category == 1)
        assert (circumstance == "not_under_mappa") == (category is None)


def test_each_rule_names_its_people(nominal):
    lead, boss, chair = lead_of(nominal), superintendent(nominal), chair_of(nominal)
    make_user(Role.SUPERVISOR, organisation=nominal.force)  # of another unit
    superintendent(make_nominal())  # of another force
    chief = make_user(Role.DISCLOSURE_AUTHORITY, organisation=nominal.force, rank="ACC")
    make_user(Role.CONTROL_ROOM, organisation=nominal.force, rank="ACC")  # may not open the record

    assert names(who_decides_about(nominal, "agency")) == [lead.pk]
    assert set(names(who_decides_about(nominal, "body"))) == {boss.pk, chief.pk}
    assert names(who_decides_about(nominal, "media")) == [chief.pk]
    at_level(nominal, 1, 2)
    assert names(who_decides_about(nominal, "person")) == [chair.pk]
    assert names(who_decides_about(nominal, "agency")) == [lead.pk]


def test_nobody_decides_who_must_not_know_of_the_record(nominal):
    boss = superintendent(nominal)
    make_exclusion(nominal=nominal, user=boss)
    who = who_decides_about(nominal, "body")
    assert (names(who), "Nobody" in str(who.nobody)) == ([], True)
    draft = write(begin(nominal))
    with pytest.raises(DomainError, match="Nobody"):
        send(draft)


def test_a_delegate_decides_while_the_loan_lasts_and_the_lender_is_told(nominal):
    boss = superintendent(nominal)
    delegate = make_user(Role.OFFENDER_MANAGER, organisation=nominal.force)
    loan = lend(boss, delegate)
    sent = send(write(begin(nominal)))
    assert [(each.user, each.delegation) for each in who_decides(sent).deciders] == [(boss, None), (delegate, loan)]
    assert list(decisions_for(delegate)) == [sent]
    approval = decide(sent, delegate)
    assert approval.delegation == loan
    assert Notification.objects.filter(recipient=boss, text__contains="you stay responsible").count() == 1


@pytest.mark.parametrize(
    "spoil",
    ["lapsed", "withdrawn", "another unit", "lender gave up the role", "lender left", "other circumstance"],
)
def test_a_loan_that_does_not_reach_lets_nobody_decide(nominal, spoil):
    boss, delegate = superintendent(nominal), make_user(Role.OFFENDER_MANAGER, organisation=nominal.force)
    sent = send(write(begin(nominal)))
    values = {"days": -1} if spoil == "lapsed" else {"unit": make_unit(organisation=nominal.force)} if spoil == "another unit" else {}
    loan = lend(boss, delegate, **values)
    if spoil == "withdrawn":
        loan.withdrawn_at, loan.withdrawn_by = now(), boss
        loan.save()
    if spoil == "lender gave up the role":
        boss.groups.clear()
    if spoil == "lender left":
        type(boss).objects.filter(pk=boss.pk).update(is_active=False)
    if spoil == "other circumstance":
        at_level(nominal, 2, 1)
    assert delegate.pk not in names(who_decides(sent))
    with pytest.raises((DomainError, NotPermitted)):
        decide(sent, delegate)
    if spoil != "other circumstance":  # it was sent under the first one, and its page says what changed
        assert not decisions_for(delegate).exists()


def test_a_chair_decides_in_minutes_approved_since_it_was_sent(nominal):
    at_level(nominal, 1, 2)
    chair = chair_of(nominal)
    item = make_item(nominal=nominal, days=-3)
    draft = write(begin(nominal))
    earlier = make_minutes(item=item, state="approved", disclosure="disclose", approved_by=chair, approved_at=now() - timedelta(days=1))
    sent = send(draft)
    assert what_lacks(sent, who_decides(sent)) != []
    for minutes in (None, earlier):
        with pytest.raises(DomainError, match="minutes"):
            decide(sent, chair, minutes=minutes)
    Minutes.objects.filter(pk=earlier.pk).update(approved_at=now(), disclosure="do_not")
    with pytest.raises(DomainError, match="minutes"):
        decide(sent, chair, minutes=earlier)  # the meeting decided otherwise
    Minutes.objects.filter(pk=earlier.pk).update(disclosure="disclose")
    assert what_lacks(sent, who_decides(sent)) == []
    assert decide(sent, chair, minutes=earlier).minutes == earlier


def test_the_public_is_told_by_rank_with_the_press_office(nominal):
    superintendent(nominal)
    chief = make_user(Role.DISCLOSURE_AUTHORITY, organisation=nominal.force, rank="ACC")
    draft = write(begin(nominal, kind="public", template="media"), recipient="Readers of the local paper")
    with pytest.raises(DomainError, match="press office"):
        send(draft)
    advice = add_advice(
        actor=draft.drafted_by, decision=draft, version=None, kind="press_office", from_whom="Duty press officer", question="How?",
        text="With a photograph", given_on=localdate(),
    )  # fmt: skip
    follow_advice(actor=draft.drafted_by, advice=advice, is_followed=True)
    with pytest.raises(DomainError, match="plan how it goes out"):
        send(draft)
    draft.refresh_from_db()
    plan_proactive_release(
        actor=draft.drafted_by, decision=draft, version=draft.version, risk_assessment="A crowd may gather", took_part_on=localdate(),
        press_officer=make_user(Role.PRESS_OFFICER, organisation=nominal.force), outlets=["conference"], plan="At noon, by the chief",
    )  # fmt: skip
    sent = send(draft)
    assert (sent.authority, Action.objects.get(kind="sharing-decide").owner) == ("senior_officer", chief)
    with pytest.raises(DomainError, match="You do not decide"):
        decide(sent, superintendent(nominal))
    decide(sent, chief)


def test_a_level_that_changed_since_sends_it_elsewhere(nominal):
    boss = superintendent(nominal)
    chair = chair_of(nominal)
    sent = send(write(begin(nominal)))
    at_level(nominal, 1, 3)
    for officer in (boss, chair):
        with pytest.raises(DomainError, match="has changed since"):
            decide(sent, officer)


def test_the_queue_holds_what_one_decides_and_nothing_else(nominal):
    lead, boss = lead_of(nominal), superintendent(nominal)
    both = make_user(Role.SUPERVISOR, Role.MAPP_CHAIR, organisation=nominal.force)  # of another unit
    online, told = send(with_agency(nominal)), send(write(begin(nominal)))
    assert list(decisions_for(lead)) == [online]
    assert list(decisions_for(boss)) == [told]
    assert not decisions_for(both).exists()


def test_moves_are_these_and_no_others():
    names_of = {(before.value, after.value) for before, after in MOVES}
    assert names_of == {
        ("draft", "submitted"), ("draft", "ended"), ("submitted", "draft"), ("submitted", "approved"), ("submitted", "refused"),
        ("approved", "draft"), ("approved", "ended"), ("refused", "draft"),
    }  # fmt: skip
    assert {(b.value, a.value) for b in State for a in State if may_move(b, a)} == names_of


BEGINNINGS = st.sampled_from([[], ["write"], ["write", "send"], ["write", "send", "approve by lead"]])
TAKES = {
    "write": lambda draft, writer, lead, chair: write(draft),
    "spoil": lambda draft, writer, lead, chair: edit(draft, writer, answers={"why": ("", "")}),
    "edit": lambda draft, writer, lead, chair: edit(draft, writer, reasons=f"Because {draft.version}"),
    "send": lambda draft, writer, lead, chair: send(draft),
    "approve own": lambda draft, writer, lead, chair: decide(draft, writer),
    "approve by lead": lambda draft, writer, lead, chair: decide(draft, lead),
    "approve by chair": lambda draft, writer, lead, chair: decide(draft, chair),
    "refuse": lambda draft, writer, lead, chair: decide(draft, lead, "refused"),
    "return": lambda draft, writer, lead, chair: decide(draft, lead, "returned"),
    "end": lambda draft, writer, lead, chair: end_decision(
        actor=writer, decision=draft, version=draft.version, reason="No longer needed"
    ),
}
STEPS = st.tuples(BEGINNINGS, st.lists(st.sampled_from(sorted(TAKES)), min_size=2, max_size=7)).map(lambda parts: parts[0] + parts[1])


def edit(draft, writer, answers=None, **fields):
    """Change something of a page."""
    return save_page(actor=writer, decision=draft, version=draft.version, fields=fields, answers=answers or {})


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_way_leads_to_approved_but_a_verdict_of_the_authority_on_a_whole_decision(cast, steps):
    """Whatever is tried in whatever order: approved means complete, sealed as approved, by whoever decides, who is no writer of it."""
    nominal, writer, lead, chair = cast
    draft = begin(nominal, kind="body")
    sealed = set()
    for step in steps:
        draft = SharingDecision.objects.get(pk=draft.pk)
        before = draft.state
        try:
            TAKES[step](draft, writer, lead, chair)
        except (DomainError, NotPermitted):
            assert SharingDecision.objects.get(pk=draft.pk).state == before
        draft.refresh_from_db()
        if draft.state == "submitted":
            sealed.add(draft.content_hash)
        live = draft.approvals.filter(verdict="approved", lapsed_at__isnull=True).first()
        assert (live is not None) == (draft.state == "approved") or draft.state == "ended"
        if draft.state == "approved":
            assert (step, before) == ("approve by lead", "submitted") or before == "approved"
            assert (live.by, live.content_hash) == (lead, draft.content_hash)
            assert draft.content_hash in sealed
            assert (draft.answers.filter(code="why").count(), draft.items.count()) == (1, 1)


@pytest.fixture
def cast():
    """A record, its manager, whoever decides about telling a body, and a chair who does not."""
    nominal = make_nominal()
    return nominal, nominal.offender_manager, superintendent(nominal), chair_of(nominal)
