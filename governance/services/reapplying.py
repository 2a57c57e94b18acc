"""Disposals after a restore: what an older backup brought back goes again, by the list that is kept outside the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from accounts.models import User
from audit.context import acting_as
from governance.models import Disposal, LegalHold
from governance.services.disposal import carry_out, lock_records, released_to_agencies
from offenders.models import Nominal


@dataclass
class Reapplied:
    """How many disposals were applied again, how many had nothing to do, and which lines were left."""

    done: int = 0
    nothing: int = 0
    left: list[str] = field(default_factory=list)


def read_list(lines: Iterable[str]) -> dict[UUID, dict[int, str]]:
    """Return the records of each disposal, by key with their references. ValueError on a line that is none of the list's."""
    found: dict[UUID, dict[int, str]] = defaultdict(dict)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            reference, key, disposal = line.split()
            found[UUID(disposal)][int(key)] = reference
        except ValueError as error:
            raise ValueError(f"Line {number} is not a line of the list: reference, key and number of the disposal.") from error
    return found


def reapply_disposals(*, actor: User | None, lines: Iterable[str]) -> Reapplied:
    """Dispose again of every record on the list that is there. The database lets only the owner of its tables do this."""
    result = Reapplied()
    with acting_as(actor, "command"):
        for disposal, records in read_list(lines).items():
            reapply(disposal, records, result)
    return result


@transaction.atomic
def reapply(disposal: UUID, records: dict[int, str], result: Reapplied) -> None:
    """Apply one disposal again, where the backup brought back what it ended."""
    there = {row.pk: row for row in Nominal.objects.select_for_update().filter(pk__in=records).order_by("pk")}
    if not there:
        result.nothing += 1
        return
    others = [row.reference for row in there.values() if row.reference != records[row.pk]]
    if others or LegalHold.objects.filter(nominal__in=there, lifted_at__isnull=True).exists():
        words = "another record has this key now" if others else "a hold stands on it"
        result.left += [f"{records[key]} {key} {disposal}: {words}" for key in there]
        return
    first = there[min(there)]
    whole = {row.pk: row.reference for each in there.values() for row in lock_records(each)}
    certificate = Disposal.objects.filter(public_id=disposal).first()
    again = Disposal.objects.create(
        **({} if certificate else {"public_id": disposal}), references=[whole[key] for key in sorted(whole)], keys=sorted(whole),
        force_id=first.force_id, unit_id=first.unit_id, done_at=now(), is_reapplied=True, releases=released_to_agencies(sorted(whole)),
    )  # fmt: skip
    carry_out(None, again)
    result.done += 1
