"""What taking a merge back changes: each row that moved goes home; what was added since is for a person to place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.models import Action
from offenders.merging.planning import CHOICES
from offenders.merging.relations import MOVED_BY_FUNCTION, Relation, parents, relations
from offenders.models import Merge, Nominal
from ui.languages import StrOrPromise

# Tables whose new rows nobody need place: they tell of the record that stood at the time, or belong to who asked.
STAY_WITH_SURVIVOR = {
    "actions.Notification", "actions.Occurrence", "offenders.StatedReason", "offenders.Transfer",
    "offenders.Nominal", "intelligence.AlertCandidate",
}  # fmt: skip


class Added(NamedTuple):
    """A row that was added to the record that stays after the merge; `follows` when a row that goes home takes it along."""

    relation: Relation
    row: models.Model
    follows: bool

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.relation.label}.{self.relation.field}:{self.row.pk}"


def highest_keys() -> dict[str, int]:
    """Return the highest key of each table now: rows with a higher one are added later."""
    models_of = {each.model for each in relations() if each.label not in MOVED_BY_FUNCTION}
    return {model._meta.label: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in models_of}


def rows_home(merge: Merge) -> dict[str, set[int]]:
    """Return by table the rows that go back to the merged record."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in merge.rows.all():
        if row.changes.get(row.column) == [merge.merged_id, merge.survivor_id]:
            found[row.table].add(row.row)
    return found


def plan_undo(merge: Merge) -> list[Added]:
    """Return what was added since, tables before those whose rows depend on them."""
    home = rows_home(merge)
    added: list[Added] = []
    for relation in relations():
        if relation.label in merge.marks and relation.label not in STAY_WITH_SURVIVOR:
            for each in added_rows(merge, relation, home):
                added.append(each)
                if each.follows:
                    home[relation.label].add(each.row.pk)
    return added


def added_rows(merge: Merge, relation: Relation, home: dict[str, set[int]]) -> Iterator[Added]:
    """Yield the new rows of one table."""
    for row in relation.rows(merge.survivor_id).filter(pk__gt=merge.marks[relation.label]):
        yield Added(relation, row, follows=goes_along(row, home))


def goes_along(row: models.Model, home: dict[str, set[int]]) -> bool:
    """Whether a row cannot stay where it is, because what it belongs to goes."""
    if isinstance(row, Action):
        labels = {label.lower(): label for label in home}
        return row.subject_id in home.get(labels.get(row.subject_type, ""), set())
    return any(getattr(row, column) in home.get(parent._meta.label, set()) for column, parent in parents(type(row)))


def words_of_table(label: str) -> StrOrPromise:
    """Return what people call the rows of a table."""
    if label == Nominal._meta.label:
        return _("Standing of the record")
    model = next((each.model for each in relations() if each.label == label), None)
    return CHOICES.get(label) or (gettext(str(model._meta.verbose_name).capitalize()) if model else label)
