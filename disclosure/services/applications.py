"""Applications under the disclosure schemes: taken, given to somebody, linked to a record, moved on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise, row_security
from accounts.errors import DomainError
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, give_actions_about, raise_action, tell
from actions.services.people import LEADS, People
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.applications import Route, Scheme
from disclosure.guards.applications import (
    require_able_officer,
    require_danger_answered,
    require_kinds,
    require_no_manager,
    require_officer_able_with,
    require_own_unit,
    require_past,
    require_record,
    require_undecided,
    require_untold,
    require_words,
)
from disclosure.models import Application, ApplicationMarker, Safeguarding
from disclosure.references import APPLICATION, next_reference
from disclosure.rules.applications import CLOCKS, State, next_of
from disclosure.services.moving import hold_running, move_application, touch
from offenders.models import Nominal
from ui.languages import Language

LIST = "disclosure:application-list"
TWIN, DANGER, UNABLE = "application-twin", "application-danger", "application-hand-over"
BEFORE_DECISION = {State.INTERVIEW, State.FULL_CHECKS, State.DECISION}
TITLES = {
    State.FIRST_CONTACT: gettext_noop("First checks of an application"),
    State.INTERVIEW: gettext_noop("Meeting an applicant face to face"),
    State.DECIDED: gettext_noop("An application is to be told or answered"),
}


def clock_of(application: Application, state: State) -> str:
    """Return the clock of a step: its rule, and the kind of its action."""
    return CLOCKS[Scheme(application.scheme)][state]


@transaction.atomic
def take_application(
    *, actor: User, scheme: str, route: str, received_by: str, received_at: datetime, unit: Unit, in_danger: bool | None, danger: str = "",
    language: str = Language.ENGLISH,
) -> Application:  # fmt: skip
    """Take down that somebody asks, or that the police learned something. The clocks run from when it came; danger stops all else."""
    authorise(actor, Perm.TAKE_APPLICATION)
    require_kinds(scheme, route, received_by)
    require_own_unit(actor.organisation_id, unit)
    require_past(received_at)
    require_danger_answered(in_danger, danger)
    application = Application(
        scheme=scheme, route=route, received_by=received_by, received_at=received_at, unit=unit, force=unit.organisation, taken_by=actor,
        in_danger=in_danger, language=language,
    )  # fmt: skip
    open_application(actor, application)
    if in_danger:
        stop_for_danger(actor, application, danger)
    return application


def open_application(actor: User, application: Application) -> None:
    """Store a new one and start its clocks."""
    application.reference = next_reference(APPLICATION)
    application.save()
    record_event(Verb.CREATED, application, act="Application taken", scheme=application.scheme, route=application.route)
    for state, rule in CLOCKS[Scheme(application.scheme)].items():
        if state == State.INTERVIEW and application.route == Route.KNOW:
            continue
        raise_action(
            actor=actor, kind=rule, title=TITLES[state], owner=owner_of(application), force=application.force, subject=application,
            route=LIST, rule=rule, starts_at=application.received_at, key=f"{rule}-{application.pk}", is_private=True,
        )  # fmt: skip
    tell(actor=actor, people=leads_of(application.unit), text=gettext_noop("A disclosure application waits to be allocated"), route=LIST)


def owner_of(application: Application) -> Owner:
    """Return whose work it is: whoever deals with it, until then the unit."""
    return Owner(user=application.officer) if application.officer else Owner(unit=application.unit)


def leads_of(unit: Unit) -> list[User]:
    """Return the supervisors of a unit."""
    return People().active(LEADS, unit=unit.pk)


def stop_for_danger(actor: User, application: Application, danger: str) -> Safeguarding:
    """Store that somebody is in danger, stop all else, and call the unit. The application is held, or new."""
    with row_security(actor):
        row = Safeguarding.objects.create(application=application, began_by=actor, danger=danger.strip())
    move_application(actor, application, State.SAFEGUARDING, "Stopped: somebody is in danger")
    raise_action(
        actor=actor, kind=DANGER, title=gettext_noop("Somebody is in immediate danger: open the application now"),
        owner=Owner(unit=application.unit),
        force=application.force, subject=application, route=LIST, due_on=localdate(), key=f"{DANGER}-{row.pk}", is_private=True,
    )  # fmt: skip
    people = [*leads_of(application.unit), *([application.officer] if application.officer else [])]
    tell(actor=actor, people=people, text=gettext_noop("Somebody is in immediate danger: open the disclosure application now"), route=LIST)
    return row


@transaction.atomic
def allocate_application(*, actor: User, application: Application, officer: User, reason: str = "", version: int) -> Application:
    """Let somebody of the unit deal with it, for the first time or instead of whoever does; their open work goes along."""
    locked = hold_running(actor, application, version, Perm.DECIDE_APPLICATION)
    require_able_officer(officer, locked)
    before = locked.officer
    if before == officer:
        raise DomainError("This person deals with it already. Choose somebody else.", field="officer")
    if before:
        require_words(gettext_noop("Say why somebody else deals with it from now on."), reason=reason)
    locked.officer = officer
    touch(locked, "officer")
    record_event(
        Verb.CHANGED, locked, reason=reason, act="Application allocated", before=before.pk if before else None, after=officer.pk
    )  # fmt: skip
    complete_actions_about(actor=actor, subject=locked, kind=UNABLE, outcome="Somebody else deals with it")
    give_actions_about(actor=actor, subject=locked, to=officer, kinds=CLOCKS[Scheme(locked.scheme)].values())
    tell(actor=actor, people=[officer], text=gettext_noop("A disclosure application came to you"), route=LIST)
    return locked


@transaction.atomic
def ask_to_hand_over(*, actor: User, application: Application, reason: str, version: int) -> Application:
    """Ask the unit's supervisor to give it to somebody else, such as when it is about a record that one manages."""
    locked = hold_running(actor, application, version)
    require_words(gettext_noop("Say why somebody else must deal with it."), reason=reason)
    raise_action(
        actor=actor, kind=UNABLE, title=gettext_noop("A disclosure application must be given to somebody else"),
        owner=Owner(unit=locked.unit),
        force=locked.force, subject=locked, route=LIST, due_on=localdate(), key=f"{UNABLE}-{locked.pk}-{locked.version}", is_private=True,
    )  # fmt: skip
    touch(locked)
    record_event(Verb.CHANGED, locked, reason=reason, act="Asked to hand the application over")
    tell(
        actor=actor, people=leads_of(locked.unit), text=gettext_noop("A disclosure application must be given to somebody else"), route=LIST
    )
    return locked


