"""Items of unused material: added, described, looked at again and again, disclosed, linked to what Vigil holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.guards import hold
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.prosecutions import Decision, Examined, MaterialKind
from disclosure.guards.prosecutions import (
    require_answers,
    require_charged,
    require_decision,
    require_examined,
    require_fit,
    require_past,
    require_to_disclose,
    require_whole,
    require_words,
)
from disclosure.models import Assessment, MaterialLink, Prosecution, UnusedItem
from disclosure.reports.prosecutions import facts_of, grounds, next_number, things_of
from disclosure.services.prosecutions import hold_prosecution
from offenders.guards import require_unchanged
from offenders.guards.documents import require_exportable
from offenders.models import Document

NO_SUCH = gettext_noop("There is no such thing on the record that you may open and that may be listed.")
OF_SENSITIVE = ("ground", "sensitive_why", "in_part")
KEPT = (
    "examined", "examined_by", "examined_on", "not_examined_why", "relevant", "relevant_why", "undermines", "undermines_why", "assists",
    "assists_why", "is_sensitive", "decision", *OF_SENSITIVE,
)  # fmt: skip


def hold_item(actor: User, item: UnusedItem, version: int | None = None, *, whole: bool = False) -> UnusedItem:
    """Hold an item of a running prosecution that the actor sees and works on until the transaction ends."""
    authorise(actor, Perm.SCHEDULE_MATERIAL, item)
    prosecution = hold_prosecution(actor, item.prosecution, whole=whole)
    held: UnusedItem = UnusedItem.objects.with_latest().select_for_update(of=("self",)).get(pk=item.pk)
    require_unchanged(held, version)
    held.prosecution = prosecution
    return held


def touch(item: UnusedItem, *fields: str) -> None:
    """Store fields of an item that is held, and count the change."""
    item.version += 1
    item.save(update_fields=[*fields, "version"])


@transaction.atomic
def add_item(
    *, actor: User, prosecution: Prosecution, description: str, what: str, kept_at: str, is_sensitive: bool, is_sure: bool = False
) -> UnusedItem:
    """Put an item on the list. A sensitive one is added by whoever sees sensitive material."""
    locked = hold_prosecution(actor, prosecution)
    if is_sensitive:
        require_whole(actor, locked)
    require_words(description=description, what=what, kept_at=kept_at)
    require_fit(description, is_sure=is_sure)
    item = UnusedItem.objects.create(
        prosecution=locked, number=next_number(UnusedItem, locked), description=description.strip(), what=what.strip(),
        kept_at=kept_at.strip(), is_sensitive=is_sensitive, added_by=actor,
    )  # fmt: skip
    record_event(Verb.CREATED, item, act="Item of unused material added")
    return item


@transaction.atomic
def change_item(
    *, actor: User, item: UnusedItem, version: int, description: str, what: str, kept_at: str, is_sure: bool = False
) -> UnusedItem:
    """Put right what an item is called, what it is and where it is kept."""
    held = hold_item(actor, item, version)
    require_words(description=description, what=what, kept_at=kept_at)
    require_fit(description, held.latest.sensitive_why if held.latest else "", is_sure=is_sure)
    held.description, held.what, held.kept_at = description.strip(), what.strip(), kept_at.strip()
    touch(held, "description", "what", "kept_at")
    record_event(Verb.CHANGED, held, act="Item of unused material described anew")
    return held


@transaction.atomic
def assess_item(*, actor: User, item: UnusedItem, version: int, is_sure: bool = False, **said: Any) -> Assessment:
    """Keep a look at an item: the latest counts, the earlier ones stay. What is unsaid may wait, and holds up the schedules."""
    held = hold_item(actor, item, version, whole=True)
    said = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    require_examined(said["examined"], said.get("examined_by"), said.get("examined_on"))
    said |= {"not_examined_why": ""} if said["examined"] != Examined.NOT_EXAMINED else {"examined_by": None, "examined_on": None}
    require_answers(relevant=said["relevant"], undermines=said["undermines"], assists=said["assists"])
    if not said["is_sensitive"]:
        said |= dict.fromkeys(OF_SENSITIVE, "")
    if said.get("ground") and not grounds().filter(code=said["ground"]).exists():
        raise DomainError("Choose a ground from the list.", field="ground")
    before = held.latest.sensitive_why if held.latest else ""
    require_fit(held.description, said.get("sensitive_why") or before, is_sure=is_sure)
    look = Assessment(item=held, round=held.prosecution.round, by=actor, **said)
    held.looks, held.is_sensitive = [look], look.is_sensitive  # type: ignore[attr-defined]
    require_decision(facts_of(held, held.prosecution.round))
    look.save(force_insert=True)
    touch(held, "is_sensitive")
    record_event(Verb.CHANGED, held, act="Item of unused material looked at")
    return look


def look_again(actor: User, item: UnusedItem, **changed: Any) -> Assessment:
    """Keep a look that repeats the latest with something else in it, as the court ruled. The caller holds the item."""
    latest = item.latest
    said = {name: getattr(latest, name) for name in KEPT} | changed
    look = Assessment.objects.create(item=item, round=latest.round, by=actor, **said)
    if look.is_sensitive != item.is_sensitive:
        item.is_sensitive = look.is_sensitive
        touch(item, "is_sensitive")
    return look


@transaction.atomic
def disclose_item(*, actor: User, item: UnusedItem, version: int, disclosed_on: date, disclosed_how: str) -> UnusedItem:
    """Say when and how an item was disclosed."""
    held = hold_item(actor, item, version)
    require_charged(held.prosecution)
    require_to_disclose(held)
    require_words(disclosed_how=disclosed_how)
    require_past("disclosed_on", disclosed_on)
    if held.prosecution.charged_on and disclosed_on < held.prosecution.charged_on:
        raise DomainError("Enter the day of the charge or a later one.", field="disclosed_on")
    held.disclosed_on, held.disclosed_how, held.disclosed_by = disclosed_on, disclosed_how.strip(), actor
    touch(held, "disclosed_on", "disclosed_how", "disclosed_by")
    record_event(Verb.CHANGED, held, act="Item of unused material disclosed", decision=str(Decision.DISCLOSE))
    return held


@transaction.atomic
def link_item(*, actor: User, item: UnusedItem, kind: str, key: str) -> MaterialLink:
    """Say which thing that Vigil holds an item is: one that the actor may open, and never a privileged paper."""
    held = hold_item(actor, item)
    if kind == MaterialKind.DOCUMENT:
        paper = Document.objects.for_user(actor).filter(public_id=key, nominal=held.prosecution.nominal_id).first()
        if paper:
            require_exportable(paper)
    if (kind, str(key)) not in things_of(actor, held.prosecution):
        raise DomainError(NO_SUCH, field="thing")
    link, is_new = MaterialLink.objects.get_or_create(item=held, kind=kind, key=key, defaults={"linked_by": actor})
    if not is_new:
        raise DomainError("The item is linked to it already.", field="thing")
    record_event(Verb.CHANGED, held, act="Item linked to what is held", kind=kind)
    return link


@transaction.atomic
def unlink_item(*, actor: User, item: UnusedItem, link: MaterialLink) -> None:
    """Take a link off again."""
    held = hold_item(actor, item)
    hold(link)
    held.links.get(pk=link.pk).delete()
    record_event(Verb.CHANGED, held, act="Link of an item removed", kind=link.kind)
