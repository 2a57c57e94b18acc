"""What must be known before two records are merged: how access to them differs, who leads them, whether they may be relatives."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.access import may, scopes_of
from accounts.models import User
from accounts.permissions import Perm
from offenders.choices.merging import MergeState
from offenders.merging import Choice, Plan
from offenders.merging.planning import CHOICES, NOT_ASKED
from offenders.merging.relations import MOVED_BY_FUNCTION, Relation, relations
from offenders.merging.undoing import words_of_table
from offenders.models import Associate, DateOfBirth, Merge, Name, Nominal
from offenders.search.words import nickname_group, words_of
from ui.languages import StrOrPromise

DIFFERENCES = {
    "is_restricted": _("One of the records is restricted, the other is open."),
    "unit": _("The records belong to different units."),
    "exclusions": _("Different people are kept from the two records."),
    "partnerships": _("Different forces or units work with the two records."),
}


def access_of(nominal: Nominal) -> dict[str, Any]:
    """Return what decides who may see a record, apart from what single people were given or said."""
    return {
        "is_restricted": nominal.is_restricted,
        "unit": nominal.unit_id,
        "exclusions": set(nominal.exclusions.filter(ended_at=None).values_list("user_id", flat=True)),
        "partnerships": set(nominal.partnerships.filter(ended_at=None).values_list("force_id", "unit_id")),
    }


def access_differences(one: Nominal, other: Nominal) -> list[StrOrPromise]:
    """Say in words how access to the two differs."""
    first, second = access_of(one), access_of(other)
    return [words for name, words in DIFFERENCES.items() if first[name] != second[name]]


def led_by(user: User, *nominals: Nominal) -> set[int]:
    """Return which of the records the user leads, and so may merge."""
    rows = Nominal.objects.for_user(user, Perm.MERGE_RECORDS).filter(pk__in=[each.pk for each in nominals])
    return set(rows.values_list("pk", flat=True))


def needs_agreement(user: User, one: Nominal, other: Nominal) -> bool:
    """Whether somebody of the other side must agree: access to the two differs, or the user leads only one of them."""
    return led_by(user, one, other) != {one.pk, other.pk} or bool(access_differences(one, other))


def deciders(merge: Merge) -> list[User]:
    """Return who may decide on an offer: with whoever made it they lead both records, and may know of both."""
    pair = (merge.survivor, merge.merged)
    missing = {each.pk for each in pair} - led_by(merge.offered_by, *pair)
    people = User.objects.filter(unit__in={each.unit_id for each in pair}, is_active=True).exclude(pk=merge.offered_by_id)
    found = []
    for user in people.prefetch_related("groups").order_by("pk"):
        if not scopes_of(user, Perm.MERGE_RECORDS):
            continue
        led = led_by(user, *pair)
        known = Nominal.objects.for_user(user, Perm.VIEW_MARKER).filter(pk__in=[each.pk for each in pair]).count()
        if led and led >= missing and known == len(pair):
            found.append(user)
    return found


def may_read_table(user: User, label: str, *nominals: Nominal) -> bool:
    """Whether the user may read rows of a table on every one of these records."""
    model = next(each.model for each in relations() if each.label == label)
    perm = getattr(model, "read_permission", None)
    return isinstance(perm, Perm) and all(may(user, perm, nominal) for nominal in nominals)


def choices_for(user: User, plan: Plan, survivor: Nominal, merged: Nominal) -> list[Choice]:
    """Return the tables about which the user is asked: those of which they may read the rows of both records."""
    return [choice for choice in plan.choices if may_read_table(user, choice.label, survivor, merged)]


def relatives_words(one: Nominal, other: Nominal) -> list[str]:
    """Return warnings that the two may be twins or close relatives rather than one person."""
    said = []
    if Associate.objects.filter(Q(nominal=one, other=other) | Q(nominal=other, other=one)).exists():
        said.append(gettext("One record names the other as an associate."))
    births = DateOfBirth.objects.filter(day__isnull=False)
    same_day = set(births.filter(nominal=one).values_list("year", "month", "day")) & set(
        births.filter(nominal=other).values_list("year", "month", "day")
    )
    (surnames, given), (others, other_given) = names_of(one), names_of(other)
    if same_day and surnames & others and given and other_given and not given & other_given:
        said.append(gettext("Same surname and date of birth, and no given name in common: they may be twins."))
    return said


def names_of(nominal: Nominal) -> tuple[set[str], set[str]]:
    """Return the surnames and the first given names of a record, these also in full."""
    rows = list(Name.objects.filter(nominal=nominal).values_list("surname", "given_names"))
    given = {words[0] for _, said in rows if (words := words_of(said))}
    return {surname.casefold() for surname, _ in rows}, given.union(*(nickname_group(word) for word in given))


def records_to_bring_to(nominal: Nominal) -> list[Nominal]:
    """Return where a section of a record may go: to the record that stands in its place, or back to one that left it again."""
    if nominal.merged_into_id:
        return list(Nominal.objects.filter(pk=nominal.merged_into_id))
    undone = Merge.objects.filter(survivor=nominal, state=MergeState.UNDONE).values("merged")
    return list(Nominal.objects.standing().filter(pk__in=undone).order_by("pk"))


class Table(NamedTuple):
    """What a merge did with the rows of one table."""

    words: StrOrPromise
    moved: int
    left: list[str]


def moved_tables(user: User, merge: Merge) -> list[Table]:
    """Return how many rows of each table moved, and which stayed on the merged record, as far as the user may read such rows."""
    rows = merge.rows.exclude(table__in=MOVED_BY_FUNCTION).exclude(column="")
    counts = dict(rows.order_by().values_list("table").annotate(rows=Count("pk")))
    left = {each.label: rows_left(each, merge.merged_id) for each in relations() if each.label in CHOICES or each.label in NOT_ASKED}
    labels = sorted(set(counts) | {label for label, rows in left.items() if rows}, key=lambda label: str(words_of_table(label)))
    return [
        Table(words_of_table(label), counts.get(label, 0), [words_of_row(row) for row in left.get(label, [])])
        for label in labels
        if may_read_table(user, label, merge.survivor)
    ]


def rows_left(relation: Relation, nominal: int) -> list[Any]:
    """Return the rows that a merged record keeps; few, since only what cannot stand beside another row stays."""
    return [] if relation.label in MOVED_BY_FUNCTION else list(relation.rows(nominal))


def words_of_row(row: Any) -> str:
    """Return what tells one row from another: its days and its first words."""
    days = []
    if period := getattr(row, "period", None):
        days = [(gettext("%(first)s to %(last)s") % {"first": period.lower or "", "last": period.upper or ""}).strip()]
    fields = [field for field in row._meta.concrete_fields if field.get_internal_type() in {"CharField", "TextField"}]
    values = (getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.attname) for field in fields)
    said = [str(value) for value in values if value]
    return ", ".join([*days, *said[:3]])[:120] or str(row)


def undo_obstacle(merge: Merge) -> str:
    """Say what must be undone before this merge; empty where nothing stands in the way."""
    if merge.survivor.merged_into_id:
        return gettext_noop("The record that stayed was itself merged into another since. Undo that merge first.")
    if Merge.objects.standing().filter(survivor=merge.survivor_id, pk__gt=merge.pk).exists():
        return gettext_noop("Another record was merged into this one since. Undo that merge first.")
    return ""
