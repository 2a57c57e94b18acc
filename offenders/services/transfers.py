"""Moving a record to another unit or force: one side offers, the other accepts or refuses. At every moment one unit owns the record."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise, scopes_of
from accounts.errors import DomainError
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, move_actions, raise_action, rehome_actions, tell
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.custody import TransferState
from offenders.guards import require_able_manager, require_not_excluded
from offenders.guards.custody import require_no_open_offer, require_other_unit, require_transfer_move
from offenders.models import Nominal, Partnership, Transfer
from offenders.services.offers import decide
from offenders.services.records import lock_nominal, save_nominal

DECIDE = "transfer"


@transaction.atomic
def offer_transfer(
    *, actor: User, nominal: Nominal, to_unit: Unit, reason: str, handover: str, version: int, keeps_partnership: bool = False
) -> Transfer:
    """Offer a record to another unit of any force; its supervisors are told and have a clock."""
    authorise(actor, Perm.TRANSFER_RECORD, nominal)
    locked = lock_nominal(nominal, version)
    require_other_unit(locked, to_unit)
    require_no_open_offer(locked)
    transfer = Transfer.objects.create(
        nominal=locked,
        from_unit=locked.unit,
        to_unit=to_unit,
        offered_by=actor,
        reason=reason,
        handover=handover,
        keeps_partnership=keeps_partnership and to_unit.organisation_id != locked.force_id,
    )
    # The receiving unit may not know of a restricted record yet, so the action names none: the offer's own page does.
    raise_action(
        actor=actor,
        kind=DECIDE,
        title=gettext_noop("A record is offered to your unit"),
        owner=Owner(unit=to_unit),
        force=to_unit.organisation,
        unit=to_unit,
        subject=transfer,
        route="offenders:transfer-list",
        rule="transfer-decision",
        key=f"transfer:{transfer.pk}",
    )
    tell(actor=actor, people=receivers(to_unit), text=gettext_noop("A record is offered to your unit"), route="offenders:transfer-list")
    record_event(Verb.CHANGED, transfer, reason=reason, act="Record offered to another unit", to_unit=to_unit.pk)
    return transfer


def receivers(unit: Unit) -> list[User]:
    """Return the people of a unit who may accept records."""
    people = User.objects.filter(unit=unit, is_active=True).prefetch_related("groups")
    return [user for user in people if scopes_of(user, Perm.RECEIVE_RECORD)]


def lock_transfer(transfer: Transfer) -> tuple[Nominal, Transfer]:
    """Hold the record and then the offer, always in this order, until the transaction ends."""
    nominal = lock_nominal(transfer.nominal)
    related = ("from_unit__organisation", "to_unit__organisation", "offered_by")
    locked = Transfer.objects.select_for_update(of=("self",)).select_related(*related).get(pk=transfer.pk)
    return nominal, locked


@transaction.atomic
def accept_transfer(*, actor: User, transfer: Transfer, offender_manager: User, reason: str) -> Nominal:
    """Take the record: in the same moment it leaves the giving unit and has a manager of the receiving one.

    Confidential sections stay with their owners, who decide about each; nothing of them moves by itself.
    """
    authorise(actor, Perm.RECEIVE_RECORD, transfer)
    nominal, locked = lock_transfer(transfer)
    require_transfer_move(locked, TransferState.ACCEPTED)
    if nominal.unit_id != locked.from_unit_id:
        raise DomainError("The record has moved to another unit since it was offered. Ask that unit to offer it again.")
    require_able_manager(offender_manager, locked.to_unit)
    require_not_excluded(offender_manager, nominal)
    former = nominal.local_reference
    giver, taker = nominal.force, locked.to_unit.organisation
    changes_force = giver.pk != taker.pk
    before = nominal.offender_manager
    nominal.unit, nominal.force, nominal.offender_manager = locked.to_unit, taker, offender_manager
    if changes_force:
        nominal.local_reference = ""
        change_partners(nominal, giver=locked.from_unit, taker=taker.pk, keeps=locked.keeps_partnership)
    save_nominal(nominal, "unit", "force", "offender_manager", "local_reference")
    decide(
        locked, actor, TransferState.ACCEPTED, reason, taken_by=offender_manager, former_reference=former if changes_force else ""
    )
    complete_actions_about(actor=actor, subject=locked, outcome="The record was accepted.")
    move_actions(actor=actor, nominal=nominal, before=before, after=offender_manager, unit=locked.to_unit, reason=reason)
    rehome_actions(actor=actor, nominal=nominal.pk)
    tell(actor=actor, people=[locked.offered_by], text=gettext_noop("An offered record was accepted"))
    # Told whether or not anything is kept apart, so that the words tell nothing.
    apart = gettext_noop("A record you managed has another owner. Whatever you keep apart stays with you: pass it on, or keep it")
    tell(actor=actor, people=[before], text=apart, route="offenders:own-sections")
    tell(
        actor=actor,
        people=[offender_manager],
        text=gettext_noop("You now manage another record"),
        nominal=nominal.pk,
        route="offenders:nominal",
    )
    record_event(
        Verb.CHANGED, nominal, reason=reason, act="Record accepted from another unit", before=locked.from_unit_id, after=locked.to_unit_id
    )
    return nominal


def change_partners(nominal: Nominal, *, giver: Unit, taker: int, keeps: bool) -> None:
    """The new owner is no partner any more; the former owner becomes one where it keeps on working with the record."""
    nominal.partnerships.filter(force=taker, ended_at__isnull=True).update(ended_at=now())
    if keeps:
        reason = "Managed the record before it was transferred"
        Partnership.objects.create(nominal=nominal, force=giver.organisation, unit=giver, reason=reason)


@transaction.atomic
def refuse_transfer(*, actor: User, transfer: Transfer, reason: str) -> Transfer:
    """Say no; the record stays where it is, and whoever offered it is told why."""
    authorise(actor, Perm.RECEIVE_RECORD, transfer)
    nominal, locked = lock_transfer(transfer)
    decide(locked, actor, TransferState.REFUSED, reason)
    complete_actions_about(actor=actor, subject=locked, outcome="The record was refused.")
    tell(
        actor=actor,
        people=[locked.offered_by],
        text=gettext_noop("An offered record was refused"),
        nominal=nominal.pk,
        route="offenders:nominal",
    )
    record_event(Verb.CHANGED, locked, reason=reason, act="Offered record refused")
    return locked


@transaction.atomic
def withdraw_transfer(*, actor: User, transfer: Transfer, reason: str) -> Transfer:
    """Take an offer back before the other side has decided."""
    authorise(actor, Perm.TRANSFER_RECORD, transfer.nominal)
    _, locked = lock_transfer(transfer)
    decide(locked, actor, TransferState.WITHDRAWN, reason)
    cancel_actions_about(actor=actor, subject=locked, reason="The offer was withdrawn.")
    record_event(Verb.CHANGED, locked, reason=reason, act="Offer of the record withdrawn")
    return locked
