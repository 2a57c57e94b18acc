"""Applications as people take them: through the services, with clocks and digests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from accounts.access import row_security
from accounts.choices import Role
from accounts.models import Unit, User
from disclosure.choices.applications import ContactWay, PartyRole
from disclosure.models import Application, Party
from disclosure.rules.applications import FIRST_SYSTEMS, FULL_SYSTEMS
from disclosure.services.application_people import Answer, add_person, answer_ways, prove_identity
from disclosure.services.application_work import keep_forum, record_check, record_interview
from disclosure.services.applications import allocate_application, go_on, link_record, take_application
from tests.factories import make_user

KNOWN = {"born_on": None, "address": "", "phone": "", "email": "", "relationship": "", "notes": ""}
CALL = Answer(is_safe=True, how="Before three", who_must_not_know="Her partner")


def take(actor: User, *, unit: Unit | None = None, received_at: datetime | None = None, **values: Any) -> Application:
    """Take a domestic application of somebody who asks for themselves, an hour ago."""
    plain = {"scheme": "domestic", "route": "ask", "received_by": "phone", "in_danger": False}
    at = received_at or now() - timedelta(hours=1)
    return take_application(actor=actor, unit=unit or actor.unit, received_at=at, **plain | values)


def current(application: Application) -> int:
    """The version that is stored now."""
    application.refresh_from_db()
    return application.version


def add(actor: User, application: Application, role: str, name: str, **values: Any) -> Party:
    """Add somebody."""
    return add_person(actor=actor, application=application, role=role, name=name, **KNOWN | values)


def name_both(actor: User, application: Application, asker: str = "Ivy Sealed", about: str = "Nobody Invented") -> None:
    """Name who applied, who is at risk themselves, and who is asked about."""
    add(actor, application, PartyRole.APPLICANT, asker, is_at_risk=True)
    add(actor, application, PartyRole.SUBJECT, about)


def make_boss(application: Application) -> User:
    """The supervisor of its unit."""
    return make_user(Role.SUPERVISOR, organisation=application.force, unit=application.unit)


def make_colleague(application: Application, role: Role = Role.OFFENDER_MANAGER) -> User:
    """Somebody of its unit."""
    return make_user(role, organisation=application.force, unit=application.unit)


def allocate(application: Application, officer: User, boss: User | None = None, reason: str = "") -> User:
    """Give it to somebody; return the supervisor who did."""
    boss = boss or make_boss(application)
    allocate_application(actor=boss, application=application, officer=officer, reason=reason, version=current(application))
    return boss


def check(actor: User, application: Application, stage: str, system: str, **values: Any) -> None:
    """Record that a system was searched."""
    plain = {"result": "no_trace", "found": "", "done_at": now()}
    record_check(actor=actor, application=application, stage=stage, system=system, **plain | values)


def finish_first_contact(actor: User, application: Application, **values: Any) -> None:
    """Do all that comes before the meeting but the allocation."""
    answer_ways(actor=actor, application=application, answers=dict.fromkeys(ContactWay.values, CALL))
    for system in FIRST_SYSTEMS:
        check(actor, application, "first", system, **values)


def meet(actor: User, application: Application, **values: Any) -> None:
    """Meet the applicant and see who they are."""
    plain = {"held_at": now(), "place": "Library", "second_officer": "", "account": "Afraid", "risk": "High"}
    record_interview(actor=actor, application=application, **plain | values)
    with row_security(actor):
        party = Party.objects.get(application=application, role=PartyRole.APPLICANT)
    prove_identity(
        actor=actor, application=application, party=party, identity="passport", detail="", seen_on=now().date(), version=party.version
    )  # fmt: skip


def take_to_full_checks(actor: User) -> Application:
    """An application that its officer has brought to the full checks."""
    application = take(actor)
    name_both(actor, application)
    allocate(application, actor)
    finish_first_contact(actor, application)
    go_on(actor=actor, application=application, version=current(application))
    meet(actor, application)
    go_on(actor=actor, application=application, version=current(application))
    return application


def finish_checks(actor: User, application: Application) -> None:
    """Do all that is left before the decision, about somebody who has no record."""
    for system in FULL_SYSTEMS:
        check(actor, application, "full", system)
    link_record(actor=actor, application=application, nominal=None, version=current(application))
    forum = {"held_on": now().date(), "agencies": ["Probation"], "said": "Tell her", "why_none": ""}
    keep_forum(actor=actor, application=application, version=0, **forum)
