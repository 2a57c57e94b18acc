"""Signing off: one person writes and submits, a supervisor who did not write it approves or returns it with reasons."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Manager
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.services.telling import tell
from actions.services.work import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.risk import Decision, SignOff
from offenders.guards import require_unchanged
from offenders.guards.risk import (
    require_author,
    require_move,
    require_other_than_author,
    require_reasons,
    require_what_was_submitted,
)
from offenders.models import Nominal
from offenders.models.risk import SignedPart
from offenders.services.records import lock_nominal

Row = TypeVar("Row", bound=SignedPart)
APPROVAL = "approval"
PAGES = {"assessment": "offenders:assessment-list", "riskplan": "offenders:plan"}
WORDS = {"assessment": "risk assessment", "riskplan": "risk management plan"}
TITLES = {"assessment": gettext_noop("Approve a risk assessment"), "riskplan": gettext_noop("Approve a risk management plan")}
WAITS = {
    "assessment": gettext_noop("A risk assessment waits for approval"),
    "riskplan": gettext_noop("A risk management plan waits for approval"),
}
DECIDED = {
    ("assessment", True): gettext_noop("Your risk assessment was approved"),
    ("assessment", False): gettext_noop("Your risk assessment was returned"),
    ("riskplan", True): gettext_noop("Your risk management plan was approved"),
    ("riskplan", False): gettext_noop("Your risk management plan was returned"),
}


def words_of(row: SignedPart) -> str:
    """Return what it is called."""
    return WORDS[str(row._meta.model_name)]


def page_of(row: SignedPart) -> str:
    """Return the page where it stands."""
    return PAGES[str(row._meta.model_name)]


def lock_signed(row: Row, version: int | None) -> Row:
    """Hold the record, then the row, until the transaction ends; StaleRecord when the actor saw another version."""
    lock_nominal(row.nominal)
    rows: Manager[Row] = type(row)._default_manager  # type: ignore[assignment]
    people = ("nominal__force", "nominal__unit", "nominal__offender_manager", "author")
    locked = rows.select_for_update(of=("self",)).select_related(*people).get(pk=row.pk)
    require_unchanged(locked, version)
    return locked


def move(row: Row, to: SignOff) -> Row:
    """Put a row into another state and store it whole."""
    require_move(row, to)
    row.state = to
    row.version += 1
    row.save()
    return row


def submit(row: Row, actor: User) -> Row:
    """Hand in what its author finished: the unit's supervisors are asked to decide. The caller has locked and checked it.

    The unit owns the request, not the role: every supervisor of the force holds the role, and those of other units cannot open the record.
    """
    require_author(row, actor)
    row.submitted_at, row.submitted_hash = now(), row.content_hash
    row.decided_by, row.decided_at = None, None
    move(row, SignOff.SUBMITTED)
    name, nominal = str(row._meta.model_name), row.nominal
    raise_action(
        actor=actor, kind=APPROVAL, title=TITLES[name], owner=Owner(unit=nominal.unit), nominal=nominal, subject=row,
        route=page_of(row), rule="approval", key=f"{APPROVAL}:{name}:{row.pk}:{row.version}",
    )  # fmt: skip
    tell(actor=actor, people=supervisors_of(nominal), text=WAITS[name], nominal=nominal.pk, route=page_of(row))
    record_event(Verb.CHANGED, row, act=f"{words_of(row).capitalize()} submitted for approval")
    return row


def supervisors_of(nominal: Nominal) -> list[User]:
    """Return the supervisors of the unit that holds the record."""
    return list(User.objects.filter(unit=nominal.unit_id, is_active=True, groups__name=Role.SUPERVISOR).distinct())


def decide(row: Row, actor: User, decision: Decision | str, reasons: str) -> Row:
    """Approve or return what waits. The caller has locked it at the version that the actor read."""
    authorise(actor, Perm.APPROVE_RISK, row)
    require_other_than_author(row, actor)
    approves = decision == Decision.APPROVE
    require_move(row, SignOff.APPROVED if approves else SignOff.RETURNED)
    require_what_was_submitted(row)
    if not approves:
        require_reasons(reasons)
    row.decided_by, row.decided_at, row.decision_reason = actor, now(), reasons
    row.approved_hash = row.content_hash if approves else ""
    move(row, SignOff.APPROVED if approves else SignOff.RETURNED)
    did = "approved" if approves else "returned"
    complete_actions_about(actor=actor, subject=row, kind=APPROVAL, outcome=f"{did.capitalize()} by {actor.display_name}")
    record_event(Verb.CHANGED, row, reason=reasons, act=f"{words_of(row).capitalize()} {did}", content=row.content_hash)
    text = DECIDED[str(row._meta.model_name), approves]
    tell(actor=actor, people=[row.author], text=text, nominal=row.nominal_id, route=page_of(row))
    return row


def take_back(row: Row, actor: User) -> Row:
    """Its author changes what was submitted: whoever was about to approve is stopped."""
    require_author(row, actor)
    move(row, SignOff.DRAFT)
    cancel_actions_about(actor=actor, subject=row, kind=APPROVAL, reason="Taken back by its author")
    record_event(Verb.CHANGED, row, act=f"{words_of(row).capitalize()} taken back")
    return row


def supersede(row: Row, actor: User) -> Row:
    """A later one was approved."""
    move(row, SignOff.SUPERSEDED)
    record_event(Verb.CHANGED, row, act=f"{words_of(row).capitalize()} followed by a later one")
    return row
