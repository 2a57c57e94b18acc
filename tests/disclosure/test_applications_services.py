"""Applications from first contact to where they wait for their decision: what works, what is refused, and in which words."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from auditlog.models import LogEntry
from django.utils.timezone import localdate, now

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action, Notification
from audit.models import Event
from disclosure.choices.applications import PartyRole
from disclosure.models import Application, ApplicationMarker, Party, SafeContact
from disclosure.reports.applications import checks_of, safe_contacts_of, steps_of
from disclosure.reports.clocks import ClockState, clocks_of
from disclosure.reports.facts import facts_of
from disclosure.rules.applications import State
from disclosure.services import application_ends as ends
from disclosure.services import application_people as people
from disclosure.services import application_work as work
from disclosure.services.applications import ask_to_hand_over, go_on, link_record, tell_managers
from disclosure.timeline import of_applications
from tests.disclosure.making_applications import make_handler
from tests.disclosure.taking_applications import (
    CALL,
    add,
    allocate,
    check,
    current,
    finish_checks,
    finish_first_contact,
    make_boss,
    make_colleague,
    meet,
    name_both,
    take,
    take_to_full_checks,
)
from tests.factories import make_exclusion, make_nominal, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user(Role.OFFENDER_MANAGER)


def waiting(application):
    return {action.kind: action for action in Action.objects.waiting().filter(subject_id=application.pk)}


def lacks(application, state, actor):
    with row_security(actor):
        facts = facts_of(application)
    return next(step.lacks for step in steps_of(application, facts) if step.state == state)


def test_officer_walks_an_application_to_where_it_waits_for_its_decision(officer):
    application = take_to_full_checks(officer)
    finish_checks(officer, application)

    go_on(actor=officer, application=application, version=current(application))

    application.refresh_from_db()
    assert application.state == State.DECISION
    assert set(waiting(application)) == {"domestic-whole"}


def test_clocks_run_from_when_it_came_and_name_nobody(officer):
    application = take(officer, received_at=now() - timedelta(hours=5))

    actions = waiting(application)
    assert set(actions) == {"domestic-first-checks", "domestic-interview", "domestic-whole"}
    assert {action.starts_at for action in actions.values()} == {application.received_at}
    first = actions["domestic-first-checks"]
    assert (first.late_from, first.unit, first.nominal) == (application.received_at + timedelta(hours=24), None, None)


def test_right_to_know_has_no_applicant_and_no_meeting(officer):
    application = take(officer, route="know", received_by="police", scheme="child")

    assert set(waiting(application)) == {"child-first-checks", "child-whole"}
    with pytest.raises(DomainError, match="nobody applies"):
        add(officer, application, PartyRole.APPLICANT, "Ivy Sealed")
    with pytest.raises(DomainError, match="nobody applied who could be met"):
        meet(officer, application)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"scheme": ""}, "scheme"), ({"route": "other"}, "route"), ({"received_by": "pigeon"}, "received_by"),
        ({"route": "know"}, "received_by"), ({"received_by": "police"}, "route"), ({"in_danger": None}, "in_danger"),
        ({"in_danger": True}, "danger"), ({"danger": "He has a knife"}, "danger"),
        ({"received_at": now() + timedelta(days=400)}, "time"),
    ],
)  # fmt: skip
def test_what_is_taken_down_must_make_sense(officer, values, field):
    with pytest.raises(DomainError) as refused:
        take(officer, **values)
    assert refused.value.field == field


def test_another_forces_unit_deals_with_nothing_of_ours(officer):
    with pytest.raises(DomainError, match="your own force"):
        take(officer, unit=make_unit())


@pytest.mark.parametrize("role", [Role.PRESS_OFFICER, Role.INTELLIGENCE, Role.DISCLOSURE_AUTHORITY])
def test_other_roles_take_no_application(role):
    with pytest.raises(NotPermitted):
        take(make_user(role))


def test_whoever_took_it_works_on_it_until_somebody_deals_with_it(officer):
    patrol = make_user(Role.CONTROL_ROOM, organisation=officer.organisation)
    application = take(patrol, unit=officer.unit)
    name_both(patrol, application)
    boss = allocate(application, officer)

    with pytest.raises(NotPermitted):
        add(patrol, application, PartyRole.AT_RISK, "Somebody Else")
    seen = {user: Application.objects.for_user(user).exists() for user in (patrol, officer, boss, make_colleague(application))}
    assert list(seen.values()) == [False, True, True, False]
    assert {action.owner for action in waiting(application).values()} == {officer}


def test_applicant_who_is_at_risk_is_typed_once(officer):
    application = take(officer)
    name_both(officer, application)

    with row_security(officer):
        roles = {party.role: party.name for party in application.parties.all()}
    assert roles == {"applicant": "Ivy Sealed", "at_risk": "Ivy Sealed", "subject": "Nobody Invented"}


def test_whoever_asks_about_themselves_is_sent_to_subject_access(officer):
    application = take(officer)
    add(officer, application, PartyRole.APPLICANT, "Ivy Sealed", born_on=localdate())

    with pytest.raises(DomainError, match="subject access request"):
        add(officer, application, PartyRole.SUBJECT, "SEALED, ivy")
    assert add(officer, application, PartyRole.SUBJECT, "Ivy Sealed", born_on=localdate() - timedelta(days=9000)).pk


def test_of_some_roles_there_is_one(officer):
    application = take(officer)
    name_both(officer, application)

    with pytest.raises(DomainError, match="one already"):
        add(officer, application, PartyRole.SUBJECT, "Another One")
    with pytest.raises(DomainError, match="child scheme"):
        add(officer, application, PartyRole.CHILD, "A Child")


def test_another_name_must_be_proved_anew(officer):
    application = take_to_full_checks(officer)
    with row_security(officer):
        party = application.parties.get(role="applicant")
    values = {name: getattr(party, name) for name in ("born_on", "address", "phone", "email", "relationship", "notes")}

    changed = people.change_person(actor=officer, application=application, party=party, version=party.version, name="Ivy Other", **values)

    assert (changed.identity, changed.identity_seen_by) == ("", None)
    with pytest.raises(StaleRecord):
        people.change_person(actor=officer, application=application, party=party, version=party.version, name="Ivy", **values)


def test_number_of_a_document_is_kept_nowhere(officer):
    application = take(officer)
    party = add(officer, application, PartyRole.APPLICANT, "Ivy Sealed")
    proof = {"actor": officer, "application": application, "party": party, "identity": "passport", "seen_on": localdate()}

    with pytest.raises(DomainError, match="Leave the number"):
        people.prove_identity(detail="Passport 533 812 004", version=1, **proof)


def test_latest_answer_for_a_way_counts_and_the_earlier_stays(officer):
    application = take(officer)
    people.answer_ways(actor=officer, application=application, answers={"call": CALL})
    people.answer_ways(actor=officer, application=application, answers={"call": CALL | {"is_safe": False}})

    with row_security(officer):
        assert [row.is_safe for row in safe_contacts_of(application)] == [False]
        assert SafeContact.objects.count() == 2
    assert "Ask how it is safe to reach them: answer each way of contact." in lacks(application, State.INTERVIEW, officer)
    with pytest.raises(DomainError, match="at least one"):
        people.answer_ways(actor=officer, application=application, answers={})


def test_steps_that_cannot_start_name_what_is_missing(officer):
    application = take(officer)

    named = lacks(application, State.INTERVIEW, officer)
    assert len(named) == 5  # person asked about, at risk, safe contact, allocation, first checks
    with pytest.raises(DomainError) as refused:
        go_on(actor=officer, application=application, version=current(application))
    assert str(refused.value) == " ".join(named)
    with pytest.raises(DomainError, match="Finish the first checks"):
        meet(officer, application)
    with pytest.raises(DomainError, match="Meet the applicant"):
        check(officer, application, "full", "pnd")


def test_latest_check_of_a_system_counts_and_a_trace_needs_words(officer):
    application = take(officer)
    check(officer, application, "first", "pnc")
    with pytest.raises(DomainError, match="Say what is held"):
        check(officer, application, "first", "pnc", result="trace")
    check(officer, application, "first", "pnc", result="trace", found="Assault, 2021")
    check(officer, application, "first", "health")

    rows = {row.system: row for row in checks_of(application)["first"]}
    assert (rows["pnc"].check.result, rows["pnc"].corrected) == ("trace", 1)
    assert (rows["local"].check, rows["local"].is_required, rows["health"].is_required) == (None, True, False)


def test_first_checks_end_their_clock_and_say_why_when_late(officer):
    with time_machine.travel("2026-03-02 09:00:00+00:00", tick=False):
        application = take(officer)
        check(officer, application, "first", "pnc")
    with time_machine.travel("2026-03-03 12:00:00+00:00", tick=False):
        with pytest.raises(DomainError) as refused:
            check(officer, application, "first", "local")
        assert refused.value.field == "late_reason"
        assert application.checks.count() == 1
        check(officer, application, "first", "local", late_reason="The system was down")

    clock = clocks_of(officer, application)[0]
    assert (clock.name, clock.state, clock.took, clock.action.late_reason) == (
        "Domestic scheme: first checks",
        ClockState.OVER,
        "28 hours",
        "The system was down",
    )


def test_first_checks_in_time_end_their_clock_without_a_reason(officer):
    application = take(officer)
    finish_first_contact(officer, application)

    assert "domestic-first-checks" not in waiting(application)


def test_late_meeting_says_why(officer):
    with time_machine.travel("2026-03-02 09:00:00+00:00", tick=False):
        application = take(officer)
        name_both(officer, application)
        allocate(application, officer)
        finish_first_contact(officer, application)
        go_on(actor=officer, application=application, version=current(application))
    with time_machine.travel("2026-03-14 09:00:00+00:00", tick=False):
        with pytest.raises(DomainError, match="Say why it was late"):
            meet(officer, application)
        meet(officer, application, late_reason="She was away")
    assert set(waiting(application)) == {"domestic-whole"}


def every_act(actor, application):
    """Each act of the wizard, as a call."""
    told = {"actor": actor, "application": application}
    version = current(application)
    return {
        "name": lambda: add(actor, application, PartyRole.AT_RISK, "Ivy"),
        "ways": lambda: people.answer_ways(answers={"call": CALL}, **told),
        "check": lambda: check(actor, application, "first", "pnc"),
        "meeting": lambda: meet(actor, application),
        "record": lambda: link_record(nominal=None, version=version, **told),
        "forum": lambda: work.keep_forum(held_on=None, agencies=[], said="", why_none="Cannot wait", version=0, **told),
        "go on": lambda: go_on(version=version, **told),
        "hand over": lambda: ask_to_hand_over(reason="Away", version=version, **told),
        "withdraw": lambda: ends.withdraw_application(reason="Changed her mind", version=version, **told),
        "danger": lambda: work.begin_safeguarding(danger="Again", **told),
        "managers": lambda: tell_managers(reason="May know", version=version, **told),
    }


def test_danger_stops_every_act_until_it_is_said_what_was_done(officer):
    application = take_to_full_checks(officer)
    work.begin_safeguarding(actor=officer, application=application, danger="He is at her door")
    version = current(application)
    assert (application.state, application.stood_at) == (State.SAFEGUARDING, State.FULL_CHECKS)
    assert "application-danger" in waiting(application)

    words = {}
    for name, act in every_act(officer, application).items():
        with pytest.raises(DomainError) as refused:
            act()
        words[name] = str(refused.value)
    assert set(words.values()) == {"Somebody is in danger: protect first, and end the safeguarding."}
    assert current(application) == version
    with pytest.raises(DomainError, match="what was done"):
        work.end_safeguarding(actor=officer, application=application, done=" ", version=version)
    work.end_safeguarding(actor=officer, application=application, done="She is at a refuge", version=version)
    application.refresh_from_db()
    assert (application.state, application.stood_at) == (State.FULL_CHECKS, "")
    assert "application-danger" not in waiting(application)


def test_danger_at_first_contact_calls_the_unit_and_whoever_took_it_still_names_people(officer):
    boss = make_user(Role.SUPERVISOR, unit=officer.unit)
    control = make_user(Role.CONTROL_ROOM, organisation=officer.organisation)
    application = take(control, unit=officer.unit, in_danger=True, danger="He has a knife, 4 Quay Road")

    assert application.state == State.SAFEGUARDING
    assert Notification.objects.filter(recipient=boss, text__startswith="Somebody is in immediate danger").exists()
    assert Application.objects.for_user(control).filter(pk=application.pk).exists()
    work.end_safeguarding(actor=control, application=application, done="Patrol took him in", version=current(application))
    name_both(control, application)
    assert current(application)


def test_application_goes_back_to_where_it_stood_whatever_is_missing_by_now(officer):
    application = take_to_full_checks(officer)
    work.begin_safeguarding(actor=officer, application=application, danger="He is at her door")
    application.checks.all().delete()

    work.end_safeguarding(actor=officer, application=application, done="Protected", version=current(application))
    application.refresh_from_db()
    assert application.state == State.FULL_CHECKS


def test_record_that_one_manages_must_be_dealt_with_by_somebody_else(officer):
    nominal = make_nominal(offender_manager=officer)
    application = take(officer)
    boss = allocate(application, officer)

    with pytest.raises(DomainError, match="somebody else must deal"):
        link_record(actor=officer, application=application, nominal=nominal, version=current(application))
    with pytest.raises(DomainError, match="cannot deal with an application about this record"):
        link_record(actor=boss, application=application, nominal=nominal, version=current(application))
    ask_to_hand_over(actor=officer, application=application, reason="I manage him", version=current(application))
    assert "application-hand-over" in waiting(application)
    other = make_colleague(application)
    allocate(application, other, boss, reason="The other manages the record")
    assert "application-hand-over" not in waiting(application)
    link_record(actor=boss, application=application, nominal=nominal, version=current(application))
    assert not Application.objects.for_user(officer).exists()


def test_record_of_which_one_may_not_know_is_not_there(officer):
    nominal = make_nominal(is_restricted=True)
    application = take(officer)

    with pytest.raises(NotPermitted):
        link_record(actor=officer, application=application, nominal=nominal, version=current(application))


def test_supervisor_gives_it_to_somebody_else_when_the_record_comes_to_its_officer(officer):
    nominal = make_nominal(unit=officer.unit)
    application = take(officer)
    boss = allocate(application, officer)
    link_record(actor=officer, application=application, nominal=nominal, version=current(application))
    nominal.offender_manager = officer
    nominal.save()

    assert not Application.objects.for_user(officer).exists()
    other, excluded = make_colleague(application), make_colleague(application)
    make_exclusion(nominal=nominal, user=excluded)
    for unable in (nominal.offender_manager, excluded, make_user(), make_colleague(application, Role.PRESS_OFFICER)):
        with pytest.raises(DomainError, match="Choose somebody else"):
            allocate(application, unable, boss, reason="Hand over")
    with pytest.raises(DomainError, match="Say why"):
        allocate(application, other, boss)
    allocate(application, other, boss, reason="The record came to the other")
    assert {action.owner for action in waiting(application).values()} == {other}


def test_officer_allocates_nothing(officer):
    application = take(officer)

    with pytest.raises(NotPermitted):
        allocate(application, officer, boss=officer)


def test_nothing_tells_the_records_managers_before_it_is_decided_to(officer):
    nominal = make_nominal(unit=officer.unit)
    manager = nominal.offender_manager
    application = take(officer)
    name_both(officer, application)
    allocate(application, officer)
    link_record(actor=officer, application=application, nominal=nominal, version=current(application))

    assert not Event.objects.filter(nominal=nominal.pk).exists()
    assert not LogEntry.objects.filter(additional_data__nominal=nominal.pk, content_type__app_label="disclosure").exists()
    assert not Action.objects.filter(nominal=nominal.pk).exists()
    assert list(of_applications(manager, nominal, now(), 5)) == []
    with row_security(manager):
        assert not Party.objects.exists()

    tell_managers(actor=officer, application=application, reason="They plan a visit", version=current(application))

    assert [entry.title for entry in of_applications(manager, nominal, now() + timedelta(hours=1), 5)] == [
        "There is an application under a disclosure scheme"
    ]
    assert Notification.objects.filter(recipient=manager).count() == 1
    assert not Event.objects.filter(nominal=nominal.pk).exists()
    with pytest.raises(DomainError, match="know already"):
        tell_managers(actor=officer, application=application, reason="Again", version=current(application))
    link_record(actor=officer, application=application, nominal=None, version=current(application))
    assert not ApplicationMarker.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_on": None, "agencies": [], "said": ""}, "held_on"), ({"agencies": []}, "agencies"), ({"said": ""}, "said"),
        ({"why_none": "Cannot wait"}, "why_none"), ({"held_on": localdate() + timedelta(days=400)}, "held_on"),
    ],
)  # fmt: skip
def test_forum_met_or_it_is_said_why_not(officer, values, field):
    application = take_to_full_checks(officer)
    whole = {"held_on": localdate(), "agencies": ["Probation"], "said": "Tell", "why_none": ""}

    with pytest.raises(DomainError) as refused:
        work.keep_forum(actor=officer, application=application, version=0, **whole | values)
    assert refused.value.field == field


def test_withdrawal_cancels_the_clocks_and_the_police_may_go_on(officer):
    application = take(officer)
    name_both(officer, application)
    allocate(application, officer)
    ends.withdraw_application(actor=officer, application=application, reason="She is afraid", version=current(application))

    assert waiting(application) == {}
    assert not Action.objects.filter(outcome__contains="afraid").exists()
    after = ends.go_on_as_right_to_know(actor=officer, application=application, reason="He hit others before", in_danger=False)
    assert (after.route, after.twin_of, after.state, after.officer) == ("know", application, State.FIRST_CONTACT, officer)
    with row_security(officer):
        assert sorted(after.parties.values_list("role", "name")) == [("at_risk", "Ivy Sealed"), ("subject", "Nobody Invented")]
    assert not Action.objects.filter(kind="application-twin").exists()
    with pytest.raises(DomainError, match="gone on with this already"):
        ends.go_on_as_right_to_know(actor=officer, application=application, reason="Again", in_danger=False)
    with pytest.raises(DomainError, match="has ended"):
        add(officer, application, PartyRole.AT_RISK, "Ivy")


def test_supervisor_marks_what_was_made_to_harm(officer):
    application = take(officer)
    with pytest.raises(NotPermitted):
        ends.mark_malicious(actor=officer, application=application, reason="Boasts", version=current(application))

    ends.mark_malicious(actor=make_boss(application), application=application, reason="Boasts", version=current(application))

    application.refresh_from_db()
    assert application.is_malicious


def test_events_name_nobody(officer):
    application = take_to_full_checks(officer)
    finish_checks(officer, application)

    said = " ".join(f"{event.reason} {event.detail}" for event in Event.objects.filter(subject_id=application.pk))
    assert "Application taken" in said
    assert [name for name in ("Ivy", "Sealed", "Nobody", "Invented", "Afraid", "Her partner") if name in said] == []


def test_handler_of_the_units_records_deals_with_an_application_about_one():
    nominal = make_nominal()
    handler = make_handler(nominal)
    application = take(handler)
    allocate(application, handler)

    link_record(actor=handler, application=application, nominal=nominal, version=current(application))

    application.refresh_from_db()
    assert application.nominal == nominal
