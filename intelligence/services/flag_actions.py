"""Flags that hand over an action instead of a message; and what people say they did about what they were told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now as present
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Action
from actions.services import Owner, complete_actions_about, raise_action
from actions.services.telling import read_notification
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.flags import Audience, DeliveryState
from intelligence.models import FlagDelivery
from offenders.models import Nominal

KIND, TO_AGENCY = "flag-event", "flag-agency"
ROUTE = "intelligence:flag-told"
TITLES = {True: gettext_noop("Tell an agency of a flagged event"), False: gettext_noop("Look into a flagged event")}
LOOK = "Open the page of what flags told about the record, look into it, and say there that you have dealt with it."
TELL = "The flags of the record say what happened and which agreement covers it."


def hand_over(delivery: FlagDelivery, nominal: Nominal | None, now: datetime) -> None:
    """Raise the action of a delivery without storing the delivery; a test of a route raises it and takes it back."""
    point = transaction.savepoint()
    action = raise_for(delivery, nominal, now)
    if nominal is None:
        transaction.savepoint_rollback(point)
    else:
        transaction.savepoint_commit(point)
        delivery.action = action
    delivery.state, delivery.told_at = DeliveryState.HANDED_OVER, now


def raise_for(delivery: FlagDelivery, nominal: Nominal | None, now: datetime) -> Action:
    """Raise an action for the person, unit or role; what an agency must hear the managing officer tells it.

    The title does not say what happened: lists of actions show to more people than may read the event.
    """
    agency = delivery.setting.agency if delivery.setting else None
    is_agency = audience_of(delivery) == Audience.AGENCY
    said = f"{agency}: {TELL}" if agency else TELL
    watcher = delivery.canary.watcher if delivery.canary else None
    return raise_action(
        actor=None, kind=TO_AGENCY if is_agency else KIND, owner=owner_of(delivery, nominal), nominal=nominal,
        title=TITLES[is_agency],
        force=nominal.force if nominal else watcher.organisation if watcher else None, subject=delivery,
        route=("offenders:authorities" if is_agency else ROUTE) if nominal else "",
        rule=TO_AGENCY if is_agency else KIND, starts_at=now, key=f"flag-delivery-{delivery.pk}",
        detail=said if is_agency else LOOK,
    )  # fmt: skip


def audience_of(delivery: FlagDelivery) -> str:
    """Return whom the flag, or the test of a route, tells."""
    return delivery.setting.audience if delivery.setting else delivery.canary.audience if delivery.canary else ""


def owner_of(delivery: FlagDelivery, nominal: Nominal | None) -> Owner:
    """Return who must do it."""
    audience, setting, canary = audience_of(delivery), delivery.setting, delivery.canary
    if audience == Audience.ROLE:
        return Owner(role=Role(setting.role if setting else canary.role if canary else ""))
    if audience == Audience.UNIT:
        return Owner(unit=setting.unit if setting else canary.watcher.unit if canary else None)
    if audience == Audience.AGENCY:
        return Owner(user=nominal.offender_manager if nominal else canary.watcher if canary else None)
    return Owner(user=delivery.recipient)


@transaction.atomic
def deal_with_delivery(*, actor: User, delivery: FlagDelivery) -> FlagDelivery:
    """Say that one has dealt with what a flag told; its notification counts as read and its action is done. Once is enough."""
    authorise(actor, Perm.VIEW_ACTION, delivery)
    locked = FlagDelivery.objects.select_for_update(of=("self",)).select_related("notification", "occurrence").get(pk=delivery.pk)
    if locked.acted_at:
        return locked
    locked.acted_at = present()
    locked.save(update_fields=["acted_at"])
    if locked.notification:
        read_notification(actor=actor, notification=locked.notification)
    complete_actions_about(actor=actor, subject=locked, outcome="The flagged event was dealt with")
    record_event(Verb.CHANGED, locked, act="Flagged event dealt with", occurrence=locked.occurrence_id)
    return locked
