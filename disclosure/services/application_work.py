"""The work on an application before its decision: danger, checks, the meeting with the applicant, the forum of agencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import row_security
from accounts.errors import DomainError
from accounts.models import User
from actions.services import complete_actions_about
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.applications import CheckStage
from disclosure.guards.applications import (
    require_check,
    require_forum,
    require_past,
    require_reached,
    require_somebody_applied,
    require_undecided,
    require_words,
)
from disclosure.models import Application, Check, Forum, Interview, Safeguarding
from disclosure.rules.applications import FIRST_SYSTEMS, State
from disclosure.services.applications import DANGER, clock_of, stop_for_danger
from disclosure.services.moving import hold_application, hold_running, move_application, touch
from offenders.guards import require_unchanged


@transaction.atomic
def begin_safeguarding(*, actor: User, application: Application, danger: str) -> Safeguarding:
    """Say that somebody is in danger: all else stops, the unit is called, and protecting comes first."""
    locked = hold_running(actor, application)
    require_words(gettext_noop("Say who is in danger, where, and from what."), danger=danger)
    return stop_for_danger(actor, locked, danger)


@transaction.atomic
def end_safeguarding(*, actor: User, application: Application, done: str, version: int) -> Application:
    """Say what was done to protect; the application goes on where it stood."""
    locked = hold_application(actor, application, version)
    row = locked.safeguardings.select_for_update().filter(ended_at__isnull=True).first()
    if locked.state != State.SAFEGUARDING or row is None:
        raise DomainError("Nobody is said to be in danger now.")
    require_words(gettext_noop("Say what was done to protect."), done=done)
    row.done, row.ended_at, row.ended_by = done.strip(), now(), actor
    row.save(update_fields=["done", "ended_at", "ended_by"])
    move_application(actor, locked, State(locked.stood_at), "Safeguarding ended")
    complete_actions_about(actor=actor, subject=locked, kind=DANGER, outcome="Protected")
    return locked


@transaction.atomic
def record_check(
    *, actor: User, application: Application, stage: str, system: str, result: str, found: str, done_at: datetime, late_reason: str = ""
) -> Check:  # fmt: skip
    """Keep what the search of a system found; a later one of the same system corrects it. The last of the first checks ends their clock."""
    locked = hold_running(actor, application)
    require_check(stage, system, result, found, done_at)
    if stage == CheckStage.FULL:
        with row_security(actor):
            require_reached(locked, State.FULL_CHECKS)
    check = Check.objects.create(
        application=locked, stage=stage, system=system, result=result, found=found.strip(), done_at=done_at, by=actor
    )  # fmt: skip
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Check of a system", stage=stage, system=system)
    done = set(locked.checks.filter(stage=CheckStage.FIRST).values_list("system", flat=True))
    if stage == CheckStage.FIRST and set(FIRST_SYSTEMS) <= done:
        end_clock(actor, locked, State.FIRST_CONTACT, "First checks finished", late_reason)
    return check


def end_clock(actor: User, application: Application, state: State, outcome: str, late_reason: str) -> None:
    """End the clock of a step, if it still runs; where it is over, with the reason."""
    kind = clock_of(application, state)
    complete_actions_about(actor=actor, subject=application, kind=kind, outcome=outcome, late_reason=late_reason)


@transaction.atomic
def record_interview(
    *, actor: User, application: Application, held_at: datetime, place: str, second_officer: str, account: str, risk: str,
    late_reason: str = "",
) -> Interview:  # fmt: skip
    """Keep what the applicant said face to face, and what follows for their safety; this ends the clock of the meeting."""
    locked = hold_running(actor, application)
    require_somebody_applied(locked)
    require_past(held_at)
    require_words(gettext_noop("Say where you met."), place=place)
    require_words(gettext_noop("Say what they said and why they are worried."), account=account)
    require_words(gettext_noop("Say what follows for their safety."), risk=risk)
    with row_security(actor):
        require_reached(locked, State.INTERVIEW)
        interview = Interview.objects.create(
            application=locked, held_at=held_at, place=place.strip(), by=actor, second_officer=second_officer.strip(),
            account=account.strip(), risk=risk.strip(),
        )  # fmt: skip
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Applicant met face to face")
    end_clock(actor, locked, State.INTERVIEW, "Met face to face", late_reason)
    return interview


@transaction.atomic
def keep_forum(
    *, actor: User, application: Application, held_on: date | None, agencies: Sequence[str], said: str, why_none: str, version: int
) -> Forum:  # fmt: skip
    """Keep which agencies said what together before the decision, or why they could not be asked."""
    locked = hold_running(actor, application)
    require_undecided(locked)
    with row_security(actor):
        require_reached(locked, State.FULL_CHECKS)
    require_forum(held_on, agencies, said, why_none)
    forum = Forum.objects.select_for_update().filter(application=locked).first() or Forum(application=locked, version=0)
    require_unchanged(forum, version)
    forum.held_on, forum.agencies, forum.said, forum.why_none = held_on, list(agencies), said.strip(), why_none.strip()
    forum.written_by, forum.version = actor, forum.version + 1
    forum.save()
    touch(locked)
    record_event(Verb.CHANGED, locked, act="Forum of agencies")
    return forum
