"""Requests of agencies as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from accounts.models import Organisation, User
from accounts.permissions import Perm
from actions.models import Action
from sharing.choices.decisions import Channel
from sharing.choices.requests import NOTHING_TO_SHARE, RefusalCode
from sharing.models import Agreement, InformationRequest, Release, RequestNote, RequestRelease
from sharing.rules.requests import State


def with_answers(rows: QuerySet) -> QuerySet:
    """Fetch requests with what both sides wrote and what was answered."""
    notes = Prefetch("notes", RequestNote.objects.select_related("by"))
    return rows.select_related("agency", "force", "unit", "taken_by").prefetch_related(
        notes, Prefetch("answers", RequestRelease.objects.select_related("release"))
    )


def as_asked(request: InformationRequest) -> dict[str, Any]:
    """Return a request as its agency reads it, on its page and through its system alike: nothing of any record but what was answered."""
    return {
        "public_id": request.public_id,
        "reference": request.reference,
        "force": request.force.name,
        "state": request.state,
        "template": request.template,
        "subject_name": request.subject_name,
        "asked_at": request.asked_at,
        "asked_for": request.asked_for,
        "is_urgent": request.is_urgent,
        "needed_by": request.needed_by,
        "notes": [{"is_question": note.is_question, "text": note.text, "at": note.at} for note in request.notes.all()],
        "answer": answer_of(request),
    }


def answer_of(request: InformationRequest) -> dict[str, Any] | None:
    """Return what was answered: which releases, and standard words; None while it is open."""
    if request.state not in (State.ANSWERED, State.REFUSED):
        return None
    words = [gettext(NOTHING_TO_SHARE)] if request.has_nothing_to_share else []
    words += [str(RefusalCode(request.refusal).label)] if request.refusal else []
    return {
        "at": request.answered_at,
        "refusal": request.refusal,
        "words": words,
        "shared": [
            {
                "public_id": row.release.public_id if row.release.channel == Channel.ONLINE else None,
                "reference": row.release.reference,
                "channel": row.release.channel,
            }
            for row in request.answers.all()
        ],
    }


def releases_for(user: User, request: InformationRequest) -> QuerySet[Release]:
    """Return what the user may answer with: releases to that agency, newest first, about the record that was found where one was."""
    rows = Release.objects.for_user(user, Perm.VIEW_SHARING).filter(agency=request.agency, force=request.force)
    return (rows.filter(decision__nominal=request.nominal_id) if request.nominal_id else rows).order_by("-pk")


def due_of(rows: Sequence[InformationRequest]) -> dict[int, datetime]:
    """Return by key of the request when it is late, for those on which somebody must act."""
    label = InformationRequest._meta.label_lower
    waiting = Action.objects.waiting().filter(subject_type=label, subject_id__in=[row.pk for row in rows])
    return dict(waiting.values_list("subject_id", "late_from"))


def forces_open_to(user: User) -> QuerySet[Organisation]:
    """Return the forces that the user's agency can ask: those with which an agreement is in force."""
    forces = Agreement.objects.for_user(user).in_force().values("force")
    return Organisation.objects.filter(pk__in=forces).order_by("name")
