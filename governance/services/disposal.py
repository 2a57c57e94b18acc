"""Disposal of a record: every row about the person, what others say of them by name, the words of the log; a certificate is left.

One transaction for the database. Files go afterwards, from a list that stands in it: a worker that stops finds them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, raise_action
from audit.choices import Verb
from audit.disposing import Going, tables_that_go
from audit.services import record_event
from governance.choices.retention import Decision, ReviewState
from governance.guards.retention import require_confirmed, require_in_time, require_nothing_in_the_way, require_state
from governance.models import Disposal, DisposedFile, RetentionReview
from governance.reports.going import Detached, collect, detached_by, files_of, in_order, keys_of
from governance.services.disposal_files import finish_later
from governance.services.disposal_trail import erase_from_log
from governance.services.retention_reviews import hold_review
from offenders.models import Nominal
from sharing.choices.decisions import Channel
from sharing.choices.releases import ChangeKind
from sharing.models import Release
from sharing.services.changes import note_change

RECIPIENTS = "disposal-recipients"


@transaction.atomic
def dispose(*, actor: User, review: RetentionReview, version: int | None, confirmation: str) -> Disposal:
    """Carry out a disposal that two people decided; nothing of the person is left but the certificate."""
    locked = hold_review(actor, review, Perm.REVIEW_RETENTION, version)
    require_state(locked, ReviewState.APPROVED)
    if locked.decision != Decision.DISPOSE:
        require_state(locked, ReviewState.LAPSED)
    require_in_time(locked)
    require_nothing_in_the_way(locked.nominal)
    require_confirmed(locked.nominal, confirmation)
    records = lock_records(locked.nominal)
    disposal = Disposal.objects.create(
        references=[record.reference for record in records], keys=[record.pk for record in records], force=locked.nominal.force,
        unit=locked.nominal.unit, group=locked.group, rule=locked.rule, decided_by=locked.proposed_by, decided_at=locked.proposed_at,
        approved_by_id=locked.approved_by_id, approved_at=locked.approved_at, done_by=actor, done_at=now(),
        releases=released_to_agencies(locked.nominal.every_key),
    )  # fmt: skip
    carry_out(actor, disposal)
    return disposal


def lock_records(nominal: Nominal) -> list[Nominal]:
    """Hold a record and those merged into it until the transaction ends."""
    return list(Nominal.objects.select_for_update().filter(pk__in=nominal.every_key).order_by("pk"))


def carry_out(actor: User | None, disposal: Disposal) -> None:
    """Remove everything, inside the transaction that the certificate has opened, and write on it how much that was."""
    tell_agencies(actor, disposal)
    going = collect(disposal.keys)
    keep_files(disposal, going)
    detached = {each.model._meta.label: detach(disposal, each) for each in list(detached_by(going))}
    removed = remove_rows(going)
    erased = erase_from_log(going, disposal.public_id)
    check_nothing_points_there()
    trail = {"events": erased.events, "entries": erased.entries}
    Disposal.objects.filter(pk=disposal.pk).update(removed=removed, detached=detached, trail=trail, transaction=None)
    disposal.refresh_from_db()
    record_event(Verb.CHANGED, disposal, act="Record disposed of", rows=sum(removed.values()), is_reapplied=disposal.is_reapplied)
    finish_later(disposal)


def released_to_agencies(keys: list[int]) -> list[dict[str, str]]:
    """Return what agencies still hold, by number and agency: never what it says, nor who else was told."""
    rows = Release.objects.filter(decision__nominal__in=keys, agency__isnull=False).select_related("agency").order_by("pk")
    return [{"reference": row.reference, "agency": row.agency.name} for row in rows if row.agency]


def tell_agencies(actor: User | None, disposal: Disposal) -> None:
    """Let agencies' systems know that what they hold is withdrawn, and have somebody ask each to review it."""
    online = Release.objects.filter(decision__nominal__in=disposal.keys, channel=Channel.ONLINE, withdrawn_at__isnull=True)
    for release in online.select_related("force", "agency"):
        if release.agency:
            note_change(
                actor=actor, kind=ChangeKind.RELEASE_WITHDRAWN, force=release.force, agency=release.agency, subject=release.public_id
            )
    if disposal.releases:
        raise_action(
            actor=actor, kind=RECIPIENTS, title=gettext_noop("Ask agencies to review what they hold of a record that is gone"),
            owner=Owner(role=Role.INFORMATION_GOVERNANCE), force=disposal.force, unit=disposal.unit, subject=disposal,
            route="governance:disposal-list", rule=RECIPIENTS, key=f"{RECIPIENTS}-{disposal.pk}",
        )  # fmt: skip


def keep_files(disposal: Disposal, going: Going) -> None:
    """List the files that go, with their digests, before the rows that name them are gone."""
    for file in files_of(going):
        name, digest, size = str(file.name), "", None
        if file.storage.exists(name):
            with file.storage.open(name, "rb") as content:
                digest, size = hashlib.file_digest(content, "sha256").hexdigest(), file.size
        DisposedFile.objects.create(disposal=disposal, name=name, sha256=digest, size=size)


def detach(disposal: Disposal, each: Detached) -> int:
    """Take what went out of rows that others need; return how many there were."""
    rows = list(each.rows)
    fixed = each.model._base_manager.filter(pk__in=[row.pk for row in rows])
    if isinstance(each.emptying, Mapping):
        fixed.update(**{each.column: None, **each.emptying})
    else:
        each.emptying(fixed)
    for row in rows:
        if getattr(row, "nominal_id", None) and row.nominal_id not in disposal.keys:
            record_event(Verb.CHANGED, row, act="Named a record that was disposed of, and names it no more", disposal=disposal.pk)
    return len(rows)


def remove_rows(going: Going) -> dict[str, int]:
    """Remove the rows, wipe those that others need, and then what triggers wrote meanwhile; return how many went, by table."""
    for model, each in tables_that_go().items():
        if each.wiped:
            model._base_manager.filter(pk__in=keys_of(each.wiped(going))).update(**each.wiped_to)
    removed = {model._meta.label: raw_delete(model._base_manager.filter(pk__in=going.rows[model])) for model in in_order(going)}
    for model, each in tables_that_go().items():
        if each.also and each.is_last and (keys := keys_of(each.also(going))):
            removed[model._meta.label] = raw_delete(model._base_manager.filter(pk__in=keys))
    return removed


def raw_delete(rows: QuerySet[Any]) -> int:
    """Remove rows without an entry in the change log, which would keep what goes."""
    return int(rows._raw_delete(rows.db))  # noqa: SLF001


def check_nothing_points_there() -> None:
    """Let the database check at once that no row points at one which is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
