"""Registered people without a flag: an action for the managing officer, until one is set or while a reason for none counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from accounts.models import User
from actions.models import Action
from actions.reports import RuleBook, reckon_clock
from actions.services.work import Owner
from audit.choices import Verb
from audit.models import Event
from audit.references import known_to
from audit.services import describe_event
from intelligence.models import FlagSetting, NoFlagReason
from intelligence.services.flags import NONE, PAGE, TITLE
from offenders.choices import Registration
from offenders.models import Nominal
from offenders.querysets import NominalQuerySet

BATCH = 1000


def lacking_flags(day: date) -> NominalQuerySet:
    """Return registered people without a live flag whom no action asks about, and for whom no reason given since the last flag counts."""
    asked = Action.objects.filter(nominal=OuterRef("pk"), kind=NONE).waiting()
    live = FlagSetting.objects.live().filter(nominal=OuterRef("pk"))
    set_later = FlagSetting.objects.filter(nominal=OuterRef("nominal"), set_at__gt=OuterRef("at"))
    explained = NoFlagReason.objects.standing(day).filter(nominal=OuterRef("pk")).exclude(Exists(set_later))
    rows = Nominal.objects.standing().filter(registration=Registration.REGISTERED)
    return rows.exclude(Exists(live)).exclude(Exists(asked)).exclude(Exists(explained))


def known_to_managers(rows: Sequence[Nominal]) -> set[int]:
    """Return the records whose manager has not left and may know of them."""
    managers = {row.offender_manager for row in rows if row.offender_manager.is_active}
    mine = {manager: [row.pk for row in rows if row.offender_manager_id == manager.pk] for manager in managers}
    return {key for manager, keys in mine.items() for key in known_to(manager).filter(pk__in=keys).values_list("pk", flat=True)}


def raise_missing_flags(*, actor: User | None, now: datetime) -> int:
    """Raise the action for each of them; return how many. Batches by key, each a transaction of its own; twice raises nothing twice."""
    raised, last = 0, 0
    while keys := list(lacking_flags(localdate(now)).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = keys[-1]
        raised += raise_batch(actor, keys, now)
    return raised


@transaction.atomic
def raise_batch(actor: User | None, keys: Sequence[int], now: datetime) -> int:
    """Do it for some records; one that somebody holds at this moment waits for the next run."""
    held = Nominal.objects.filter(pk__in=keys).select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
    rows = list(lacking_flags(localdate(now)).filter(pk__in=list(held)).select_related("force", "unit", "offender_manager"))
    book, known = RuleBook.of([NONE], localdate(now)), known_to_managers(rows)
    clocks = {nation: reckon_clock(book, NONE, starts_at=now, nation=nation) for nation in {row.force.nation for row in rows}}
    raised = Action.objects.bulk_create(
        Action(
            kind=NONE, title=TITLE, nominal=row.pk, route=PAGE, force=row.force, unit=row.unit, raised_by=actor, rule_code=NONE,
            subject_type=Nominal._meta.label_lower, subject_id=row.pk, starts_at=now, late_from=clocks[row.force.nation].late_from,
            explanation=[asdict(line) for line in clocks[row.force.nation].lines],
            **(Owner(user=row.offender_manager) if row.pk in known else Owner(unit=row.unit)).fields,
        )
        for row in rows
    )  # fmt: skip
    Event.objects.bulk_create(describe_event(Verb.CREATED, action, "", {"act": "Action raised", "kind": NONE}) for action in raised)
    return len(raised)
