"""Every permission, in every relation, for every role: the rows that for_user gives against the hand-written table."""

import pytest

from accounts.access import may, permissions_on
from accounts.choices import Role
from accounts.permissions import Perm
from offenders.models import Nominal
from tests.safety.expectations import EXPECTED, NOBODY, RELATIONS
from tests.safety.scenes import make_actor, make_scene

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_each_permission_reaches_exactly_the_expected_relations(role):
    actor = make_actor(role)
    scenes = {relation: make_scene(actor, relation) for relation in RELATIONS}
    for perm, rule in EXPECTED.items():
        reached = set(Nominal.objects.for_user(actor, perm).values_list("pk", flat=True))
        wanted = {scenes[relation].pk for relation in RELATIONS if role in rule.get(relation, NOBODY)}
        names = {nominal.pk: relation for relation, nominal in scenes.items()}
        assert {names[pk] for pk in reached} == {names[pk] for pk in wanted}, perm


def test_may_agrees_with_the_rows():
    actor = make_actor(Role.OFFENDER_MANAGER)
    scenes = {relation: make_scene(actor, relation) for relation in RELATIONS}
    allowed = {relation for relation, nominal in scenes.items() if may(actor, Perm.VIEW_CASE_FILE, nominal)}
    assert allowed == {relation for relation in RELATIONS if Role.OFFENDER_MANAGER in EXPECTED[Perm.VIEW_CASE_FILE].get(relation, NOBODY)}


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.MAPPA_COORDINATOR, Role.CONTROL_ROOM, Role.AUDITOR])
def test_permissions_asked_together_are_those_asked_one_by_one(role):
    actor = make_actor(role)
    for relation in RELATIONS:
        nominal = make_scene(actor, relation)
        assert permissions_on(actor, EXPECTED, nominal) == {perm for perm in EXPECTED if may(actor, perm, nominal)}, relation


def test_roles_add_up():
    actor = make_actor(Role.AUDITOR)
    assert not may(actor, Perm.FIND_PERSON)
    actor.groups.add(*actor.groups.model.objects.filter(name=Role.CONTROL_ROOM))
    del actor.roles
    assert may(actor, Perm.FIND_PERSON)
    assert may(actor, Perm.VIEW_AUDIT)


@pytest.mark.parametrize("change", [{"is_active": False}, {"trained_until": None}, {"vetted_until": None}])
def test_case_files_close_with_the_account_the_training_or_the_vetting(change):
    actor = make_actor(Role.OFFENDER_MANAGER)
    nominal = make_scene(actor, "own")
    assert may(actor, Perm.VIEW_CASE_FILE, nominal)
    for name, value in change.items():
        setattr(actor, name, value)
    assert not may(actor, Perm.VIEW_CASE_FILE, nominal)
    assert may(actor, Perm.VIEW_CARD, nominal) == actor.is_active
