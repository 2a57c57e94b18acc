"""Ownership never vanishes: with a record, with somebody who leaves, with somebody who must not know any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.services.people import change_user, deactivate_user
from actions.models import Action, Notification
from actions.services import Owner, cancel_action, hand_over_all, move_actions, raise_action, rehome_actions
from audit.models import Event
from offenders.services.access import exclude_person
from offenders.services.notices import answer_notice, tell_manager
from offenders.services.records import allocate_nominal, set_restriction
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.safety.things.actions import make_action, make_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return make_user(Role.SUPERVISOR)


@pytest.fixture
def officer(boss):
    return make_user(unit=boss.unit)


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def owners():
    return [action.owner_words for action in Action.objects.order_by("pk")]


def told(user):
    return [row.text for row in Notification.objects.filter(recipient=user) if not row.text.startswith("New action")]


def allocate(boss, nominal, taker):
    nominal.refresh_from_db()
    to = {"unit": taker.unit, "offender_manager": taker}
    return allocate_nominal(actor=boss, nominal=nominal, version=nominal.version, reason="Moved house", **to)


def test_a_new_manager_gets_what_the_old_one_had_to_do(boss, officer, nominal):
    taker = make_user(unit=boss.unit)
    make_action(nominal=nominal)
    make_action(nominal=nominal, owner=Owner(user=boss))
    make_action(nominal=make_nominal(offender_manager=officer))
    closed = make_action(nominal=nominal)
    cancel_action(actor=boss, action=closed, reason="Twice")
    allocate(boss, nominal, taker)
    assert owners() == [taker.display_name, boss.display_name, officer.display_name, officer.display_name]
    assert told(taker) == ["Open actions came to you with a record"]
    event = Event.objects.get(detail__act="Action handed over")
    assert (event.reason, event.detail["before"], event.detail["after"]) == ("Moved house", officer.display_name, taker.display_name)


def test_with_another_unit_its_supervisors_answer_for_all_of_it(boss, officer, nominal):
    taker = make_user(unit=make_unit(organisation=boss.organisation))
    mine, by_role = make_action(nominal=nominal), make_action(nominal=nominal, owner=Owner(role=Role.INTELLIGENCE))
    of_unit, of_third = make_action(nominal=nominal, owner=Owner(unit=boss.unit)), make_action(nominal=nominal, owner=Owner(user=boss))
    allocate(boss, nominal, taker)
    assert set(Action.objects.values_list("unit", flat=True)) == {taker.unit.pk}
    assert owners() == [taker.display_name, "Any intelligence", taker.unit.name, boss.display_name]
    assert Event.objects.filter(detail__act="Action moved to another unit").count() == 2
    assert {mine.pk, by_role.pk, of_unit.pk, of_third.pk} == set(Action.objects.values_list("pk", flat=True))


def test_with_another_force_its_people_answer_for_it(boss, officer, nominal):
    taker = make_user()
    by_role = make_action(nominal=nominal, owner=Owner(role=Role.SUPERVISOR))
    move_actions(actor=boss, nominal=nominal, before=officer, after=taker, unit=taker.unit, reason="Transfer")
    by_role.refresh_from_db()
    assert (by_role.unit, by_role.force) == (taker.unit, taker.organisation)
    there, here = make_user(Role.SUPERVISOR, unit=taker.unit), boss
    assert [Action.objects.for_user(user).filter(pk=by_role.pk).exists() for user in (there, here)] == [True, False]


def test_an_exclusion_gives_the_persons_actions_to_the_unit(boss, nominal):
    colleague = make_user(unit=boss.unit)
    make_action(nominal=nominal, owner=Owner(user=colleague))
    make_action(nominal=nominal)
    exclude_person(actor=boss, nominal=nominal, user=colleague, reason="Neighbour of the family")
    assert owners() == [boss.unit.name, nominal.offender_manager.display_name]
    assert told(colleague) == []


def test_a_restriction_gives_what_outsiders_had_to_do_to_the_unit_and_tells_its_supervisors(boss, nominal):
    other = make_user(Role.SUPERVISOR, unit=boss.unit)
    specialist = make_user(Role.INTELLIGENCE, organisation=boss.organisation)
    make_action(nominal=nominal, owner=Owner(user=specialist))
    make_action(nominal=nominal)
    set_restriction(actor=boss, nominal=nominal, is_restricted=True, version=1, reason="Officer's neighbour")
    assert owners() == [boss.unit.name, nominal.offender_manager.display_name]
    assert told(other) == ["Has a new owner to be named: Ring the hostel"]
    assert [rehome_actions(actor=None), told(other)] == [0, ["Has a new owner to be named: Ring the hostel"]]


def test_the_sweep_finds_what_nobody_can_do(boss, officer, nominal):
    roleless, left = make_user(unit=boss.unit), make_user(unit=boss.unit)
    for owner in (roleless, left, officer):
        make_action(nominal=nominal, owner=Owner(user=owner))
    nobodys = Owner(user=make_user(unit=None))
    homeless = raise_action(actor=None, kind="x", title="Tidy", owner=nobodys, force=boss.organisation, rule="approval")
    roleless.groups.clear()
    User.objects.filter(pk__in=[left.pk, homeless.owner.pk]).update(is_active=False)
    assert rehome_actions(actor=None) == 3
    assert owners() == [boss.unit.name, boss.unit.name, officer.display_name, "Any supervisor"]
    assert rehome_actions(actor=None) == 0


def test_a_day_before_every_version_of_its_rule_is_refused_in_words_and_an_unknown_rule_is_a_fault(boss):
    need = {"actor": None, "kind": "x", "title": "Tidy", "owner": Owner(user=boss), "force": boss.organisation}
    with pytest.raises(DomainError, match="Check the day and the year"):
        raise_action(**need, rule="approval", starts_at=now() - timedelta(days=200 * 365))
    with pytest.raises(KeyError):
        raise_action(**need, rule="no such rule")
    assert not Action.objects.exists()


def test_an_owner_who_cannot_know_gets_nothing_from_the_start(boss, nominal):
    outsider = make_user(unit=boss.unit)
    make_exclusion(nominal=nominal, user=outsider)
    assert make_action(nominal=nominal, owner=Owner(user=outsider)).owner_words == boss.unit.name
    assert make_action(nominal=nominal, owner=Owner(user=make_user(Role.AUDITOR, unit=boss.unit))).owner_words == boss.unit.name


def test_all_of_one_officers_work_goes_to_another_in_one_act(boss, officer, nominal):
    taker = make_user(unit=boss.unit)
    actions = [make_action(nominal=nominal), make_clock(nominal=nominal)]
    other = make_nominal(unit=make_unit(organisation=boss.organisation))
    elsewhere = make_action(nominal=other, owner=Owner(user=officer))
    assert hand_over_all(actor=boss, owner=officer, to=taker, reason="Leaves on Friday") == (actions, 0)
    assert owners() == [taker.display_name, taker.display_name, officer.display_name]
    assert Event.objects.filter(detail__act="Action handed over", reason="Leaves on Friday").count() == 2
    assert told(taker) == ["Open actions were handed over to you"]
    assert elsewhere.owner == officer


def test_what_the_taker_must_not_have_stays(boss, officer, nominal):
    taker, hidden = make_user(unit=boss.unit), make_nominal(offender_manager=officer)
    make_exclusion(nominal=hidden, user=taker)
    make_action(nominal=nominal)
    make_action(nominal=hidden)
    assert hand_over_all(actor=boss, owner=officer, to=taker, reason="Leave").stayed == 1
    assert owners() == [taker.display_name, officer.display_name]
    with pytest.raises(DomainError) as error:
        hand_over_all(actor=boss, owner=officer, to=taker, reason="Leave")
    assert error.value.field == "to"


def test_hand_over_of_everything_is_refused_where_it_cannot_be(boss, officer, nominal):
    make_action(nominal=nominal)
    auditor = make_user(Role.AUDITOR, unit=boss.unit)
    for actor, to, wrong in ((boss, officer, DomainError), (boss, auditor, DomainError), (make_user(Role.SUPERVISOR), boss, DomainError)):
        with pytest.raises(wrong):
            hand_over_all(actor=actor, owner=officer, to=to, reason="x")
    with pytest.raises(NotPermitted):
        hand_over_all(actor=auditor, owner=officer, to=boss, reason="x")
    assert owners() == [officer.display_name]


def test_an_account_stays_open_until_its_actions_are_handed_over(boss, officer, nominal):
    admin = make_user(Role.ADMINISTRATOR, organisation=boss.organisation)
    colleague = make_user(unit=boss.unit)
    make_action(nominal=nominal, owner=Owner(user=colleague))
    with pytest.raises(DomainError, match="still owns 1 open action") as error:
        deactivate_user(actor=admin, user=colleague)
    assert boss.unit.name in str(error.value)
    hand_over_all(actor=boss, owner=colleague, to=officer, reason="Leaves")
    deactivate_user(actor=admin, user=colleague)
    assert not User.objects.get(pk=colleague.pk).is_active


def test_news_from_the_street_is_an_action_that_the_answer_closes(boss, officer, nominal):
    operator = make_user(Role.CONTROL_ROOM, organisation=boss.organisation)
    notice = tell_manager(actor=operator, nominal=nominal, what_happened="Seen at the school gates")
    action = Action.objects.get()
    assert (action.owner, action.rule_code, action.nominal, action.raised_by) == (officer, "notice-answer", nominal.pk, operator)
    assert "school" not in action.title + action.detail + str(action.explanation)
    answer_notice(actor=officer, notice=notice, answer="Visited")
    action.refresh_from_db()
    assert (action.state, action.closed_by, action.outcome) == ("done", officer, "The notice was answered")


def test_a_change_of_roles_is_found_by_the_sweep(boss, officer, nominal):
    admin = make_user(Role.ADMINISTRATOR, organisation=boss.organisation)
    colleague = make_user(unit=boss.unit)
    make_action(nominal=nominal, owner=Owner(user=colleague))
    change_user(actor=admin, user=colleague, roles=[Role.AUDITOR], unit=boss.unit)
    assert rehome_actions(actor=None) == 1
    assert owners() == [boss.unit.name]
