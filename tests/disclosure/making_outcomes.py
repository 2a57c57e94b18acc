"""Applications further on: decided, prepared, approved where the person asked about is on record."""

from __future__ import annotations

from typing import Any

from django.db import connection

from accounts.access import row_security
from accounts.choices import Role
from accounts.models import User
from disclosure.models import Application, ApplicationMarker, SchemeDecision
from disclosure.reports.outcomes import recipient_of
from disclosure.services.outcomes import decide, propose, record_representations
from disclosure.services.outcomes_telling import ask_undertaking, settle_protector, write_words
from offenders.choices import RiskLevel
from offenders.models import Conviction, Nominal
from sharing.models import Release, SharingDecision
from sharing.references import DECISION, next_reference
from sharing.rules.decisions import SEALED as SEALED_STATES
from tests.disclosure.making_applications import make_party, make_whole_application
from tests.factories import make_risk, make_user
from tests.sharing.making_decisions import make_item_row, make_release_row, seal_row

SEALED = ("Ivy Sealed", "07700 900461", "12 Quarrel Lane")  # of whoever applied
TOLD = {"name": "Maud Told", "relationship": "Sister", "identity": "passport", "identity_detail": "A passport"}
WORDS = {"safety_plan": "She stays with friends. A marker is on her address.", "script": "He was convicted of hitting two partners."}
REASONS = "He hit partners before, and moves in on Friday"


def fresh(application: Application) -> Application:
    """The application as it is stored now."""
    return Application.objects.select_related("officer", "nominal", "force", "unit").get(pk=application.pk)


def lead_of(application: Application) -> User:
    """A supervisor of its unit."""
    return make_user(Role.SUPERVISOR, organisation=application.force, unit=application.unit)


def seal() -> None:
    """Let the database show nobody's sealed rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vigil.user_id', '', true)")


def do(service: Any, application: Application, actor: User | None = None, **values: Any) -> Any:
    """Call a service as whoever deals with it, with the version that is stored; nothing sealed is open, as in a request of its own."""
    seal()
    now_stored = fresh(application)
    return service(actor=actor or now_stored.officer, application=now_stored, version=now_stored.version, **values)


def make_ready(*, nominal: Nominal | None = None, scheme: str = "domestic", **values: Any) -> Application:
    """An application on which all is done but the decision; the person asked about was not asked, for a reason."""
    application = make_whole_application(nominal=nominal, state="full_checks", scheme=scheme, **values)
    with row_security(application.officer):
        application.parties.filter(role="applicant").update(address=SEALED[2], born_on="1990-02-03")
        application.parties.filter(role="at_risk").update(name="Rosa Apart", phone="07700 900462")
        application.parties.filter(role="subject").update(phone="")
    if scheme == "child":
        make_party(application, "child", name="Wilf Small", phone="")
    do(record_representations, application, answer="not_asked", why_not="Asking would raise the risk")
    return fresh(application)


def make_proposed(verdict: str = "disclose", **values: Any) -> Application:
    """One for which something is proposed."""
    application = make_ready(**values)
    ground = {"ground": "common_law", "whom": "The partner"} if verdict == "disclose" else {}
    do(propose, application, verdict=verdict, reasons=REASONS, **ground)
    return fresh(application)


def make_decided(verdict: str = "disclose", **values: Any) -> Application:
    """One that somebody else decided."""
    application = make_proposed(verdict, **values)
    do(decide, application, lead_of(application), ruling="agree", words="I agree")
    return fresh(application)


def make_prepared(**values: Any) -> Application:
    """One about somebody without a record, of which only the telling is missing."""
    application = make_decided(**values)
    do(settle_protector, application, **TOLD)
    do(write_words, application, **WORDS)
    do(ask_undertaking, application, undertaking="signed")
    return fresh(application)


def make_marker(application: Application) -> ApplicationMarker:
    """The managers of the record may know."""
    lead = lead_of(application)
    return ApplicationMarker.objects.create(application=application, nominal=application.nominal, reason="They must act", told_by=lead)


def make_sharing(application: Application, state: str = "approved", **values: Any) -> SharingDecision:
    """A decision to tell somebody for it, linked."""
    officer = application.nominal.offender_manager
    plain = {
        "recipient_kind": "person", "recipient": recipient_of(application), "template": f"{application.scheme}_scheme", "channel": "spoken",
        "purpose": "protect_adult", "powers": ["common_law"], "own_basis": "The scheme", "choice": "share", "reasons": "She must know.",
        "handling": "To be kept to herself.", "must_not": "Not to be passed on.", "drafted_by": officer, "edited_by": officer,
    }  # fmt: skip
    sharing = SharingDecision.objects.create(nominal=application.nominal, reference=next_reference(DECISION), **plain | values)
    make_item_row(decision=sharing)
    if state in SEALED_STATES:
        seal_row(sharing, officer, state)
    with row_security(application.officer):
        SchemeDecision.objects.filter(application=application, lapsed_at__isnull=True).update(sharing=sharing)
    return sharing


def make_sent(application: Application, **values: Any) -> Release:
    """What was sent of it, to be spoken."""
    return make_release_row(nominal=application.nominal, decision=make_sharing(application), **values)


def make_dangerous(nominal: Nominal, *, against_child: bool = True, level: int = RiskLevel.HIGH) -> None:
    """A conviction for a sexual offence, and a level of risk."""
    Conviction.objects.create(
        nominal=nominal,
        offence="Sexual assault",
        is_sexual=True,
        is_against_child=against_child,
        convicted_on="2019-05-03",
        disposal="fine",
    )
    nominal.risk_periods.all().delete()
    make_risk(nominal=nominal, level=level)
