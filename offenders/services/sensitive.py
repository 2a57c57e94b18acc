"""Sensitive material (tier 3): health and other special-category data, and what its originator controls. Behind row security."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise, row_security
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unchanged
from offenders.guards.confidential import require_consent_dates, require_future, require_not_ended, require_originator
from offenders.models import Nominal, SensitiveItem
from offenders.services.access import SHORTEST_REASON, require_words

REVIEW = "sensitive-review"


def authorise_writer(actor: User, nominal: Nominal) -> None:
    """Do nothing if the actor may both read sensitive material of the record and change the record."""
    authorise(actor, Perm.VIEW_SENSITIVE, nominal)
    authorise(actor, Perm.CHANGE_RECORD, nominal)


def check_values(values: dict[str, Any], today: date) -> None:
    """Do nothing if what was entered fits together."""
    require_originator(values["kind"], values["originator"])
    require_consent_dates(values["consent"], values["asked_on"], values["answered_on"], today)


def raise_review(item: SensitiveItem) -> None:
    """Ask the managing officer to review it on its day; the words say nothing of what it is."""
    nominal = item.nominal
    raise_action(
        actor=None, kind=REVIEW, title=gettext_noop("A review is due"), owner=Owner(user=nominal.offender_manager), nominal=nominal,
        subject=item, route="offenders:sensitive", due_on=item.review_on, key=f"{REVIEW}-{item.public_id}-{item.version}",
    )  # fmt: skip


@transaction.atomic
def add_sensitive(*, actor: User, nominal: Nominal, **values: Any) -> SensitiveItem:
    """Hold something sensitive with the record, for the managing officer, the unit's supervisors and people with a grant."""
    with row_security(actor):
        authorise_writer(actor, nominal)
        check_values(values, localdate())
        require_future(values["review_on"], localdate())
        item = SensitiveItem.objects.create(nominal=nominal, added_by=actor, **values)
        raise_review(item)
        record_event(Verb.CREATED, item, act="Sensitive material added")
    return item


def lock_item(actor: User, item: SensitiveItem, version: int | None) -> SensitiveItem:
    """Hold it until the transaction ends. Call it inside row_security."""
    authorise_writer(actor, item.nominal)
    locked = SensitiveItem.objects.select_for_update(of=("self",)).select_related("nominal").get(pk=item.pk)
    require_unchanged(locked, version)
    require_not_ended(locked)
    return locked


@transaction.atomic
def change_sensitive(*, actor: User, item: SensitiveItem, version: int, **values: Any) -> SensitiveItem:
    """Rewrite it, note an answer of the originator, or set another day to review it."""
    with row_security(actor):
        locked = lock_item(actor, item, version)
        check_values(values, localdate())
        is_moved = values["review_on"] != locked.review_on
        if is_moved:
            require_future(values["review_on"], localdate())
        changed = sorted(name for name, value in values.items() if getattr(locked, name) != value)
        for name, value in values.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
        if is_moved:
            complete_actions_about(actor=actor, subject=locked, kind=REVIEW, outcome="Reviewed: another date was set")
            raise_review(locked)
        record_event(Verb.CHANGED, locked, act="Sensitive material changed", fields=changed)
    return locked


@transaction.atomic
def end_sensitive(*, actor: User, item: SensitiveItem, reason: str) -> SensitiveItem:
    """Say that it is no longer needed; it stays, marked as ended."""
    reason = require_words(reason, SHORTEST_REASON)
    with row_security(actor):
        locked = lock_item(actor, item, None)
        locked.ended_on, locked.ended_by, locked.end_reason = localdate(), actor, reason
        locked.version += 1
        locked.save()
        cancel_actions_about(actor=actor, subject=locked, kind=REVIEW, reason="The material has ended")
        record_event(Verb.CHANGED, locked, act="Sensitive material ended")
    return locked
