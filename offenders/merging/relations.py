"""Every column of every table that names a record, found in the register of apps, so that no new table is forgotten."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

from offenders.models import Nominal

# Columns that a merge leaves alone, each with the reason.
LEFT_ALONE = {
    "audit.TrailKey.nominal": "keys of the log's digests, one for each record; the application cannot read them",
    "audit.Event.nominal": "the trail is never changed; pages of the trail ask for the keys of merged records too",
    "intelligence.ChangedIdentity.nominal": "keys of records to compare again; the database adds the new key itself",
    "intelligence.DuplicateCheck.nominal": "the same",
    "intelligence.DuplicatePair.one": "a pair with a merged record is nobody's to look at, and stands again when the merge is undone",
    "intelligence.DuplicatePair.other": "the same",
    "intelligence.MethodWords.nominal": "words to compare; made anew from the operational facts, wherever those go",
    "intelligence.CovertReferral.nominal": "behind row security: it stays with the people whom it names, who see it in their own list",
    "offenders.BreakGlass.nominal": "an emergency opening counts for the record that was opened",
    "offenders.ConfidentialSection.nominal": "behind row security: follows when its owner chooses",
    "offenders.SectionFingerprint.nominal": "with the section",
    "offenders.Merge.survivor": "says which records were merged",
    "offenders.Merge.merged": "the same",
}
# Behind row security, but open to whoever leads the record: a function of the database moves these rows.
MOVED_BY_FUNCTION = {"offenders.SensitiveItem"}
KEYS = {"actions", "audit"}  # apps below this one, which name a record by its bare key


class Relation(NamedTuple):
    """A column that names a record."""

    model: type[models.Model]
    field: str
    column: str

    @property
    def label(self) -> str:
        """The table, as models are named."""
        return self.model._meta.label

    def rows(self, nominal: int) -> Any:
        """All rows of a record, oldest first."""
        return self.model._base_manager.filter(**{self.column: nominal}).order_by("pk")


@cache
def every_relation() -> tuple[Relation, ...]:
    """Return every column that names a record, also those that a merge leaves alone."""
    return tuple(
        Relation(model, field.name, field.attname)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Nominal or (model._meta.app_label in KEYS and field.name == "nominal")
    )


@cache
def relations() -> tuple[Relation, ...]:
    """Return the columns that a merge changes, tables before those whose rows cannot be without them."""
    moving = [each for each in every_relation() if f"{each.label}.{each.field}" not in LEFT_ALONE]
    ordered: list[Relation] = []
    while moving:
        waiting = {each.model for each in moving}
        ready = [each for each in moving if not any(parent in waiting for _, parent in parents(each.model))]
        ordered += ready
        moving = [each for each in moving if each not in ready]
    return tuple(ordered)


@cache
def parents(model: type[models.Model]) -> tuple[tuple[str, type[models.Model]], ...]:
    """Return the tables that name records without whose rows these cannot be, each with the column that says so."""
    holders = {each.model for each in every_relation()} - {Nominal}
    return tuple(
        (field.attname, field.related_model)
        for field in model._meta.concrete_fields
        if field.related_model in holders and field.related_model is not model and not field.null
    )
