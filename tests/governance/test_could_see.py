"""Who could have seen a record: today like the choke point itself, on a past day by what stood then."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate, now

from accounts.access import permissions_on, row_security
from accounts.choices import Role
from accounts.models import Delegation, Organisation, Unit, User
from accounts.permissions import Perm, Scope
from audit.choices import Verb
from audit.context import Context, in_context
from audit.services import record_event
from governance.choices.could_see import LEVELS, Shown
from governance.reports.could_see import PAPERS, SHARED, Seer, Sight, sight_on
from offenders.models import Nominal, Partnership
from offenders.services.access import grant_access, revoke_grant
from offenders.services.sections import add_section
from tests.factories import (
    make_exclusion,
    make_grant,
    make_group_grant,
    make_nominal,
    make_opening,
    make_partnership,
    make_reason,
    make_unit,
    make_user,
)
from tests.governance.making_looks import make_event

pytestmark = pytest.mark.django_db
LONG_AGO = now() - timedelta(days=400)
THEN = localdate() - timedelta(days=100)
NOON = datetime.combine(THEN, datetime.min.time(), tzinfo=now().tzinfo) + timedelta(hours=12)


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def force(unit: Unit) -> Organisation:
    return unit.organisation


@pytest.fixture
def manager(unit: Unit) -> User:
    return old_user(unit=unit)


@pytest.fixture
def nominal(manager: User) -> Nominal:
    """A record as old as the people."""
    with time_machine.travel(LONG_AGO):
        nominal = make_nominal(offender_manager=manager)
    Nominal.objects.filter(pk=nominal.pk).update(created_at=LONG_AGO)
    nominal.refresh_from_db()
    return nominal


def old_user(*roles: Role, **values: Any) -> User:
    """Somebody who came long ago, with a unit and roles since then."""
    with time_machine.travel(LONG_AGO):
        return make_user(*roles, **values)


def logged(row: models.Model, at: datetime, **changes: Any) -> None:
    """Say in the change log what changed at a moment; each change is a pair of before and after, or a change of roles."""
    LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(row), object_pk=str(row.pk), object_id=row.pk, object_repr=str(row),
        action=LogEntry.Action.UPDATE, timestamp=at, changes=changes,
    )  # fmt: skip


def of(sight: Sight, user: User) -> Seer | None:
    """Return what a reconstruction says of somebody."""
    return next((seer for seer in sight.seers if seer.user == user), None)


def held(sight: Sight, user: User) -> set[tuple[Perm, Scope]]:
    """Return by which scopes somebody held what."""
    seer = of(sight, user)
    return {(way.perm, way.scope) for way in seer.ways} if seer else set()


def test_today_it_says_of_everybody_what_the_choke_point_says(nominal: Nominal, unit: Unit, force: Organisation):
    """Every role in each relation to the record, compared with accounts.access.permissions_on."""
    other = make_unit(organisation=force)
    partner_unit = make_unit()
    Partnership.objects.create(nominal=nominal, force=partner_unit.organisation, unit=partner_unit, reason="Moves between")
    people = [make_user(role, unit=place) for role in Role if role != Role.PARTNER for place in (unit, other, partner_unit, make_unit())]
    for place, user in enumerate(list(people)):
        twin = make_user(*user.roles, unit=user.unit)
        people.append(twin)
        if place % 3 == 0:
            make_grant(nominal=nominal, user=twin, permission=Perm.VIEW_SENSITIVE if place % 2 else Perm.VIEW_CASE_FILE)
        if place % 3 == 1:
            make_reason(nominal=nominal, user=twin, permission=Perm.VIEW_CASE_FILE)
        if place % 3 == 2:
            make_exclusion(nominal=nominal, user=twin)
    lapsed = make_user(unit=unit, trained_until=localdate() - timedelta(days=1))
    closed = make_user(unit=unit, is_active=False)
    make_group_grant(nominal=nominal, group=Group.objects.get(name=Role.PRESS_OFFICER), permission=Perm.VIEW_CARD)
    people += [nominal.offender_manager, lapsed, closed]
    for is_restricted in (False, True):
        Nominal.objects.filter(pk=nominal.pk).update(is_restricted=is_restricted)
        nominal.refresh_from_db()
        sight = sight_on(nominal, localdate())
        at_the_end = [(seer.user.pk, way.perm) for seer in sight.seers for way in seer.ways if way.until is None]
        said = {(key, perm) for key, perm in at_the_end if perm != Perm.VIEW_CONFIDENTIAL and key in {user.pk for user in people}}
        levels = [perm for perm, _, _ in LEVELS if perm != Perm.VIEW_CONFIDENTIAL]
        fresh = User.objects.filter(pk__in=[user.pk for user in people]).select_related("organisation").prefetch_related("groups")
        assert said == {(user.pk, perm) for user in fresh for perm in permissions_on(user, levels, nominal)}
        assert len(said) > 20


def test_a_past_day_is_told_by_unit_roles_manager_and_restriction_of_then(nominal: Nominal, manager: User, unit: Unit, force: Organisation):
    before_unit = make_unit(organisation=force)
    former, colleague, newcomer, mover = old_user(unit=before_unit), old_user(unit=before_unit), make_user(unit=unit), old_user(unit=unit)
    after = NOON + timedelta(days=20)
    logged(
        nominal, after, unit=[str(before_unit.pk), str(unit.pk)], offender_manager=[str(former.pk), str(manager.pk)],
        is_restricted=["False", "True"],
    )  # fmt: skip
    Nominal.objects.filter(pk=nominal.pk).update(is_restricted=True)
    logged(mover, after, groups={"type": "m2m", "operation": "add", "objects": ["offender_manager"]})
    logged(mover, after, groups={"type": "m2m", "operation": "delete", "objects": ["supervisor"]})
    logged(mover, after, unit=[str(before_unit.pk), str(unit.pk)])
    nominal.refresh_from_db()
    sight = sight_on(nominal, THEN)
    assert {(Perm.VIEW_CASE_FILE, Scope.OWN), (Perm.VIEW_CASE_FILE, Scope.UNIT)} <= held(sight, former)
    assert (Perm.VIEW_CASE_FILE, Scope.UNIT) in held(sight, colleague)
    assert (Perm.VIEW_CASE_FILE, Scope.UNIT_RESTRICTED) in held(sight, mover)
    assert of(sight, mover).roles == ["Supervisor"]
    assert of(sight, mover).unit == before_unit.name
    assert {perm for perm, _ in held(sight, manager)} == {Perm.VIEW_CARD, Perm.VIEW_MARKER}
    assert of(sight, newcomer) is None
    today = sight_on(nominal, localdate())
    assert (held(today, former), held(today, colleague), held(today, mover)) == (set(), set(), set())
    assert (Perm.VIEW_CASE_FILE, Scope.OWN) in held(today, manager)


def test_training_of_then_counts(nominal: Nominal, manager: User):
    logged(manager, NOON + timedelta(days=3), trained_until=[str(THEN - timedelta(days=1)), str(THEN + timedelta(days=300))])
    assert Perm.VIEW_CASE_FILE not in {perm for perm, _ in held(sight_on(nominal, THEN), manager)}
    assert Perm.VIEW_CASE_FILE in {perm for perm, _ in held(sight_on(nominal, localdate()), manager)}


def test_a_change_within_the_day_says_from_when_until_when(nominal: Nominal, manager: User, force: Organisation):
    former = old_user(organisation=force)
    logged(nominal, NOON, offender_manager=[str(former.pk), str(manager.pk)])
    sight = sight_on(nominal, THEN)
    was, became = (next(way for way in of(sight, user).ways if way.scope == Scope.OWN) for user in (former, manager))
    assert (was.since, was.until, became.since, became.until) == (None, NOON, NOON, None)
    assert any("managed the record until" in line for line in of(sight, former).lines)


def test_exceptions_count_in_their_own_time(nominal: Nominal, manager: User, force: Organisation, unit: Unit):
    partner, lead, excluded, stater = (
        old_user(), old_user(Role.SUPERVISOR, organisation=force), old_user(unit=unit), old_user(organisation=force),
    )  # fmt: skip
    day_before, day_after = NOON - timedelta(days=1), NOON + timedelta(days=1)
    partnership = make_partnership(nominal=nominal, force=partner.organisation, unit=partner.unit)
    Partnership.objects.filter(pk=partnership.pk).update(since=day_before, ended_at=day_after)
    exclusion = make_exclusion(nominal=nominal, user=excluded)
    type(exclusion).objects.filter(pk=exclusion.pk).update(made_at=day_before, ended_at=day_after)
    reason = make_reason(nominal=nominal, user=stater, permission=Perm.VIEW_CASE_FILE)
    type(reason).objects.filter(pk=reason.pk).update(stated_at=NOON, expires_at=NOON + timedelta(hours=8))
    opening = make_opening(nominal=nominal, user=lead)
    type(opening).objects.filter(pk=opening.pk).update(opened_at=NOON, expires_at=NOON + timedelta(hours=1))
    sight, later = sight_on(nominal, THEN), sight_on(nominal, THEN + timedelta(days=3))
    assert (Perm.VIEW_CASE_FILE, Scope.PARTNERED_UNIT) in held(sight, partner)
    assert (Perm.VIEW_CASE_FILE, Scope.FORCE_STATED_REASON) in held(sight, stater)
    assert (Perm.VIEW_CONFIDENTIAL, Scope.BREAK_GLASS) in held(sight, lead)
    assert of(sight, excluded) is None
    assert Perm.VIEW_CASE_FILE not in {perm for user in (partner, stater) for perm, _ in held(later, user)}
    assert (Perm.VIEW_CONFIDENTIAL, Scope.BREAK_GLASS) not in held(later, lead)
    assert (Perm.VIEW_CASE_FILE, Scope.UNIT) in held(later, excluded)


def test_authority_that_was_lent_counts_on_its_days(nominal: Nominal, manager: User, force: Organisation):
    lender, borrower = old_user(Role.DISCLOSURE_AUTHORITY, organisation=force), old_user(Role.OPERATIONAL, organisation=force)
    lent = Delegation.objects.create(
        authority="disclose_category_1_level_1", delegator=lender, delegate=borrower, reason="Leave",
        period=DateRange(localdate() - timedelta(days=2), localdate() + timedelta(days=2)),
    )  # fmt: skip
    Delegation.objects.filter(pk=lent.pk).update(made_at=LONG_AGO)
    assert (Perm.VIEW_SHARING, Scope.DELEGATED) in held(sight_on(nominal, localdate()), borrower)
    assert (Perm.VIEW_SHARING, Scope.DELEGATED) not in held(sight_on(nominal, localdate() - timedelta(days=3)), borrower)


def test_a_grant_whose_row_is_gone_is_told_from_the_trail(nominal: Nominal, manager: User, force: Organisation):
    reader = old_user(Role.OPERATIONAL, organisation=force)
    with in_context(Context(user=manager, channel="web")):
        given = {"user": reader, "permission": Perm.VIEW_CASE_FILE, "reason": "A joint operation", "expires_at": now() + timedelta(days=3)}
        revoke_grant(actor=manager, grant=grant_access(actor=manager, nominal=nominal, **given), reason="The operation is over")
    granted = {"user": reader.pk, "permission": "view_sensitive"}
    make_event(manager, nominal, Verb.GRANTED, NOON, granted | {"expires_at": (NOON + timedelta(days=2)).isoformat()})
    make_event(manager, nominal, Verb.REVOKED, NOON + timedelta(hours=3), granted)
    assert not nominal.user_grants.exists()
    (way,) = (way for way in of(sight_on(nominal, THEN), reader).ways if way.perm == Perm.VIEW_SENSITIVE)
    assert (way.scope, way.since, way.until) == (Scope.GRANTED, NOON, NOON + timedelta(hours=3))
    assert Perm.VIEW_SENSITIVE not in {perm for perm, _ in held(sight_on(nominal, THEN + timedelta(days=1)), reader)}
    assert (Perm.VIEW_CASE_FILE, Scope.GRANTED) in {(way.perm, way.scope) for way in of(sight_on(nominal, localdate()), reader).ways}


def test_who_kept_a_confidential_section_is_told_from_the_trail(nominal: Nominal, manager: User, unit: Unit):
    keeper = old_user(unit=unit)
    with in_context(Context(user=manager, channel="web")):
        section = add_section(
            actor=manager, nominal=nominal, kind="victim", body="Kept apart", basis="policing", lawful_basis="Safeguarding", handling="",
            originator="Liaison",
            review_on=localdate() + timedelta(days=60),
        )  # fmt: skip
    assert (Perm.VIEW_CONFIDENTIAL, Scope.GRANTED) in held(sight_on(nominal, localdate()), manager)
    assert (Perm.VIEW_CONFIDENTIAL, Scope.GRANTED) not in held(sight_on(nominal, localdate()), keeper)
    with row_security(manager):
        record_event(Verb.CHANGED, section, act="Section passed on", user=keeper.pk)
    assert (Perm.VIEW_CONFIDENTIAL, Scope.GRANTED) in held(sight_on(nominal, localdate()), keeper)


def test_it_tells_what_people_did_and_names_looks_for_which_it_finds_no_way(nominal: Nominal, manager: User, force: Organisation):
    stranger = old_user(Role.AUDITOR, organisation=force, unit=None)
    opened = make_event(manager, nominal, at=NOON, page="CaseFilePage")
    listed = make_event(manager, verb=Verb.LISTED, at=NOON, rows="offenders.nominal", ids=[nominal.pk], page="NominalList")
    make_event(manager, verb=Verb.LISTED, at=NOON, rows="offenders.nominal", ids=[nominal.pk + 1])
    make_event(manager, nominal, at=NOON + timedelta(days=1))
    odd = make_event(stranger, nominal, at=NOON)
    sight = sight_on(nominal, THEN)
    assert [look.event for look in of(sight, manager).looks] == [opened.pk, listed.pk]
    assert of(sight, manager).looks[0].words == "Viewed: case file"
    assert (sight.seers[0].user, sight.seers[0].is_unexplained) == (stranger, True)
    assert [look.event for look in sight.seers[0].looks] == [odd.pk]
    assert {seer.user for seer in sight.shown(Shown.LOOKED)} == {manager, stranger}


def test_whoever_read_papers_alone_is_told_of_as_a_reader_of_papers(nominal: Nominal, manager: User, force: Organisation):
    partner, auditor = make_user(Role.PARTNER), old_user(Role.AUDITOR, organisation=force, unit=None)
    for reader, paper in ((partner, "sharing.release"), (auditor, "disclosure.prosecution")):
        with in_context(Context(user=reader, channel="web")):
            record_event(Verb.VIEWED, SimpleNamespace(_meta=apps.get_model(paper)._meta, pk=1, nominal_id=nominal.pk))

    sight = sight_on(nominal, localdate())

    assert (of(sight, partner).lines, of(sight, auditor).lines) == ([SHARED], [PAPERS])
    assert not of(sight, partner).is_unexplained
    make_event(partner, nominal)
    assert (of(sight_on(nominal, localdate()), partner).lines, of(sight_on(nominal, localdate()), partner).is_unexplained) == ([], True)


def test_before_the_record_was_made_nobody_could_see_it_and_a_merged_one_is_nobodys(nominal: Nominal, manager: User):
    assert sight_on(nominal, localdate(LONG_AGO) - timedelta(days=2)).seers == []
    other = make_nominal(offender_manager=manager)
    Nominal.objects.filter(pk=nominal.pk).update(merged_into=other)
    nominal.refresh_from_db()
    assert sight_on(nominal, THEN).seers == []
    logged(nominal, NOON + timedelta(days=1), merged_into=["None", str(other.pk)])
    assert of(sight_on(nominal, THEN), manager)


def test_what_it_says_holds_nothing_of_the_record_but_its_reference(nominal: Nominal, manager: User):
    make_event(manager, nominal, at=NOON)
    said = str(sight_on(nominal, THEN).content)
    assert nominal.reference in said
    assert [name for name in ("Sample", "Alex", "coaching") if name in said] == []


def test_it_takes_as_many_statements_for_many_people_as_for_few(nominal: Nominal, unit: Unit, django_assert_max_num_queries):
    for _ in range(12):
        make_event(make_user(unit=unit), nominal)
    with django_assert_max_num_queries(20):
        assert len(sight_on(nominal, localdate()).seers) >= 12
