"""One user of a role, and a record that stands to that user in a given relation."""

from __future__ import annotations

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from offenders.models import Nominal
from tests.factories import make_exclusion, make_force, make_grant, make_nominal, make_partnership, make_reason, make_unit, make_user


def make_actor(role: Role) -> User:
    """A user of a unit of a force; partners of an agency."""
    return make_user(role, username=f"actor_{role}")


def make_scene(actor: User, relation: str) -> Nominal:
    """Make a record in that relation to the actor; relations inside a force turn into the actor's agency for partners."""
    home, unit = (actor.organisation, actor.unit) if actor.unit else (make_force(), make_unit())
    elsewhere = make_unit()
    if relation == "own":
        return make_nominal(unit=unit if actor.unit else elsewhere, offender_manager=actor)
    if relation == "excluded":
        nominal = make_nominal(unit=unit if actor.unit else elsewhere, offender_manager=actor)
        make_exclusion(nominal=nominal, user=actor)
        return nominal
    if relation == "unit":
        return make_nominal(unit=unit)
    if relation == "restricted":
        return make_nominal(unit=unit, is_restricted=True)
    is_of_home = relation in {"force", "file reason"}
    nominal = make_nominal(unit=make_unit(organisation=home) if is_of_home else elsewhere)
    complete_scene(nominal, actor, relation)
    return nominal


def complete_scene(nominal: Nominal, actor: User, relation: str) -> None:
    """Add what makes the relation."""
    if relation == "partnered force":
        make_partnership(nominal=nominal, force=actor.organisation)
    elif relation == "partnered unit":
        make_partnership(nominal=nominal, force=actor.organisation, unit=actor.unit)
    elif relation == "card granted":
        make_grant(nominal=nominal, user=actor, permission=Perm.VIEW_CARD)
    elif relation == "file granted":
        make_grant(nominal=nominal, user=actor, permission=Perm.VIEW_CASE_FILE)
    elif relation == "card reason":
        make_reason(nominal=nominal, user=actor, permission=Perm.VIEW_CARD)
    elif relation == "file reason":
        make_reason(nominal=nominal, user=actor, permission=Perm.VIEW_CASE_FILE)
