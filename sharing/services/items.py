"""Choosing what would go with a decision, taking passages out of it, and the second person's look."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise, may
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unchanged
from sharing.choices.decisions import Known, Removed
from sharing.guards.items import require_codes, require_consents, require_draft, require_gate
from sharing.models import DecisionItem, SharingDecision
from sharing.reports.chosen import readable_items
from sharing.reports.items import BEHIND_GATES, OPEN, Item, Source, read_items
from sharing.rules.passages import SENSITIVE_CODES, undecided
from sharing.services.editing import hold_for_editing

GONE = gettext_noop("Something that you chose is no longer on the record. Choose again.")


@transaction.atomic
def choose_items(*, actor: User, decision: SharingDecision, version: int, keys: Sequence[str]) -> SharingDecision:
    """Choose what of the open parts of the record would go; what stays chosen keeps what was decided about its passages."""
    held = hold_for_editing(actor=actor, decision=decision, version=version)
    found = read_items(actor, held.nominal, OPEN)
    if set(keys) - found.keys():
        raise DomainError(GONE)
    require_consents([blocked for key in keys if (blocked := found[key][1].blocked)])
    chosen = held.items.exclude(data_class__in=[source.data_class for source in BEHIND_GATES.values()])
    standing = set(chosen.values_list("key", flat=True))
    for item in chosen.exclude(key__in=keys):
        item.delete()
    add_items(actor, held, [found[key] for key in keys if key not in standing])
    record_event(Verb.CHANGED, held, act="Chosen what would go", items=len(keys))
    return held


@transaction.atomic
def choose_gated(
    *, actor: User, decision: SharingDecision, version: int, source: Source, keys: Sequence[str], reason: str
) -> SharingDecision:
    """Choose something sensitive or confidential that the actor may see, with the reason why it must go."""
    held = hold_for_editing(actor=actor, decision=decision, version=version)
    found = read_items(actor, held.nominal, [source])
    if not keys or set(keys) - found.keys():
        raise DomainError(GONE if keys else gettext_noop("Choose what must go."), field="keys")
    wanted = [found[key] for key in keys]
    require_gate(reason, [item.blocked for _, item in wanted if item.blocked])
    if held.items.filter(key__in=keys).exists():
        raise DomainError("This was chosen already.", field="keys")
    add_items(actor, held, wanted, reason.strip())
    record_event(Verb.CHANGED, held, act="Chosen behind a gate", data_class=source.data_class, items=len(wanted))
    return held


def add_items(actor: User, decision: SharingDecision, wanted: Sequence[tuple[Source, Item]], reason: str = "") -> None:
    """Add things at the end, as they stand now, with nothing decided about their passages."""
    last = decision.items.aggregate(last=Max("position"))["last"] or 0
    for position, (source, item) in enumerate(wanted, last + 1):
        DecisionItem.objects.create(
            decision=decision, position=position, key=item.key, data_class=source.data_class, heading=source.heading,
            label=item.label[:200], passages=undecided(item.text), gate_reason=reason, chosen_by=actor,
        )  # fmt: skip


@transaction.atomic
def remove_item(*, actor: User, decision: SharingDecision, item: DecisionItem, version: int) -> SharingDecision:
    """Take something out again."""
    held = hold_for_editing(actor=actor, decision=decision, version=version)
    held.items.get(pk=item.pk).delete()
    return held


@transaction.atomic
def decide_passages(
    *,
    actor: User,
    decision: SharingDecision,
    item: DecisionItem,
    version: int,
    keeps: Sequence[tuple[bool | None, str]],
    known: Known | str,
    concerns_others: bool,
) -> DecisionItem:
    """Say of each passage whether it stays, and why not; whoever did so last is the one whom a second person checks."""
    held = hold_for_editing(actor=actor, decision=decision, version=version)
    row = held.items.get(pk=item.pk)
    require_shown(actor, held, row)
    require_codes(keeps, len(row.passages))
    if known not in Known.values:
        raise DomainError("Say whether they have it.", field="known")
    row.passages = [
        each | {"keep": keep, "code": str(Removed(code)) if keep is False else ""}
        for each, (keep, code) in zip(row.passages, keeps, strict=True)
    ]
    row.known, row.chosen_by, row.checked_by, row.checked_at = str(known), actor, None, None
    row.concerns_others = concerns_others or any(each["code"] in SENSITIVE_CODES for each in row.passages)
    row.save(update_fields=["passages", "known", "chosen_by", "checked_by", "checked_at", "concerns_others"])
    record_event(Verb.CHANGED, held, act="Passages decided", item=row.pk)
    return row


@transaction.atomic
def check_item(*, actor: User, decision: SharingDecision, item: DecisionItem, version: int) -> DecisionItem:
    """Look at an item as the second person: somebody who may write or make such decisions, and did not choose it."""
    if not may(actor, Perm.APPROVE_SHARING, decision):
        authorise(actor, Perm.DECIDE_SHARING, decision)
    held = SharingDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    require_unchanged(held, version)
    require_draft(held)
    row = held.items.get(pk=item.pk)
    require_shown(actor, held, row)
    if row.chosen_by_id == actor.pk:
        raise DomainError("You chose this or decided about its passages: somebody else must check it.")
    row.checked_by, row.checked_at = actor, now()
    row.save(update_fields=["checked_by", "checked_at"])
    held.version += 1
    held.save(update_fields=["version"])
    record_event(Verb.CHANGED, held, act="Item checked by a second person", item=row.pk)
    return row


def require_shown(actor: User, decision: SharingDecision, item: DecisionItem) -> None:
    """The actor may read the text."""
    if item.pk not in {each.pk for each in readable_items(actor, decision)}:
        raise NotPermitted(Perm.VIEW_SHARING)
