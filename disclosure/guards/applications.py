"""What must hold before something is done about an application under a disclosure scheme."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import may
from accounts.errors import DomainError
from accounts.models import Unit, User
from accounts.permissions import Perm
from disclosure.choices.applications import CheckResult, CheckStage, ContactWay, IdentityProof, PartyRole, Received, Route, Scheme
from disclosure.guards.needs import require_nothing_missing
from disclosure.models import Application, ApplicationMarker, Party
from disclosure.reports.facts import facts_of, is_about
from disclosure.rules.applications import SYSTEMS, State, has_reached, missing
from offenders.models import Nominal

SELF = gettext_noop(
    "The applicant and the person asked about look like one and the same. Whoever asks about themselves makes a subject access request: "
    "take it there. If they are two people of one name, enter when each was born."
)
LONG_NUMBER = re.compile(r"(?:\d[\s-]?){5,}")
OF_POLICE = {Received.PATROL, Received.AGENCY, Received.POLICE}


def require_kinds(scheme: str, route: str, received_by: str) -> None:
    """It is of a scheme, began somehow and came in some way; nobody applies where the police begin, and the police do not apply."""
    if scheme not in Scheme.values:
        raise DomainError("Choose the scheme.", field="scheme")
    if route not in Route.values:
        raise DomainError("Choose how it began.", field="route")
    if received_by not in Received.values:
        raise DomainError("Choose how it came in.", field="received_by")
    if route == Route.KNOW and received_by not in OF_POLICE:
        raise DomainError("Under the right to know nobody applies. Choose a patrol, an agency or police work.", field="received_by")
    if route != Route.KNOW and received_by == Received.POLICE:
        raise DomainError("What police work brings up begins under the right to know.", field="route")


def require_own_unit(force: int, unit: Unit) -> None:
    """A unit of one's own force deals with it."""
    if unit.organisation_id != force:
        raise DomainError("Choose a unit of your own force.", field="unit")


def require_past(at: datetime, field: str = "time") -> None:
    """It has happened."""
    if at > now():
        raise DomainError("Enter a time that has passed.", field=field)


def require_past_day(day: date, field: str) -> None:
    """It has come."""
    if day > localdate():
        raise DomainError("Enter today or an earlier day.", field=field)


def require_words(problem: str = gettext_noop("Enter what is to be kept."), **texts: str) -> None:
    """Something is said."""
    for field, text in texts.items():
        if not text.strip():
            raise DomainError(problem, field=field)


def require_danger_answered(in_danger: bool | None, danger: str) -> None:
    """Whether anybody is in danger is answered, and if so, and only then, from what."""
    if in_danger is None:
        raise DomainError("Answer whether anybody is in immediate danger.", field="in_danger")
    if in_danger:
        require_words(gettext_noop("Say who is in danger, where, and from what."), danger=danger)
    elif danger.strip():
        raise DomainError("Somebody is in danger by what is written here. Answer yes, or empty it.", field="danger")


def require_reached(application: Application, state: State) -> None:
    """It has come as far as that; what is missing is named. Call it inside row_security."""
    if not has_reached(State(application.state), state):
        require_nothing_missing(missing(state, facts_of(application)))
        raise DomainError("Go on to this step first.")


def require_undecided(application: Application) -> None:
    """Nobody decides on it yet."""
    if has_reached(State(application.state), State.DECISION):
        raise DomainError("It waits for its decision, or was decided. It must be returned first.")


def require_role(application: Application, role: str, taken: Collection[str]) -> None:
    """This scheme has such a person; under the right to know nobody applies; of some roles there is one."""
    if role not in PartyRole.values or role == PartyRole.PROTECTOR:
        raise DomainError("Choose who this is.", field="role")
    if role == PartyRole.APPLICANT and application.route == Route.KNOW:
        raise DomainError("Under the right to know nobody applies.", field="role")
    if role == PartyRole.CHILD and application.scheme != Scheme.CHILD:
        raise DomainError("Enter a child under the child scheme.", field="role")
    if role in {PartyRole.APPLICANT, PartyRole.SUBJECT} and role in taken:
        raise DomainError("There is one already. Change what is stored of them.", field="role")


def require_not_self(parties: Collection[Party]) -> None:
    """Nobody uses a scheme to ask about themselves."""
    by_role = {party.role: party for party in parties}
    applicant, subject = by_role.get(PartyRole.APPLICANT), by_role.get(PartyRole.SUBJECT)
    if applicant and subject and is_about(applicant, subject):
        raise DomainError(SELF, field="name")


