"""Applications of the synthetic force under the disclosure schemes, at different steps. Everybody in them is invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, now

from accounts.access import row_security
from accounts.models import Unit, User
from disclosure.choices.applications import CheckStage, ContactWay, PartyRole
from disclosure.models import Application
from disclosure.rules.applications import FIRST_SYSTEMS, FULL_SYSTEMS
from disclosure.services.application_people import Answer, add_person, answer_ways, prove_identity
from disclosure.services.application_work import begin_safeguarding, keep_forum, record_check, record_interview
from disclosure.services.applications import allocate_application, go_on, link_record, take_application
from offenders.models import Nominal

NOT_HERE = Answer(is_safe=False, how="", who_must_not_know="")
QUIET = Answer(is_safe=True, how="Weekdays before three. Say that it is the survey.", who_must_not_know="Partner, and his mother")
ASKER = {"address": "", "email": "", "notes": "", "born_on": date(1994, 3, 9), "relationship": "Partner since spring"}
ASKED = {"phone": "", "address": "", "email": "", "notes": "", "born_on": None, "relationship": ""}


def add_applications(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have one wait for somebody, one wait for its decision, one stopped because somebody is in danger, and one of the police.

    Another unit than that of Arthur Sample's manager deals with them.
    """
    boss, officer = users["supervisor_2"], users["offender_manager_2"]
    patrol, control, unit = users["operational"], users["control_room"], officer.unit
    fresh = take(control, unit, "domestic", "ask", received_by="phone")
    add_person(
        actor=control, application=fresh, role=PartyRole.APPLICANT, name="Nadia Merrow", phone="01632 960731", is_at_risk=True, **ASKER
    )
    add_person(actor=control, application=fresh, role=PartyRole.SUBJECT, name="Gareth Invented", **ASKED)
    whole = take(patrol, unit, "child", "ask", received_by="in_person", received_at=now() - timedelta(hours=20))
    walk_to_decision(boss, officer, whole, arthur)
    stopped = take(patrol, unit, "domestic", "third_party", received_by="patrol")
    add_person(actor=patrol, application=stopped, role=PartyRole.APPLICANT, name="Opal Fenwick", phone="01632 960733", **ASKER)
    add_person(actor=patrol, application=stopped, role=PartyRole.SUBJECT, name="Toby Madeup", **ASKED)
    allocate_application(actor=boss, application=stopped, officer=officer, version=current(stopped))
    begin_safeguarding(actor=officer, application=stopped, danger="He waits in front of her door and shouts that he knows who asked.")
    known = take(officer, unit, "domestic", "know", received_by="police")
    add_person(actor=officer, application=known, role=PartyRole.AT_RISK, name="Ruth Pretend", phone="01632 960735", **ASKER)


def take(actor: User, unit: Unit, scheme: str, route: str, *, received_by: str, received_at: datetime | None = None) -> Application:
    """Take one down for a unit."""
    return take_application(
        actor=actor, scheme=scheme, route=route, received_by=received_by, received_at=received_at or now() - timedelta(hours=3),
        unit=unit, in_danger=False,
    )  # fmt: skip


def current(application: Application) -> int:
    """Return the version that is stored now."""
    application.refresh_from_db()
    return application.version


def walk_to_decision(boss: User, officer: User, application: Application, nominal: Nominal) -> None:
    """Have an officer do all that comes before the decision."""
    allocate_application(actor=boss, application=application, officer=officer, version=current(application))
    told: dict[str, Any] = {"actor": officer, "application": application}
    applicant = add_person(role=PartyRole.APPLICANT, name="Elsie Notreal", phone="01632 960737", **ASKER, **told)
    add_person(
        role=PartyRole.CHILD, name="Finn Notreal", **ASKED | {"born_on": date(2018, 5, 2), "relationship": "Son of the applicant"}, **told
    )
    add_person(role=PartyRole.SUBJECT, name="Arthur Sample", **ASKED | {"relationship": "New partner of the applicant"}, **told)
    ways = dict.fromkeys(ContactWay.values, NOT_HERE) | {"text": QUIET}
    answer_ways(answers=ways, **told)
    for system in FIRST_SYSTEMS:
        record_check(stage=CheckStage.FIRST, system=system, result="no_trace", found="", done_at=now(), **told)
    go_on(version=current(application), **told)
    record_interview(
        held_at=now(), place="Northport library, small room", second_officer="", risk="No danger today. She meets him at weekends only.",
        account="He offers to look after her son, and asked a neighbour for the boy's football times.", **told,
    )  # fmt: skip
    with row_security(officer):
        applicant.refresh_from_db()
    prove_identity(
        party=applicant, identity="passport", detail="United Kingdom", seen_on=localdate(), version=applicant.version, **told
    )  # fmt: skip
    go_on(version=current(application), **told)
    found = {"visor": "Managed here as a registered offender.", "pnc": "Convictions for sexual offences."}
    for system in FULL_SYSTEMS:
        result = "trace" if system in found else "no_trace"
        record_check(stage=CheckStage.FULL, system=system, result=result, found=found.get(system, ""), done_at=now(), **told)
    link_record(nominal=nominal, version=current(application), **told)
    keep_forum(
        held_on=localdate(), agencies=["Children's services", "Probation"], said="Both would tell the mother, with a plan.", why_none="",
        version=0, **told,
    )  # fmt: skip
    go_on(version=current(application), **told)
