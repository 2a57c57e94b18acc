"""What must hold before something is done about a prosecution or its unused material."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import may, scopes_of
from accounts.errors import DomainError, NotPermitted, SeveralErrors
from accounts.models import Unit, User
from accounts.permissions import Perm
from disclosure.choices.prosecutions import Answer, Decision, Examined, Recipient, ScheduleKind
from disclosure.models import Prosecution, Schedule, UnusedItem
from disclosure.rules.prosecutions import ItemFacts, allowed_decisions, faults_of
from offenders.models import Nominal

NOT_CHARGED = gettext_noop("Nobody is charged yet: the law on unused material begins with the charge. Enter the day of the charge first.")


def require_words(**texts: str) -> None:
    """Something is said in each of these."""
    for field, text in texts.items():
        if not text.strip():
            raise DomainError("Enter something here.", field=field)


def require_past(field: str, day: date | None) -> None:
    """The day has come."""
    if day and day > localdate():
        raise DomainError("Enter today or an earlier day.", field=field)


def require_running(prosecution: Prosecution) -> None:
    """It is not finished."""
    if not prosecution.is_open:
        raise DomainError("This prosecution is finished. Nothing more is written about its material.")


def require_charged(prosecution: Prosecution) -> None:
    """Somebody is charged."""
    if not prosecution.is_charged:
        raise DomainError(NOT_CHARGED)


def require_whole(actor: User, prosecution: Prosecution) -> None:
    """The actor sees all of the material: without that nobody can say what of it is left."""
    if not Prosecution.objects.whole_for(actor).filter(pk=prosecution.pk).exists():
        raise NotPermitted(Perm.SCHEDULE_MATERIAL)


def require_discloser(actor: User, prosecution: Prosecution) -> None:
    """Only the disclosure officer or the deputy certifies."""
    if actor.pk not in {prosecution.disclosure_officer_id, prosecution.deputy_id}:
        raise DomainError("Only the disclosure officer or the deputy issues a schedule: it carries their name.")


def require_team(prosecution_force: int, unit: Unit, nominal: Nominal | None, **officers: User | None) -> None:
    """The unit and the officers are of the force, can work on material, and may know of the record."""
    if unit.organisation_id != prosecution_force:
        raise DomainError("Choose a unit of your own force.", field="unit")
    for field, officer in officers.items():
        if officer is None:
            continue
        if officer.organisation_id != prosecution_force or not officer.is_active or not scopes_of(officer, Perm.SCHEDULE_MATERIAL):
            raise DomainError("Choose an officer of your force whose role handles unused material.", field=field)
        if nominal and not may(officer, Perm.VIEW_MARKER, nominal):
            raise DomainError("This officer cannot be named in this case. Choose another officer.", field=field)
    if officers.get("deputy") and officers["deputy"] == officers.get("disclosure_officer"):
        raise DomainError("Choose somebody else than the disclosure officer.", field="deputy")


def require_fit(description: str, sensitive: str = "", *, is_sure: bool) -> None:
    """A description says enough and tells nothing sensitive, or somebody looked at it twice."""
    if not is_sure and (faults := faults_of(description, sensitive)):
        raise SeveralErrors(faults)


def require_examined(examined: str, examined_by: User | None, examined_on: date | None) -> None:
    """What was examined says by whom and when."""
    if examined not in Examined.values:
        raise DomainError("Choose how it was examined.", field="examined")
    if examined != Examined.NOT_EXAMINED:
        if examined_by is None:
            raise DomainError("Choose who examined it.", field="examined_by")
        if examined_on is None:
            raise DomainError("Enter the day on which it was examined.", field="examined_on")
        require_past("examined_on", examined_on)


def require_answers(**answers: str) -> None:
    """Each test has one of the answers."""
    for field, answer in answers.items():
        if answer not in Answer.values:
            raise DomainError("Choose an answer.", field=field)


def require_decision(item: ItemFacts) -> None:
    """What becomes of an item follows from the tests and from the court; it may be left open."""
    if not item.decision or item.decision in allowed_decisions(item):
        return
    if item.decision == Decision.WITHHOLD:
        raise DomainError("The court has not ruled that this item is withheld. Choose to wait for the court.", field="decision")
    if item.meets_test or item.ruling:
        raise DomainError("This must be disclosed, or wait for the court where it is sensitive.", field="decision")
    raise DomainError("It meets neither test: there is nothing for the court to rule on.", field="decision")


def require_to_disclose(item: UnusedItem) -> None:
    """The latest look says that it is disclosed, and it was not yet."""
    if item.latest is None or item.latest.decision != Decision.DISCLOSE:
        raise DomainError("Look at the item first and decide to disclose it.")
    if item.disclosed_on:
        raise DomainError("This item was disclosed already.")


def require_recipient(schedule: Schedule, recipient: str, given_to: str) -> None:
    """A copy goes to somebody; only the schedule of non-sensitive material goes to the defence."""
    if recipient not in Recipient.values:
        raise DomainError("Choose who gets it.", field="recipient")
    if recipient == Recipient.DEFENCE and schedule.kind != ScheduleKind.OPEN:
        raise DomainError("Only the schedule of non-sensitive material goes to the defence.", field="recipient")
    require_words(given_to=given_to)


def require_for_court(items: Sequence[UnusedItem]) -> None:
    """The court is asked about sensitive items that were looked at."""
    if not items:
        raise DomainError("Choose the items that it is about.", field="items")
    unfit = [str(item.number) for item in items if not item.is_sensitive or item.latest is None]
    if unfit:
        raise DomainError(
            "The court is asked only about sensitive items that were looked at: {numbers}.",
            numbers=", ".join(unfit), field="items",
        )