def require_ways(answers: Collection[str]) -> None:
    """At least one way of contact is answered, and each is known."""
    if not answers:
        raise DomainError("Answer at least one way of contact.")
    if not set(answers) <= set(ContactWay.values):
        raise DomainError("Choose a way of contact from the list.")


def require_proof(identity: str, detail: str, seen_on: date) -> None:
    """It was proved in some way, or it is said that it could not be; the number of a document is kept nowhere."""
    if identity not in IdentityProof.values:
        raise DomainError("Choose what you saw.", field="identity")
    if LONG_NUMBER.search(detail):
        raise DomainError("Leave the number of the document out. Say which document it was.", field="detail")
    require_past_day(seen_on, "seen_on")


def require_check(stage: str, system: str, result: str, found: str, done_at: datetime) -> None:
    """A system was searched at a stage; what is held is said."""
    if stage not in CheckStage.values:
        raise DomainError("Choose the stage.", field="stage")
    if system not in SYSTEMS:
        raise DomainError("Choose the system that was searched.", field="system")
    if result not in CheckResult.values:
        raise DomainError("Choose whether anything is held.", field="result")
    if result == CheckResult.TRACE:
        require_words(gettext_noop("Say what is held, as far as it matters here."), found=found)
    require_past(done_at)


def require_somebody_applied(application: Application) -> None:
    """There is an applicant who can be met."""
    if application.route == Route.KNOW:
        raise DomainError("Under the right to know nobody applied who could be met.")


def require_forum(held_on: date | None, agencies: Collection[str], said: str, why_none: str) -> None:
    """It met, with agencies and words; or it is said why it could not. Not both."""
    if why_none.strip():
        if held_on or agencies or said.strip():
            raise DomainError("Enter what was said, or why nobody could be asked. Not both.", field="why_none")
        return
    if held_on is None:
        raise DomainError("Enter the day on which they met, or why they could not.", field="held_on")
    require_past_day(held_on, "held_on")
    if not agencies:
        raise DomainError("Name the agencies, one on each line.", field="agencies")
    require_words(gettext_noop("Say what they said."), said=said)


def require_no_manager(actor: User, nominal: Nominal) -> None:
    """Whoever manages a record does not deal with an application about it."""
    if nominal.offender_manager_id == actor.pk:
        raise DomainError(
            "You manage this record, so somebody else must deal with the application. Ask your supervisor to hand it over first.",
            field="nominal",
        )


def may_deal_with(user: User, application: Application, nominal: Nominal | None) -> bool:
    """Whether somebody of the unit may deal with it: they work with applications, and neither manage the record nor are kept from it."""
    if user.unit_id != application.unit_id or not may(user, Perm.WORK_APPLICATION):
        return False
    if nominal is None:
        return True
    return nominal.offender_manager_id != user.pk and not nominal.exclusions.filter(user=user, ended_at__isnull=True).exists()


def require_able_officer(officer: User, application: Application) -> None:
    """The words do not tell one obstacle from another."""
    if not may_deal_with(officer, application, application.nominal):
        raise DomainError("This person cannot deal with it. Choose somebody else of the unit.", field="officer")


def require_officer_able_with(application: Application, nominal: Nominal) -> None:
    """Whoever deals with it now may go on when it turns out to be about this record."""
    if application.officer and not may_deal_with(application.officer, application, nominal):
        raise DomainError(
            "{officer} cannot deal with an application about this record. Give it to somebody else first.",
            officer=application.officer.display_name,
            field="nominal",
        )


def require_record(application: Application) -> Nominal:
    """It is about a record; return that."""
    if application.nominal is None:
        raise DomainError("Link the record of the person asked about first.")
    return application.nominal


def require_untold(application: Application) -> None:
    """The managers are told once."""
    if ApplicationMarker.objects.filter(application=application).exists():
        raise DomainError("The managers of the record know already that there is an application.")


def require_withdrawn(application: Application) -> None:
    """The applicant withdrew, and the police have not gone on yet."""
    if application.state != State.WITHDRAWN or application.route == Route.KNOW:
        raise DomainError("The police go on under the right to know where an applicant has withdrawn.")
    if Application.objects.filter(twin_of=application, route=Route.KNOW).exists():
        raise DomainError("The police have gone on with this already, under another reference.")
