"""What is on record already about the people of a batch, fetched in a fixed number of queries."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model

from accounts.models import Organisation
from offenders.models import (
    Condition,
    DateOfBirth,
    Description,
    Identifier,
    MappaPeriod,
    Name,
    Nominal,
    OperationalFacts,
    RiskPeriod,
    WarningMarker,
)

PARTS: tuple[type[Model], ...] = (
    Name,
    DateOfBirth,
    Identifier,
    Description,
    OperationalFacts,
    RiskPeriod,
    MappaPeriod,
    WarningMarker,
    Condition,
)


@dataclass
class Known:
    """One nominal, perhaps not yet stored, and the rows about it by table."""

    nominal: Nominal
    parts: dict[type[Model], list] = field(default_factory=lambda: defaultdict(list))
    is_planned: bool = False  # a line of the batch is about it already

    @property
    def is_new(self) -> bool:
        """Whether the nominal is not stored yet."""
        return self.nominal.pk is None


def fetch_known(force: Organisation, keys: Iterable[str], *, lock: bool) -> dict[str, Known]:
    """Return what is known, by the force's own reference; that of a merged record finds the one that stands in its place.

    `lock` holds the nominals until the transaction ends.
    """
    nominals = Nominal.objects.filter(force=force, local_reference__in=list(keys))
    named = {nominal.pk: nominal for nominal in nominals}
    stands = {nominal.pk: nominal.merged_into_id or nominal.pk for nominal in named.values()}
    standing = Nominal.objects.filter(pk__in=stands.values()).select_related("unit", "offender_manager").order_by("pk")
    found = {nominal.pk: Known(nominal) for nominal in (standing.select_for_update(of=("self",)) if lock else standing)}
    for model in PARTS if found else ():
        for part in model._default_manager.filter(nominal__in=found).order_by("pk"):
            found[part.nominal_id].parts[model].append(part)  # type: ignore[attr-defined]
    return {nominal.local_reference: found[stands[nominal.pk]] for nominal in named.values()}
