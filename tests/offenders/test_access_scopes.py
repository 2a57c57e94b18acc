"""Each scope opens exactly the records it is meant to, to exactly the people it is meant for."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

from accounts.access import may
from accounts.choices import Role
from accounts.permissions import Perm, Scope
from offenders.models import Nominal
from tests.factories import (
    make_exclusion,
    make_force,
    make_grant,
    make_group_grant,
    make_nominal,
    make_partnership,
    make_reason,
    make_unit,
    make_user,
)  # fmt: skip

pytestmark = pytest.mark.django_db
YESTERDAY = date(2020, 1, 1)


@pytest.fixture
def scene():
    """A unit with two officers who each have an open and a restricted record; a second unit and a second force with one each."""
    unit = make_unit()
    owner, colleague = make_user(unit=unit), make_user(unit=unit)
    other_unit = make_unit(organisation=unit.organisation)
    return {
        "unit": unit,
        "force": unit.organisation,
        "owner": owner,
        "mine": make_nominal(offender_manager=owner),
        "mine_restricted": make_nominal(offender_manager=owner, is_restricted=True),
        "theirs": make_nominal(offender_manager=colleague),
        "theirs_restricted": make_nominal(offender_manager=colleague, is_restricted=True),
        "other_unit": make_nominal(unit=other_unit),
        "other_force": make_nominal(),
        "colleague": colleague,
    }


def reached(scene, user, perm):
    """Return the names in the scene of the records that the user reaches."""
    keys = set(Nominal.objects.for_user(user, perm).values_list("pk", flat=True))
    return {name for name, thing in scene.items() if isinstance(thing, Nominal) and thing.pk in keys}


def reached_by(user, perm, *scopes):
    """Return the records that these scopes alone reach for the user."""
    return set(Nominal.objects.visible_to(user, perm, frozenset(scopes)))


def test_scope_own_is_the_managing_officer(scene):
    assert reached_by(scene["owner"], Perm.VIEW_CASE_FILE, Scope.OWN) == {scene["mine"], scene["mine_restricted"]}
    assert reached_by(make_user(unit=scene["unit"]), Perm.VIEW_CASE_FILE, Scope.OWN) == set()


def test_scope_unit_leaves_restricted_records_out(scene):
    assert reached_by(make_user(unit=scene["unit"]), Perm.VIEW_CASE_FILE, Scope.UNIT) == {scene["mine"], scene["theirs"]}
    assert reached_by(make_user(), Perm.VIEW_CASE_FILE, Scope.UNIT) == set()


def test_scope_unit_is_nothing_for_somebody_without_a_unit(scene):
    user = make_user(organisation=scene["force"], unit=None)
    assert reached_by(user, Perm.VIEW_CASE_FILE, Scope.UNIT, Scope.UNIT_RESTRICTED, Scope.PARTNERED_UNIT) == set()


def test_scope_unit_restricted_reaches_the_whole_unit(scene):
    wanted = {scene["mine"], scene["mine_restricted"], scene["theirs"], scene["theirs_restricted"]}
    assert reached_by(make_user(Role.SUPERVISOR, unit=scene["unit"]), Perm.VIEW_CASE_FILE, Scope.UNIT_RESTRICTED) == wanted


def test_scope_force_leaves_restricted_records_out(scene):
    wanted = {scene["mine"], scene["theirs"], scene["other_unit"]}
    assert reached_by(make_user(organisation=scene["force"]), Perm.VIEW_CARD, Scope.FORCE) == wanted


def test_scope_all_is_every_record_that_is_not_restricted(scene):
    wanted = {scene["mine"], scene["theirs"], scene["other_unit"], scene["other_force"]}
    assert reached_by(make_user(Role.CONTROL_ROOM), Perm.VIEW_MARKER, Scope.ALL) == wanted


def test_scope_partnered_force_is_live_partnerships_of_the_users_force(scene):
    partner = make_force()
    make_partnership(nominal=scene["mine"], force=partner)
    make_partnership(nominal=scene["mine_restricted"], force=partner)
    ended = make_partnership(nominal=scene["theirs"], force=partner)
    ended.ended_at = timezone.now()
    ended.save()
    user = make_user(organisation=partner)
    assert reached_by(user, Perm.VIEW_CARD, Scope.PARTNERED_FORCE) == {scene["mine"]}
    assert reached_by(make_user(), Perm.VIEW_CARD, Scope.PARTNERED_FORCE) == set()


def test_scope_partnered_unit_is_that_unit_only(scene):
    unit = make_unit()
    make_partnership(nominal=scene["mine"], force=unit.organisation, unit=unit)
    make_partnership(nominal=scene["theirs"], force=unit.organisation)
    assert reached_by(make_user(unit=unit), Perm.VIEW_CASE_FILE, Scope.PARTNERED_UNIT) == {scene["mine"]}
    assert reached_by(make_user(organisation=unit.organisation), Perm.VIEW_CASE_FILE, Scope.PARTNERED_UNIT) == set()


def test_scope_granted_is_live_grants_that_open_the_permission(scene):
    user = make_user()
    make_grant(nominal=scene["mine"], user=user, permission=Perm.VIEW_CASE_FILE)
    make_grant(nominal=scene["theirs_restricted"], user=user, permission=Perm.VIEW_CARD)
    make_grant(nominal=scene["theirs"], user=user, hours=-1)
    assert reached_by(user, Perm.VIEW_CASE_FILE, Scope.GRANTED) == {scene["mine"]}
    assert reached_by(user, Perm.VIEW_CARD, Scope.GRANTED) == {scene["mine"], scene["theirs_restricted"]}
    assert reached_by(make_user(), Perm.VIEW_CARD, Scope.GRANTED) == set()


def test_scope_granted_counts_grants_to_a_group(scene):
    group = Group.objects.get(name=Role.MAPP_CHAIR)
    make_group_grant(nominal=scene["mine"], group=group)
    assert reached_by(make_user(Role.MAPP_CHAIR), Perm.VIEW_CASE_FILE, Scope.GRANTED) == {scene["mine"]}
    assert reached_by(make_user(Role.OPERATIONAL), Perm.VIEW_CASE_FILE, Scope.GRANTED) == set()


def test_scope_stated_reason_is_the_record_the_person_and_what_was_asked(scene):
    user = make_user()
    make_reason(nominal=scene["mine"], user=user, permission=Perm.VIEW_CARD)
    make_reason(nominal=scene["mine_restricted"], user=user, permission=Perm.VIEW_CARD)
    make_reason(nominal=scene["theirs"], user=user, hours=-1)
    assert reached_by(user, Perm.VIEW_CARD, Scope.STATED_REASON) == {scene["mine"]}
    assert reached_by(user, Perm.VIEW_CASE_FILE, Scope.STATED_REASON) == set()
    assert reached_by(make_user(), Perm.VIEW_CARD, Scope.STATED_REASON) == set()


def test_scope_force_stated_reason_stops_at_the_force_and_its_partnerships(scene):
    user = make_user(organisation=scene["force"])
    for name in ("mine", "other_unit", "other_force"):
        make_reason(nominal=scene[name], user=user, permission=Perm.VIEW_CASE_FILE)
    assert reached_by(user, Perm.VIEW_CASE_FILE, Scope.FORCE_STATED_REASON) == {scene["mine"], scene["other_unit"]}
    make_partnership(nominal=scene["other_force"], force=scene["force"])
    assert reached_by(user, Perm.VIEW_CASE_FILE, Scope.FORCE_STATED_REASON) == {scene["mine"], scene["other_unit"], scene["other_force"]}


def test_three_people_owner_unit_and_stranger(scene):
    owner, stranger = scene["owner"], make_user()
    of_unit = make_user(unit=scene["unit"])
    assert reached(scene, owner, Perm.VIEW_CASE_FILE) == {"mine", "mine_restricted", "theirs"}
    assert reached(scene, of_unit, Perm.VIEW_CASE_FILE) == {"mine", "theirs"}
    assert reached(scene, stranger, Perm.VIEW_CASE_FILE) == set()
    assert reached(scene, stranger, Perm.VIEW_CARD) == set()
    assert reached(scene, stranger, Perm.VIEW_MARKER) == {"mine", "theirs", "other_unit", "other_force"}


def test_a_supervisor_of_the_unit_reaches_its_restricted_records(scene):
    supervisor = make_user(Role.SUPERVISOR, unit=scene["unit"])
    assert reached(scene, supervisor, Perm.CHANGE_RECORD) == {"mine", "mine_restricted", "theirs", "theirs_restricted"}


def test_an_exclusion_wins_over_everything(scene):
    owner, supervisor = scene["owner"], make_user(Role.SUPERVISOR, unit=scene["unit"])
    for user in (owner, supervisor):
        make_grant(nominal=scene["mine"], user=user)
        make_reason(nominal=scene["mine"], user=user, permission=Perm.VIEW_CASE_FILE)
        assert may(user, Perm.VIEW_CASE_FILE, scene["mine"])
        make_exclusion(nominal=scene["mine"], user=user)
    for user in (owner, supervisor):
        assert [
            perm for perm in Perm if perm in (Perm.VIEW_MARKER, Perm.VIEW_CARD, Perm.VIEW_CASE_FILE) and may(user, perm, scene["mine"])
        ] == []
        assert not Nominal.objects.reachable_by_reason(user, Perm.VIEW_CARD).filter(pk=scene["mine"].pk).exists()


def test_an_ended_exclusion_hides_nothing(scene):
    exclusion = make_exclusion(nominal=scene["mine"], user=scene["owner"])
    exclusion.ended_at = timezone.now()
    exclusion.save()
    assert may(scene["owner"], Perm.VIEW_CASE_FILE, scene["mine"])


@pytest.mark.parametrize("lapsed", ["trained_until", "vetted_until"])
@pytest.mark.parametrize("until", [YESTERDAY, None])
def test_lapsed_training_or_vetting_closes_case_files_and_keeps_the_card(scene, lapsed, until):
    user = make_user(unit=scene["unit"], **{lapsed: until})
    assert reached(scene, user, Perm.VIEW_CASE_FILE) == set()
    assert reached(scene, user, Perm.VIEW_CARD) == {"mine", "theirs", "other_unit"}


def test_inactive_and_anonymous_people_see_nothing(scene):
    scene["owner"].is_active = False
    for user in (scene["owner"], AnonymousUser()):
        assert {perm: reached(scene, user, perm) for perm in (Perm.VIEW_MARKER, Perm.VIEW_CARD, Perm.VIEW_CASE_FILE)} == {
            Perm.VIEW_MARKER: set(), Perm.VIEW_CARD: set(), Perm.VIEW_CASE_FILE: set(),
        }  # fmt: skip


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER])
def test_roles_without_case_content_see_no_record(scene, role):
    user = make_user(role, organisation=scene["force"])
    assert [perm for perm in Perm if perm in (Perm.VIEW_MARKER, Perm.VIEW_CARD, Perm.VIEW_CASE_FILE) and reached(scene, user, perm)] == []


def test_roles_add_up(scene):
    both = make_user(Role.CONTROL_ROOM, Role.SUPERVISOR, unit=scene["unit"])
    assert reached(scene, both, Perm.VIEW_CASE_FILE) == {"mine", "mine_restricted", "theirs", "theirs_restricted"}


def test_a_grant_ends_in_the_second_it_says(scene):
    user = make_user()
    grant = make_grant(nominal=scene["mine"], user=user, permission=Perm.VIEW_CARD)
    with time_machine.travel(grant.expires_at - timedelta(seconds=1), tick=False):
        assert reached(scene, user, Perm.VIEW_CARD) == {"mine"}
    with time_machine.travel(grant.expires_at, tick=False):
        assert reached(scene, user, Perm.VIEW_CARD) == set()


@pytest.mark.parametrize(
    ("role", "perm", "wanted"),
    [
        (Role.CONTROL_ROOM, Perm.VIEW_CARD, {"mine", "theirs", "other_unit", "other_force"}),
        (Role.CONTROL_ROOM, Perm.VIEW_CASE_FILE, set()),
        (Role.OPERATIONAL, Perm.VIEW_CASE_FILE, {"mine", "theirs", "other_unit"}),
        (Role.AUDITOR, Perm.VIEW_CARD, set()),
    ],
)
def test_a_reason_is_offered_exactly_where_it_would_help(scene, role, perm, wanted):
    user = make_user(role, organisation=scene["force"])
    keys = set(Nominal.objects.reachable_by_reason(user, perm).values_list("pk", flat=True))
    assert {name for name, thing in scene.items() if isinstance(thing, Nominal) and thing.pk in keys} == wanted


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.CONTROL_ROOM])
@pytest.mark.parametrize("perm", [Perm.VIEW_CARD, Perm.VIEW_CASE_FILE])
def test_pages_of_the_newest_hold_all_that_one_may_see_once(scene, role, perm):
    user = make_user(role, unit=scene["unit"])
    make_nominal(offender_manager=user, is_restricted=True)
    for name in ("theirs", "theirs_restricted"):
        make_exclusion(nominal=scene[name], user=user)
    late = [make_nominal(offender_manager=scene["colleague"]) for _ in range(3)]
    make_exclusion(nominal=late[2], user=user)
    Nominal.objects.filter(pk=late[1].pk).update(merged_into=late[0])

    pages, before = [], None
    while page := list(Nominal.objects.newest_for_user(user, perm, 1, before)):
        pages += page
        before = page[-1].pk

    assert pages == list(Nominal.objects.for_user(user, perm).order_by("-pk"))


def test_newest_are_not_filtered_after_they_are_cut(scene):
    with pytest.raises(TypeError):
        Nominal.objects.newest_for_user(scene["owner"], Perm.VIEW_CARD, 2).filter(is_restricted=False)


def test_nobody_has_a_page_without_the_permission(scene):
    assert list(Nominal.objects.newest_for_user(AnonymousUser(), Perm.VIEW_CARD, 2)) == []
