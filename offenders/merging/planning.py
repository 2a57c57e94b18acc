"""What a merge would change, row by row: computed before it is done, for the page that asks and for the service that does it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Max, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from actions.choices import ActionState
from actions.models import Action
from offenders.choices import NameKind
from offenders.choices.merging import Side
from offenders.merging.clashes import clashes_of, clashing
from offenders.merging.relations import MOVED_BY_FUNCTION, Relation, parents, relations
from offenders.models import Nominal
from ui.languages import StrOrPromise

# Rows that the page asks about where those of both records cannot stand together; the others stay on the record that they come from.
CHOICES = {
    "offenders.OperationalFacts": _("Words of the card"),
    "offenders.Description": _("Description"),
    "offenders.WarningMarker": _("Warnings of the same kind"),
    "offenders.RiskPeriod": _("Level of risk, past and present"),
    "offenders.MappaPeriod": _("MAPPA category and level, past and present"),
    "offenders.Marking": _("Marking of the case file, past and present"),
    "offenders.RegistrationPeriod": _("Periods of registration"),
    "offenders.NotificationDuty": _("Notifications that are due"),
    "offenders.RegistrationReview": _("Open review of registration"),
    "offenders.Licence": _("Licences of the same days"),
    "offenders.Recall": _("Running recall"),
    "offenders.Custody": _("Times in custody of the same days"),
    "offenders.Address": _("Main addresses of the same days"),
    "offenders.ReactiveManagement": _("Reactive management of the same days"),
    "offenders.Assessment": _("Assessments with the same tool"),
    "offenders.RiskPlan": _("Risk management plan, with its versions"),
    "offenders.Referral": _("MAPPA referral that waits"),
}
# Rows that say the same, or of which the record that stays needs no second: no question is asked about them.
NOT_ASKED = {
    "offenders.Partnership": "the other force is a partner already",
    "offenders.NominalUserGrant": "the person holds the same grant",
    "offenders.NominalGroupGrant": "the group holds the same grant",
    "offenders.Exclusion": "the person is excluded already",
    "offenders.DateOfBirth": "the same date",
    "offenders.Identifier": "the same number",
    "offenders.Photograph": "the same picture",
    "offenders.Name": "the main name becomes another name",
    "offenders.Document": "documents are numbered on",
    "offenders.AgendaItem": "both were on one agenda",
    "offenders.Visit": "the same visit",
    "offenders.SilentHit": "the same person searched on the same day",
    "offenders.Transfer": "a record on offer is not merged",
    "intelligence.AlertCandidate": "both were candidates of one report",
    "intelligence.ReportRoute": "the report was brought to both",
    "intelligence.ReportSubject": "both are named in one report",
    "intelligence.LinkEnd": "both are ends of one link",
    "intelligence.TaskingSubject": "both are named in one tasking",
    "intelligence.SystemCheck": "the same question is out already",
    "intelligence.FlagSetting": "the same people are told of the same events already",
    "intelligence.FlagReview": "a review is open already",
    "governance.Retention": "reckoned anew for the record that stays",
    "governance.RetentionReview": "a review is open already",
}
# Lines of periods or versions that only make sense whole: where both records have any, one line stays.
LINES = {"offenders.RiskPeriod", "offenders.MappaPeriod", "offenders.Marking", "offenders.RegistrationPeriod", "offenders.RiskPlan"}
CLOSED = gettext_noop("The record was merged with another record of the same person, which has its own.")

Changes = dict[str, list[Any]]


class Choice(NamedTuple):
    """A table of which rows of both records cannot stand together, and how many they are."""

    label: str
    words: StrOrPromise
    survivor: int
    merged: int


@dataclass
class Plan:
    """The rows that a merge changes, each with its columns before and after; and the tables to choose about."""

    survivor: int
    merged: int
    changes: dict[Relation, dict[int, Changes]] = field(default_factory=lambda: defaultdict(dict))
    choices: list[Choice] = field(default_factory=list)
    left: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # rows that end up on the merged record, by table

    def move(self, relation: Relation, row: int, to: int) -> None:
        """Let a row go to a record."""
        start = self.merged if to == self.survivor else self.survivor
        self.changes[relation].setdefault(row, {})[relation.column] = [start, to]


def plan_merge(survivor: Nominal, merged: Nominal, chosen: Mapping[str, str]) -> Plan:
    """Return what becomes of each row; where nothing is chosen the row of the record that stays is kept."""
    plan = Plan(survivor.pk, merged.pk)
    for relation in relations():
        if relation.label not in MOVED_BY_FUNCTION:  # whose rows stand together with any others
            plan_table(plan, relation, chosen.get(relation.label, Side.SURVIVOR))
    for label, adjust in ADJUSTED.items():
        adjust(plan, next(each for each in relations() if each.label == label))
    return plan


def plan_table(plan: Plan, relation: Relation, winner: str) -> None:
    """Sort the rows of one table: those that move, and those that end on the merged record because they lose."""
    of_survivor, of_merged = bound(plan, relation, plan.survivor), bound(plan, relation, plan.merged)
    rows_survivor = relation.rows(plan.survivor).exclude(pk__in=of_survivor)
    rows_merged = relation.rows(plan.merged).exclude(pk__in=of_merged)
    survivors, mergeds = conflicts(relation, rows_survivor, rows_merged)
    if relation.label in CHOICES and (survivors or mergeds):
        plan.choices.append(Choice(relation.label, CHOICES[relation.label], len(survivors), len(mergeds)))
    leaving = of_survivor | (survivors if winner == Side.MERGED and relation.label in CHOICES else set())
    staying = of_merged | self_named(plan, relation) | (mergeds if winner == Side.SURVIVOR or relation.label not in CHOICES else set())
    for row in leaving:
        plan.move(relation, row, plan.merged)
    for row in relation.rows(plan.merged).exclude(pk__in=staying).values_list("pk", flat=True):
        plan.move(relation, row, plan.survivor)
    plan.left[relation.label] |= leaving | staying


def bound(plan: Plan, relation: Relation, nominal: int) -> set[int]:
    """Return the rows of a record that go where a row went without which they cannot be."""
    rows: set[int] = set()
    for column, parent in parents(relation.model):
        if lost := plan.left.get(parent._meta.label):
            rows |= set(relation.rows(nominal).filter(**{f"{column}__in": lost}).values_list("pk", flat=True))
    return rows


def conflicts(relation: Relation, of_survivor: Any, of_merged: Any) -> tuple[set[int], set[int]]:
    """Return the rows of each record that cannot stand beside rows of the other."""
    if relation.label in LINES:
        ours, theirs = (set(rows.values_list("pk", flat=True)) for rows in (of_survivor, of_merged))
        return (ours, theirs) if ours and theirs else (set(), set())
    if relation.label in ADJUSTED and relation.label != "offenders.DateOfBirth":
        return set(), set()
    survivors: set[int] = set()
    mergeds: set[int] = set()
    for clash in clashes_of(relation):
        if not is_adjusted(relation, clash.condition):
            ours, theirs = clashing(clash, of_survivor, of_merged)
            survivors, mergeds = survivors | ours, mergeds | theirs
    return survivors, mergeds


def is_adjusted(relation: Relation, condition: Q | None) -> bool:
    """Whether a row gives way by becoming a lesser one instead of staying behind."""
    return relation.label == "offenders.DateOfBirth" and condition is not None


def self_named(plan: Plan, relation: Relation) -> set[int]:
    """Return the rows that name both records, and would say after a merge that somebody is an associate of themselves."""
    if relation.label != "offenders.Associate":
        return set()
    other = "other_id" if relation.column == "nominal_id" else "nominal_id"
    return set(relation.rows(plan.merged).filter(**{other: plan.survivor}).values_list("pk", flat=True))


def adjust_names(plan: Plan, relation: Relation) -> None:
    """The main name of the merged record becomes another name of the one that stays."""
    for row in relation.rows(plan.merged).filter(kind=NameKind.PRIMARY).values_list("pk", flat=True):
        plan.changes[relation][row]["kind"] = [NameKind.PRIMARY.value, NameKind.ALIAS.value]


def adjust_births(plan: Plan, relation: Relation) -> None:
    """The date to go by is that of the record that stays, if it has one."""
    if relation.rows(plan.survivor).filter(is_primary=True).exists():
        for row in relation.rows(plan.merged).filter(is_primary=True).values_list("pk", flat=True):
            if row in plan.changes[relation]:
                plan.changes[relation][row]["is_primary"] = [True, False]


def adjust_documents(plan: Plan, relation: Relation) -> None:
    """Documents are numbered on after those of the record that stays; privileged ones for themselves."""
    for is_privileged in (False, True):
        stay, move = (relation.rows(record).filter(is_privileged=is_privileged) for record in (plan.survivor, plan.merged))
        last = stay.aggregate(last=Max("number"))["last"] or 0
        for place, (row, number) in enumerate(move.order_by("number").values_list("pk", "number"), 1):
            plan.changes[relation][row]["number"] = [number, last + place]


def adjust_actions(plan: Plan, relation: Relation) -> None:
    """What waits about the merged record itself, or about a row that goes out of use, is called off: the other record has its own."""
    about = Q(subject_type=Nominal._meta.label_lower, subject_id=plan.merged)
    for label, rows in plan.left.items():
        if rows:
            about |= Q(subject_type=label.lower(), subject_id__in=rows)
    ended = [ActionState.OPEN.value, ActionState.CANCELLED.value]
    for row in Action.objects.waiting().filter(about, nominal__in=[plan.survivor, plan.merged]):
        called_off: Changes = {"state": ended, "outcome": [row.outcome, CLOSED], "closed_at": [None, now()]}
        plan.changes[relation][row.pk] = {**plan.changes[relation].get(row.pk, {}), **called_off}


ADJUSTED: dict[str, Callable[[Plan, Relation], None]] = {
    "offenders.Name": adjust_names,
    "offenders.DateOfBirth": adjust_births,
    "offenders.Document": adjust_documents,
    "actions.Action": adjust_actions,
}
