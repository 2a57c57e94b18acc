"""Applications under the disclosure schemes and what hangs on them, as rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate, now

from accounts.access import row_security
from accounts.choices import Role
from accounts.models import User
from disclosure.choices.applications import CheckStage, ContactWay
from disclosure.models import Application, Check, Forum, Interview, Party, Representations, SafeContact, SchemeDecision
from disclosure.references import APPLICATION, next_reference
from disclosure.rules.applications import FIRST_SYSTEMS, FULL_SYSTEMS, State
from offenders.models import Nominal
from tests.factories import make_user

ENDED = {State.WITHDRAWN, State.CLOSED}


def make_handler(nominal: Nominal) -> User:
    """Somebody of the record's unit who does not manage it."""
    return make_user(Role.OFFENDER_MANAGER, organisation=nominal.force, unit=nominal.unit)


def make_application(*, nominal: Nominal | None = None, officer: User | None = None, **values: Any) -> Application:
    """An application that an officer deals with: about a record, or about somebody without one. Nothing is sealed in it yet."""
    officer = officer or (make_handler(nominal) if nominal else make_user(Role.OFFENDER_MANAGER))
    plain = {
        "scheme": "domestic", "route": "ask", "force": officer.organisation, "unit": officer.unit, "officer": officer, "nominal": nominal,
        "received_by": "in_person", "received_at": now(), "taken_by": officer, "state": "first_contact", "has_no_record": nominal is None,
    }  # fmt: skip
    if plain | values and (plain | values)["state"] in ENDED:
        plain |= {"ended_at": now(), "ended_by": officer, "end_reason": "They asked to end it"}
    return Application.objects.create(reference=next_reference(APPLICATION), **plain | values)


def make_party(application: Application, role: str = "applicant", **values: Any) -> Party:
    """Somebody in it, written by whoever deals with it."""
    plain = {"name": "Ivy Sealed", "phone": "07700 900461", "relationship": "Partner"}
    with row_security(application.officer or application.taken_by):
        return Party.objects.create(application=application, role=role, **plain | values)


def make_whole_application(*, nominal: Nominal | None = None, state: str = "decision", **values: Any) -> Application:
    """An application on which all that comes before the decision is done."""
    application = make_application(nominal=nominal, state=state, in_danger=False, **values)
    officer = application.officer
    make_party(application, identity="passport", identity_seen_by=officer, identity_seen_on=localdate())
    make_party(application, "at_risk")
    make_party(application, "subject", name="Nobody Invented", relationship="")
    with row_security(officer):
        for way in ContactWay.values:
            SafeContact.objects.create(application=application, way=way, is_safe=way == ContactWay.CALL, asked_by=officer)
        Interview.objects.create(
            application=application, held_at=now(), place="Northmere station", by=officer, account="Afraid of being hit", risk="High",
        )  # fmt: skip
    for stage, systems in ((CheckStage.FIRST, FIRST_SYSTEMS), (CheckStage.FULL, FULL_SYSTEMS)):
        for system in systems:
            Check.objects.create(application=application, stage=stage, system=system, result="no_trace", done_at=now(), by=officer)
    with row_security(officer):
        Forum.objects.create(
            application=application, held_on=localdate() - timedelta(days=1), agencies=["Probation"], said="Tell her", written_by=officer
        )
    return application


def make_scheme_decision(application: Application, verdict: str = "disclose", *, is_decided: bool = True, **values: Any) -> SchemeDecision:
    """What was proposed; somebody else agreed to it unless told otherwise."""
    decided = {}
    if is_decided:
        lead = make_user(Role.SUPERVISOR, organisation=application.force, unit=application.unit)
        decided = {"decided_by": lead, "decided_at": now(), "agreed": True, "words": "I agree"}
    ground = "common_law" if verdict == "disclose" else ""
    plain = {"verdict": verdict, "ground": ground, "reasons": "He hit partners before", "proposed_by": application.officer}
    with row_security(application.officer):
        Representations.objects.get_or_create(
            application=application, defaults={"why_not": "Asking would raise the risk", "written_by": application.officer}
        )
        return SchemeDecision.objects.create(application=application, **plain | decided | values)
