"""Reasons, grants, exclusions, partnerships: the services."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.access import may
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from accounts.permissions import Perm
from audit.choices import Verb
from audit.context import acting_as
from audit.models import Event
from offenders.models import Exclusion, NominalUserGrant, Partnership, StatedReason
from offenders.periods import PERIODS, PeriodKind, length_of
from offenders.reports import people_to_grant
from offenders.services.access import (
    add_partnership,
    end_exclusion,
    end_partnership,
    exclude_person,
    grant_access,
    revoke_grant,
    state_reason,
)  # fmt: skip
from tests.factories import (
    make_agency,
    make_exclusion,
    make_force,
    make_grant,
    make_nominal,
    make_partnership,
    make_unit,
    make_user,
)  # fmt: skip

pytestmark = pytest.mark.django_db
WHY = "Joint operation in May"


@pytest.fixture
def manager():
    return make_user()


@pytest.fixture
def nominal(manager):
    return make_nominal(offender_manager=manager)


@pytest.fixture
def supervisor(manager):
    return make_user(Role.SUPERVISOR, unit=manager.unit)


def in_days(days):
    return timezone.now() + timedelta(days=days)


def events(verb):
    return list(Event.objects.filter(verb=verb).values_list("nominal", "reason"))


# Stated reasons


def test_a_reason_opens_the_card_of_another_force_for_eight_hours_and_is_asked_again(nominal):
    user = make_user(Role.CONTROL_ROOM)
    stated = state_reason(actor=user, nominal=nominal, permission=Perm.VIEW_CARD, category="incident", text="  Call from a neighbour  ")

    assert may(user, Perm.VIEW_CARD, nominal)
    assert not may(user, Perm.VIEW_CASE_FILE, nominal)
    assert timedelta(hours=7, minutes=59) < stated.expires_at - timezone.now() <= timedelta(hours=8)
    assert events(Verb.STATED_REASON) == [(nominal.pk, "Dealing with an incident now: Call from a neighbour")]
    with time_machine.travel(stated.expires_at, tick=False):
        assert not may(user, Perm.VIEW_CARD, nominal)
        state_reason(actor=user, nominal=nominal, permission=Perm.VIEW_CARD, category="incident", text="Still at the address")
        assert may(user, Perm.VIEW_CARD, nominal)


def test_a_reason_for_the_card_does_not_help_to_the_case_file_of_another_force(nominal):
    user = make_user(Role.OPERATIONAL)
    state_reason(actor=user, nominal=nominal, permission=Perm.VIEW_CARD, category="incident", text="Call from a neighbour")
    with pytest.raises(NotPermitted):
        state_reason(actor=user, nominal=nominal, permission=Perm.VIEW_CASE_FILE, category="incident", text="Call from a neighbour")


@pytest.mark.parametrize("text", ["", "         ", "short"])
def test_a_reason_needs_words(nominal, text):
    with pytest.raises(DomainError) as refused:
        state_reason(actor=make_user(), nominal=nominal, permission=Perm.VIEW_CARD, category="incident", text=text)
    assert refused.value.field == "text"
    assert not StatedReason.objects.exists()


def test_no_reason_opens_a_restricted_record_or_one_that_the_user_is_excluded_from(nominal, manager):
    excluded = make_user(organisation=manager.organisation)
    make_exclusion(nominal=nominal, user=excluded)
    restricted = make_nominal(offender_manager=manager, is_restricted=True)
    for user, record in ((excluded, nominal), (make_user(organisation=manager.organisation), restricted)):
        with pytest.raises(NotPermitted):
            state_reason(actor=user, nominal=record, permission=Perm.VIEW_CARD, category="incident", text="Call from a neighbour")


def test_periods_are_dated_data_with_a_source():
    assert all(period.source for period in PERIODS)
    assert length_of(PeriodKind.STATED_REASON, timezone.localdate()) == timedelta(hours=8)
    assert length_of(PeriodKind.EMERGENCY_OPENING, timezone.localdate()) == timedelta(hours=1)


# Grants


def test_the_manager_gives_a_colleague_access_and_ends_it(nominal, manager):
    user = make_user(organisation=manager.organisation)
    with acting_as(manager):
        grant = grant_access(actor=manager, nominal=nominal, user=user, permission=Perm.VIEW_CASE_FILE, reason=WHY, expires_at=in_days(7))
    assert may(user, Perm.VIEW_CASE_FILE, nominal)
    assert (grant.granted_by, grant.reason) == (manager, WHY)

    revoke_grant(actor=manager, grant=grant, reason="The operation ended")
    assert not may(user, Perm.VIEW_CASE_FILE, nominal)
    assert events(Verb.GRANTED) == [(nominal.pk, WHY)]
    assert events(Verb.REVOKED) == [(nominal.pk, "The operation ended")]


def test_only_who_manages_access_gives_or_ends_it(nominal, manager):
    user = make_user(organisation=manager.organisation)
    grant = make_grant(nominal=nominal, user=user)
    for actor in (make_user(unit=manager.unit), user, make_user(Role.SUPERVISOR)):
        with pytest.raises(NotPermitted):
            grant_access(actor=actor, nominal=nominal, user=user, permission=Perm.VIEW_CARD, reason=WHY, expires_at=in_days(7))
        with pytest.raises(NotPermitted):
            revoke_grant(actor=actor, grant=grant, reason=WHY)
    assert list(NominalUserGrant.objects.all()) == [grant]


@pytest.mark.parametrize(("days", "field"), [(-1, "expires_at"), (0, "expires_at"), (367, "expires_at"), (4000, "expires_at")])
def test_a_grant_ends_in_the_future_and_within_the_rule(nominal, manager, days, field):
    user = make_user(organisation=manager.organisation)
    with pytest.raises(DomainError) as refused:
        grant_access(actor=manager, nominal=nominal, user=user, permission=Perm.VIEW_CARD, reason=WHY, expires_at=in_days(days))
    assert refused.value.field == field


def test_grants_name_staff_of_the_force_and_its_partners_only(nominal, manager, supervisor):
    partner = make_force()
    make_partnership(nominal=nominal, force=partner)
    colleague, of_partner = make_user(organisation=manager.organisation), make_user(organisation=partner)
    make_user(Role.PARTNER)
    make_user()
    make_user(organisation=partner, is_active=False)
    assert set(people_to_grant(nominal)) == {manager, supervisor, colleague, of_partner}


@pytest.mark.parametrize(
    "values",
    [
        {"roles": [Role.CONTROL_ROOM]},
        {"roles": [Role.AUDITOR]},
        {"roles": [Role.OPERATIONAL], "trained_until": None},
    ],
)
def test_a_grant_without_effect_is_refused(nominal, manager, values):
    roles = values.pop("roles")
    user = make_user(*roles, organisation=manager.organisation, **values)
    with pytest.raises(DomainError, match="role, training or vetting"):
        grant_access(actor=manager, nominal=nominal, user=user, permission=Perm.VIEW_CASE_FILE, reason=WHY, expires_at=in_days(7))


def test_a_grant_to_oneself_or_to_somebody_excluded_is_refused(nominal, manager, supervisor):
    excluded = make_user(organisation=manager.organisation)
    make_exclusion(nominal=nominal, user=excluded)
    for user, words in ((excluded, "is excluded"), (supervisor, "to yourself")):
        with pytest.raises(DomainError, match=words):
            grant_access(actor=supervisor, nominal=nominal, user=user, permission=Perm.VIEW_CARD, reason=WHY, expires_at=in_days(7))


def test_a_grant_that_counts_is_not_doubled_and_one_that_ran_out_is_given_anew(nominal, manager):
    live, ended = make_user(organisation=manager.organisation), make_user(organisation=manager.organisation)
    make_grant(nominal=nominal, user=live, permission=Perm.VIEW_CARD)
    make_grant(nominal=nominal, user=ended, permission=Perm.VIEW_CARD, hours=-1)
    with pytest.raises(DomainError, match="has that access until"):
        grant_access(actor=manager, nominal=nominal, user=live, permission=Perm.VIEW_CARD, reason=WHY, expires_at=in_days(7))
    grant_access(actor=manager, nominal=nominal, user=ended, permission=Perm.VIEW_CARD, reason=WHY, expires_at=in_days(7))
    assert NominalUserGrant.objects.filter(user=ended).count() == 1


# Exclusions


def test_a_supervisor_excludes_a_person_whose_sight_ends_at_once(nominal, supervisor, manager):
    user = make_user(unit=manager.unit)
    make_grant(nominal=nominal, user=user)
    assert may(user, Perm.VIEW_CASE_FILE, nominal)
    exclusion = exclude_person(actor=supervisor, nominal=nominal, user=user, reason="Neighbour of the family")
    assert not may(user, Perm.VIEW_MARKER, nominal)
    end_exclusion(actor=supervisor, exclusion=exclusion, reason="Moved away in June")
    assert may(user, Perm.VIEW_CASE_FILE, nominal)
    assert events(Verb.EXCLUDED) == [(nominal.pk, "Neighbour of the family")]
    assert events(Verb.CHANGED) == [(nominal.pk, "Moved away in June")]


def test_the_manager_is_excluded_only_after_allocating_the_record(nominal, supervisor, manager):
    with pytest.raises(DomainError, match="Allocate it to another manager first"):
        exclude_person(actor=supervisor, nominal=nominal, user=manager, reason="Related to the person")
    assert not Exclusion.objects.exists()


def test_only_a_supervisor_of_the_unit_excludes(nominal, manager):
    for actor in (manager, make_user(Role.SUPERVISOR), make_user(Role.ADMINISTRATOR, organisation=manager.organisation)):
        with pytest.raises(NotPermitted):
            exclude_person(actor=actor, nominal=nominal, user=make_user(), reason="Neighbour of the family")


def test_an_excluded_supervisor_cannot_end_their_own_exclusion(nominal, supervisor):
    exclusion = exclude_person(actor=supervisor, nominal=nominal, user=supervisor, reason="My own relative, declared")
    with pytest.raises(NotPermitted):
        end_exclusion(actor=supervisor, exclusion=exclusion, reason="I want it back now")


def test_nobody_is_excluded_twice(nominal, supervisor):
    user = make_user()
    exclude_person(actor=supervisor, nominal=nominal, user=user, reason="Neighbour of the family")
    with pytest.raises(DomainError, match="already"):
        exclude_person(actor=supervisor, nominal=nominal, user=user, reason="Neighbour of the family")


# Partnerships


def test_a_partnership_opens_the_card_to_the_force_and_the_case_file_to_the_unit(nominal, manager):
    unit = make_unit()
    of_unit, of_force = make_user(unit=unit), make_user(organisation=unit.organisation)
    assert not may(of_unit, Perm.VIEW_CARD, nominal)
    partnership = add_partnership(actor=manager, nominal=nominal, force=unit.organisation, unit=unit, reason="Works in their area")
    assert [may(user, Perm.VIEW_CARD, nominal) for user in (of_unit, of_force)] == [True, True]
    assert [may(user, Perm.VIEW_CASE_FILE, nominal) for user in (of_unit, of_force)] == [True, False]
    end_partnership(actor=manager, partnership=partnership, reason="Moved back in May")
    assert [may(user, Perm.VIEW_CARD, nominal) for user in (of_unit, of_force)] == [False, False]


def test_partnerships_that_make_no_sense_are_refused(nominal, manager):
    live = make_partnership(nominal=nominal, force=make_force())
    wrong = [
        (nominal.force, None, "force"),
        (make_agency(), None, "force"),
        (live.force, None, "force"),
        (make_force(), make_unit(), "unit"),
    ]
    for force, unit, field in wrong:
        with pytest.raises(DomainError) as refused:
            add_partnership(actor=manager, nominal=nominal, force=force, unit=unit, reason="Works in their area")
        assert refused.value.field == field
    assert list(Partnership.objects.all()) == [live]