@transaction.atomic
def link_record(*, actor: User, application: Application, nominal: Nominal | None, version: int) -> Application:
    """Say which record the person asked about has, or that there is none. Nobody who works with the record learns of it."""
    locked = hold_running(actor, application, version)
    require_undecided(locked)
    if nominal:
        authorise(actor, Perm.VIEW_MARKER, nominal)
        require_no_manager(actor, nominal)
        require_officer_able_with(locked, nominal)
    if nominal is None or nominal.pk != locked.nominal_id:
        ApplicationMarker.objects.filter(application=locked).delete()
    locked.nominal, locked.has_no_record = nominal, nominal is None
    touch(locked, "nominal", "has_no_record")
    record_event(Verb.CHANGED, locked, act="Linked to a record" if nominal else "Said to be about nobody on record")
    return locked


@transaction.atomic
def tell_managers(*, actor: User, application: Application, reason: str, version: int) -> ApplicationMarker:
    """Let whoever manages the record know that an application exists, and nothing else of it."""
    locked = hold_running(actor, application, version)
    nominal = require_record(locked)
    require_untold(locked)
    require_words(gettext_noop("Say why they may know."), reason=reason)
    marker = ApplicationMarker.objects.create(application=locked, nominal=nominal, reason=reason.strip(), told_by=actor)
    touch(locked)
    record_event(Verb.CHANGED, locked, reason=reason, act="The record's managers may know that there is an application")
    text = gettext_noop("There is a disclosure application about a person whom you manage")
    tell(actor=None, people=[nominal.offender_manager], text=text, nominal=nominal.pk, route="offenders:timeline")
    return marker


@transaction.atomic
def go_on(*, actor: User, application: Application, version: int) -> Application:
    """Move it to the step that follows, up to where it waits for its decision."""
    locked = hold_running(actor, application, version)
    after = next_of(State(locked.state), Route(locked.route))
    if after not in BEFORE_DECISION:
        raise DomainError("What follows is the decision. Open that page.")
    move_application(actor, locked, after, f"Went on: {dict(Application._meta.get_field('state').flatchoices)[after]}")
    return locked
