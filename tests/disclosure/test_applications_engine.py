"""The engine of the disclosure schemes, and what the database holds on its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from accounts.access import row_security
from accounts.choices import Role
from disclosure.choices.applications import Route, Verdict
from disclosure.models import Application, Party, SchemeDisclosure
from disclosure.rules.applications import (
    FIRST_SYSTEMS,
    FULL_SYSTEMS,
    NEEDS,
    STEPS,
    Facts,
    State,
    lacking,
    missing,
    missing_to_disclose,
    next_of,
)
from tests.disclosure.making_applications import make_application, make_handler, make_party, make_scheme_decision, make_whole_application
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db

WHOLE = Facts(
    names_subject=True, names_at_risk=True, has_officer=True, safe_contact_answered=True, danger_asked=True,
    first_systems=frozenset(FIRST_SYSTEMS), full_systems=frozenset(FULL_SYSTEMS), interviewed=True, identity_proved=True,
    record_settled=True, forum_settled=True, representations_settled=True, verdict=Verdict.DISCLOSE, has_protector=True,
    identity_of_told_proved=True, has_script=True, undertaking_asked=True, has_safety_plan=True, told=True,
)  # fmt: skip
BROKEN = (
    {"names_subject": False}, {"names_at_risk": False}, {"is_about_applicant": True}, {"has_open_twin": True}, {"has_officer": False},
    {"safe_contact_answered": False}, {"danger_asked": False}, {"danger_open": True}, {"first_systems": frozenset({"pnc"})},
    {"full_systems": frozenset(FULL_SYSTEMS[1:])}, {"interviewed": False}, {"identity_proved": False}, {"record_settled": False},
    {"forum_settled": False}, {"representations_settled": False}, {"verdict": None}, {"verdict": Verdict.NOTHING},
    {"verdict": Verdict.WITHHOLD}, {"has_record": True}, {"has_record": True, "sharing_approved": True},
    {"has_record": True, "sharing_released": True}, {"has_protector": False}, {"identity_of_told_proved": False}, {"has_script": False},
    {"undertaking_asked": False}, {"has_safety_plan": False},
)  # fmt: skip


def test_everything_done_lets_somebody_be_told():
    assert missing_to_disclose(WHOLE) == []


@pytest.mark.parametrize("broken", BROKEN, ids=",".join)
def test_one_thing_undone_lets_nobody_be_told(broken):
    assert len(missing_to_disclose(replace(WHOLE, **broken))) >= 1


def test_each_step_needs_all_that_the_earlier_ones_needed():
    guarded = [NEEDS[state] for state in STEPS if state in NEEDS]

    assert all(set(earlier) <= set(later) for earlier, later in pairwise(guarded))


def test_right_to_know_skips_the_interview_alone():
    facts = replace(WHOLE, route=Route.KNOW, interviewed=False, identity_proved=False)

    assert next_of(State.FIRST_CONTACT, Route.KNOW) == State.FULL_CHECKS
    assert missing(State.FULL_CHECKS, facts) == []
    assert lacking(NEEDS[State.FULL_CHECKS], replace(facts, first_systems=frozenset())) == ["Finish the first checks."]


def test_who_applied_is_sealed_from_whoever_manages_the_person_asked_about():
    nominal = make_nominal()
    handler = make_handler(nominal)
    application = make_application(nominal=nominal, officer=handler)
    make_party(application)
    stranger = make_user(Role.OFFENDER_MANAGER, organisation=nominal.force, unit=nominal.unit)
    seen = {}
    for user in (handler, nominal.offender_manager, stranger):
        with row_security(user):
            rows = Party.objects.filter(application=application).count()
        seen[user] = (rows, Application.objects.for_user(user).filter(pk=application.pk).exists())

    assert list(seen.values()) == [(1, True), (0, False), (0, False)]
    assert Party.objects.count() == 0


def tell(application, decision, **values):
    """Write that somebody was told, past every service."""
    protector = make_party(application, "protector")
    with row_security(application.officer), transaction.atomic():
        return SchemeDisclosure.objects.create(
            application=application, decision=decision, protector=protector, script="He hit partners before", safety_plan="A plan",
            undertaking="signed", place="Northmere station", told_at=now(), told_by=application.officer, written_by=application.officer,
            **values,
        )  # fmt: skip


def test_database_lets_somebody_be_told_on_a_decision_that_stands():
    application = make_whole_application(state="decided")

    assert tell(application, make_scheme_decision(application)).pk


@pytest.mark.parametrize("case", ["nothing", "lapsed", "not decided", "other application", "not there yet", "record"])
def test_database_refuses_to_tell_without_a_decision(case):
    application = make_whole_application(nominal=make_nominal() if case == "record" else None, state="decided")
    if case == "other application":
        decision = make_scheme_decision(make_whole_application(state="decided"))
    elif case == "nothing":
        decision = make_scheme_decision(application, "nothing")
    elif case == "not decided":
        decision = make_scheme_decision(application, is_decided=False)
    else:
        decision = make_scheme_decision(application, lapsed_at=now() if case == "lapsed" else None)
    if case == "not there yet":
        Application.objects.filter(pk=application.pk).update(state="decision")

    with pytest.raises(IntegrityError):
        tell(application, decision)
    with row_security(application.officer):
        assert not SchemeDisclosure.objects.exists()
