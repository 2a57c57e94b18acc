"""State guards of nominals: each returns nothing, or raises words that say what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from accounts.errors import DomainError, StaleRecord
from accounts.models import Unit, User
from accounts.permissions import ROLE_RIGHTS, Perm
from offenders.choices import NameKind
from offenders.models import DateOfBirth, Identifier, Name, Nominal, Notice
from offenders.models.operational import DatedPart
from ui.templatetags.ui import date_words, moment_words

CARD_LINES = 4
CARD_LINE_LENGTH = 120
CHANGED_MEANWHILE = (
    gettext_noop("Somebody else saved a change while this page was open. Nothing of yours was lost: what you typed is below. "
    "Compare it with what is stored now, then save again.")
)


def require_unchanged(row: Any, version: int | None) -> None:
    """The version that the actor saw is the newest; None: the caller saw none."""
    if version is not None and row.version != version:
        raise StaleRecord(CHANGED_MEANWHILE)


def require_own_unit(actor: User, unit: Unit) -> None:
    """A new record starts in the unit of whoever makes it; a supervisor moves it on."""
    if actor.unit_id is None:
        raise DomainError("Your account belongs to no unit. Ask your force's system administrator to add you to one.")
    if unit.pk != actor.unit_id:
        raise DomainError("Add the record to your own unit. Your supervisor can then move it to another.", field="unit")


def require_unit_of_force(nominal: Nominal, unit: Unit) -> None:
    """A record moves between units of one force; another force becomes a partner instead."""
    if unit.organisation_id != nominal.force_id:
        raise DomainError("Choose a unit of the force that holds the record.", field="unit")


def require_able_manager(manager: User, unit: Unit) -> None:
    """The manager works in the unit, has not left, and holds a role that manages records."""
    roles = {role for role, rights in ROLE_RIGHTS.items() if Perm.CHANGE_RECORD in rights}
    if not manager.is_active or not roles & manager.roles:
        raise DomainError("Choose an officer who can manage records and has not left.", field="offender_manager")
    if manager.unit_id != unit.pk:
        raise DomainError("Choose an officer of {unit}.", unit=unit.name, field="offender_manager")


def require_not_excluded(manager: User, nominal: Nominal) -> None:
    """Nobody manages a record that they must not know of. The words do not tell an exclusion from another obstacle."""
    if nominal.exclusions.filter(user=manager, ended_at__isnull=True).exists():
        raise DomainError("This officer cannot take this record. Choose another officer.", field="offender_manager")


def require_card_lines(on_encounter: str) -> None:
    """What to do on meeting the person fits the card: a few short lines."""
    lines = [line for line in on_encounter.splitlines() if line.strip()]
    if len(lines) > CARD_LINES:
        raise DomainError(
            "What to do must be {most} lines or fewer. It has {lines}.", most=CARD_LINES, lines=len(lines), field="on_encounter"
        )
    if any(len(line.strip()) > CARD_LINE_LENGTH for line in lines):
        raise DomainError("Each line of what to do must be {most} characters or fewer.", most=CARD_LINE_LENGTH, field="on_encounter")


def require_started(starts_on: date, today: date) -> None:
    """A change holds from today or from an earlier day: the card shows what is true now."""
    if starts_on > today:
        raise DomainError("The first day must be today or earlier. Record the change when it takes effect.", field="starts_on")


def require_follows(latest: DatedPart | None, starts_on: date) -> None:
    """A new period neither reaches behind the latest one nor leaves days that belong to none."""
    if latest is None or latest.period.lower is None:
        return
    if starts_on < latest.period.lower:
        raise DomainError(
            "The first day must be {day} or later: that is when the latest change took effect.",
            day=date_words(latest.period.lower),
            field="starts_on",
        )
    if latest.period.upper is not None and starts_on > latest.period.upper:
        raise DomainError(
            "The first day must be {day} or earlier, so that no day is left out.", day=date_words(latest.period.upper), field="starts_on"
        )


def require_removable(fact: Any) -> None:
    """A record keeps the name and the date of birth that it goes by."""
    if isinstance(fact, Name) and fact.kind == NameKind.PRIMARY:
        raise DomainError("This is the name the record goes by. Add the right primary name first; this one then becomes a previous name.")
    if isinstance(fact, DateOfBirth) and fact.is_primary:
        raise DomainError("This is the date of birth the record goes by. Add the right one first as the date to go by.")
    if isinstance(fact, Identifier) and fact.vehicles.exists():
        raise DomainError("This is the mark of a vehicle in the case file. Put the mark right there; this one then goes.")


def require_unanswered(notice: Notice) -> None:
    """A notice is answered once."""
    if notice.answered_at is not None and notice.answered_by is not None:
        raise StaleRecord(
            "{person} answered this on {moment}. Open the notice to read the answer.",
            person=notice.answered_by.display_name,
            moment=moment_words(notice.answered_at),
        )
