"""Taskings as their readers need them: which records, whose results, when a review is due, and the briefing sheet of a shift."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.permissions import Perm
from actions.models import Action
from audit.references import known_to
from intelligence.choices.tasking import Shift
from intelligence.models import InformationReport, Tasking, TaskingReceipt, TaskingSlot, TaskingSubject
from offenders.models import Nominal

SHOWN = 100


def with_people(rows: QuerySet[Tasking]) -> QuerySet[Tasking]:
    """Fetch what a row of a list and a sheet show."""
    subjects = Prefetch("subjects", TaskingSubject.objects.select_related("nominal"))
    return rows.select_related("unit", "officer", "raised_by", "ended_by").prefetch_related(subjects)


def records_by_reference(user: User, references: Iterable[str]) -> tuple[list[Nominal], list[str]]:
    """Return the records with these references of which the user may know, and the references of no such record."""
    wanted = {reference.upper() for reference in references}
    found: list[Nominal] = list(known_to(user).filter(reference__in=wanted).order_by("pk"))
    return found, sorted(wanted - {nominal.reference for nominal in found})


def results_of(user: User, tasking: Tasking) -> list[dict[str, Any]]:
    """Return the references and states of the reports that came of it, to the bureau alone; never their authors or text."""
    rows = InformationReport.objects.for_user(user, Perm.VIEW_REPORT).filter(tasking=tasking).order_by("-pk")
    return [{"reference": row.reference, "public_id": row.public_id, "state": row.get_state_display()} for row in rows[:SHOWN]]


def review_due(tasking: Tasking) -> datetime | None:
    """Return from when the review of a live tasking is late."""
    waiting = Action.objects.waiting().filter(subject_type=tasking._meta.label_lower, subject_id=tasking.pk)
    return waiting.values_list("late_from", flat=True).first()


def slots_of(tasking: Tasking) -> QuerySet[TaskingSlot]:
    """Return the sheets on which it stands, with who read it there."""
    receipts = Prefetch("receipts", TaskingReceipt.objects.select_related("user"))
    return tasking.slots.prefetch_related(receipts).order_by("-day", "-pk")[:SHOWN]


def sheets_for(user: User, today: date) -> list[tuple[date, str, str]]:
    """Return the coming sheets on which something stands for the user: day, shift and the shift's name."""
    rows = TaskingSlot.objects.filter(tasking__in=Tasking.objects.for_doing_by(user), day__gte=today)
    found = set(rows.values_list("day", "shift"))
    return [(day, shift.value, str(shift.label)) for day in sorted({day for day, _ in found}) for shift in Shift if (day, shift) in found]


def sheet_for(user: User, day: date, shift: str) -> list[TaskingSlot]:
    """Return what stands for the user on the sheet of a shift."""
    mine = Prefetch("tasking", with_people(Tasking.objects.all()))
    rows = TaskingSlot.objects.filter(tasking__in=Tasking.objects.for_doing_by(user), day=day, shift=shift)
    return list(rows.prefetch_related(mine).order_by("pk")[:SHOWN])
