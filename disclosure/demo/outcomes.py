"""What came of three applications in the synthetic force: one was told, one answered in neutral words, one waits for a decision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import now

from accounts.access import row_security
from accounts.models import User
from actions.services import Owner, raise_action
from disclosure.choices.applications import CheckResult, CheckStage, ContactWay, PartyRole
from disclosure.models import Application, Check, Forum, Interview, Party, SafeContact
from disclosure.references import APPLICATION, next_reference
from disclosure.reports.outcomes import whole_clock
from disclosure.rules.applications import FIRST_SYSTEMS, FULL_SYSTEMS, State
from disclosure.services.applications import TITLES
from disclosure.services.outcomes import decide, propose, record_representations
from disclosure.services.outcomes_answer import answer_neutrally, close_application
from disclosure.services.outcomes_telling import ask_undertaking, record_telling, settle_protector, write_words
from offenders.models import Nominal

SAFE = {ContactWay.CALL: "Weekdays after 10am, on the work number. Ask for the library.", ContactWay.ELSEWHERE: "The library, side door."}
HELD = "Two convictions for assaulting partners, in 2017 and 2021, in another force."
REASONS = "He hit two partners within months of moving in. He moves in on Friday, and nothing less keeps her safe."
SCRIPT = "He was convicted in 2017 and in 2021 of assaulting women with whom he lived. Each time it began soon after he had moved in."
PLAN = "She stays with her sister until the locks are changed. A marker is on her address. The independent adviser rings her tomorrow."


def add_outcomes(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have the officer propose, the supervisor decide, and tell or answer."""
    officer, boss = users["offender_manager"], users["supervisor"]
    told = propose_about(officer, today, {"applicant": "Rowan Testcase", "subject": "Kit Mockson"}, days=9)
    tell_her(officer, boss, told)
    neutral = propose_about(officer, today, {"applicant": "Sasha Dummett", "subject": "Lee Fabricate"}, days=6, verdict="nothing")
    answer(officer, boss, neutral)
    propose_about(officer, today, {"applicant": "Frankie Placeholt", "subject": "Drew Notareal"}, days=3)


def do(service: Any, actor: User, application: Application, **values: Any) -> Any:
    """Call a service with the version that is stored."""
    application.refresh_from_db()
    return service(actor=actor, application=application, version=application.version, **values)


def propose_about(officer: User, today: date, people: dict[str, str], *, days: int, verdict: str = "disclose") -> Application:
    """Make an application on which all checks are done, and propose what is decided."""
    came = now() - timedelta(days=days)
    application = Application.objects.create(
        reference=next_reference(APPLICATION), scheme="domestic", route="ask", force=officer.organisation, unit=officer.unit,
        officer=officer, received_by="in_person", received_at=came, taken_by=officer, state=State.FULL_CHECKS, in_danger=False,
        has_no_record=True,
    )  # fmt: skip
    add_people(application, people, today)
    add_checks(application, today, is_held=verdict == "disclose")
    kind = whole_clock(application)
    raise_action(
        actor=officer, kind=kind, title=TITLES[State.DECIDED], detail=application.reference,
        owner=Owner(user=officer), subject=application, rule=kind, starts_at=came, force=application.force,
        key=f"{kind}-{application.pk}", route="disclosure:application-list", is_private=True,
    )  # fmt: skip
    do(record_representations, officer, application, answer="not_asked", why_not="He would guess who asked, and she lives with him.")
    telling = {"ground": "common_law", "whom": "His partner"} if verdict == "disclose" else {}
    reasons = REASONS if verdict == "disclose" else "Nothing is held by anybody who was asked."
    do(propose, officer, application, verdict=verdict, reasons=reasons, **telling)
    return application


def add_people(application: Application, people: dict[str, str], today: date) -> None:
    """Say who is who, how it is safe to reach her, and what she said."""
    officer = application.officer
    proof = {"identity": "driving_licence", "identity_detail": "Photocard", "identity_seen_by": officer, "identity_seen_on": today}
    with row_security(application.taken_by):
        for role in (PartyRole.APPLICANT, PartyRole.AT_RISK):
            Party.objects.create(application=application, role=role, name=people["applicant"], phone="07700 900812", **proof)
        Party.objects.create(application=application, role=PartyRole.SUBJECT, name=people["subject"], relationship="Partner")
        for way in ContactWay:
            SafeContact.objects.create(application=application, way=way, is_safe=way in SAFE, how=SAFE.get(way, ""), asked_by=officer)
        Interview.objects.create(
            application=application, held_at=now() - timedelta(days=2), place="Northport library", by=officer,
            account="He looks through her telephone, and shouted at her child last week.", risk="High while he moves in.",
        )  # fmt: skip


def add_checks(application: Application, today: date, *, is_held: bool) -> None:
    """Say what was searched, and what the agencies said."""
    officer = application.officer
    for stage, systems in ((CheckStage.FIRST, FIRST_SYSTEMS), (CheckStage.FULL, FULL_SYSTEMS)):
        for system in systems:
            found = {"result": CheckResult.TRACE, "found": HELD} if is_held and system == "pnc" else {"result": CheckResult.NO_TRACE}
            Check.objects.create(application=application, stage=stage, system=system, done_at=now(), by=officer, **found)
    with row_security(application.taken_by):
        Forum.objects.create(
            application=application, held_on=today, agencies=["Northmere Probation", "Northmere Health Trust"], written_by=officer,
            said="All would tell her." if is_held else "Nobody holds anything.",
        )  # fmt: skip


def tell_her(officer: User, boss: User, application: Application) -> None:
    """Decide, prepare and tell, up to the end."""
    do(decide, boss, application, ruling="agree", words="Necessary, and no less will do.")
    with row_security(officer):
        applicant = application.parties.get(role=PartyRole.APPLICANT)
    do(settle_protector, officer, application, same_as=applicant)
    do(write_words, officer, application, script=SCRIPT, safety_plan=PLAN)
    do(ask_undertaking, officer, application, undertaking="signed")
    do(record_telling, officer, application, told_at=now(), place="Northport library", how_taken="Shaken, and sure what to do next.")
    do(close_application, officer, application)


def answer(officer: User, boss: User, application: Application) -> None:
    """Answer in neutral words, as is safe."""
    do(decide, boss, application, ruling="agree", words="Everything was searched.")
    do(answer_neutrally, officer, application, way=ContactWay.CALL)
