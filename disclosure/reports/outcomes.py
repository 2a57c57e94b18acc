"""What pages, services and papers read of what comes of an application. Sealed rows: call it inside `row_security` of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from accounts.access import may, row_security
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from actions.models import Action
from disclosure.choices.applications import CheckStage, PartyRole, Scheme
from disclosure.choices.outcomes import PresumptionTest
from disclosure.models import (
    Application,
    ApplicationMarker,
    Check,
    Party,
    Representations,
    SchemeDecision,
    SchemeDisclosure,
    StandardText,
)
from disclosure.reports.facts import decision_of
from disclosure.rules.applications import CLOCKS, SYSTEMS, State
from disclosure.rules.outcomes import Finding, tells_who_applied
from disclosure.rules.persons import is_same_person
from offenders.choices import AtRisk, RiskLevel
from offenders.models import Conviction, Nominal, RiskPeriod
from sharing.choices.decisions import Channel, Template
from sharing.models import Release, SharingDecision
from ui.languages import KEPT_IN
from ui.templatetags.ui import uk_date

TEMPLATES = {Scheme.DOMESTIC: Template.DOMESTIC_SCHEME, Scheme.CHILD: Template.CHILD_SCHEME}
TEXTS = {Scheme.DOMESTIC: "domestic-neutral", Scheme.CHILD: "child-neutral"}


def parties_of(application: Application) -> dict[str, Party]:
    """Return who is who, one of each role."""
    return {party.role: party for party in application.parties.all()}


def whole_clock(application: Application) -> str:
    """Return the rule of the clock in which it must be told or answered."""
    return CLOCKS[Scheme(application.scheme)][State.DECIDED]


def clock_of(application: Application, kind: str) -> Action | None:
    """Return the waiting action of a kind about an application."""
    rows = Action.objects.waiting().filter(kind=kind, subject_type=Application._meta.label_lower, subject_id=application.pk)
    return rows.first()


def due_of(application: Application) -> datetime | None:
    """Return by when it must be told or answered."""
    clock = clock_of(application, whole_clock(application))
    return clock.due if clock else None


def reads_record(user: User, application: Application) -> bool:
    """Whether somebody may read the case file of the person asked about."""
    return application.nominal is not None and may(user, Perm.VIEW_CASE_FILE, application.nominal)


def findings_on_record(user: User, nominal: Nominal, day: date) -> list[Finding]:
    """Return what the record says to both tests of the presumption, as far as somebody may read it."""
    rows = Conviction.objects.for_user(user).filter(nominal=nominal).order_by("-convicted_on", "-pk")
    found = [
        Finding(
            PresumptionTest.CONVICTIONS, f"{row.offence} ({row.get_disposal_display().lower()})", row.convicted_on,
            ", ".join(filter(None, (gettext("Case file"), row.court))), row.is_sexual and row.is_against_child,
        )
        for row in rows
    ]  # fmt: skip
    risk = RiskPeriod.objects.for_user(user).filter(nominal=nominal, period__contains=day).first()
    return [
        *(found or [Finding(PresumptionTest.CONVICTIONS, gettext("No conviction is recorded"), day, gettext("Case file"), is_met=False)]),
        risk_finding(risk) if risk else no_risk_finding(day),
    ]


def risk_finding(risk: RiskPeriod) -> Finding:
    """Return what a level of risk says to the second test."""
    parts = {"level": risk.get_level_display(), "whom": ", ".join(str(AtRisk(each).label) for each in risk.at_risk)}
    words = gettext("%(level)s risk of serious harm to %(whom)s") if risk.at_risk else gettext("%(level)s risk of serious harm")
    return Finding(PresumptionTest.HARM, words % parts, risk.period.lower, gettext("Risk and MAPPA"), risk.level >= RiskLevel.HIGH)


def no_risk_finding(day: date) -> Finding:
    """Return that nothing is said to the second test."""
    return Finding(PresumptionTest.HARM, gettext("No level of risk is set"), day, gettext("Risk and MAPPA"), is_met=False)


def finding_in_check(test: str, check: Check, words: str, *, is_met: bool) -> Finding:
    """Return what the proposer read in a recorded check."""
    with override(KEPT_IN):  # a form makes it, which may be checked in another language, and a decision keeps it
        source = f"{SYSTEMS.get(check.system, check.system)}, {check.get_stage_display().lower()}"
    return Finding(PresumptionTest(test), words.strip(), localdate(check.done_at), source, is_met)


def checks_of(application: Application) -> list[Check]:
    """Return the checks to which an answer may point: the full ones first."""
    return sorted(application.checks.all(), key=lambda check: (check.stage != CheckStage.FULL, check.pk))


def deciders_of(application: Application, proposer: User) -> list[User]:
    """Return the supervisors of the unit who may decide what somebody proposed."""
    rows = User.objects.filter(unit=application.unit_id, is_active=True, is_service=False, groups__name=Role.SUPERVISOR)
    rows = rows.exclude(pk=proposer.pk).select_related("organisation", "unit").prefetch_related("groups").distinct().order_by("pk")
    return [user for user in rows if may(user, Perm.DECIDE_APPLICATION, application)]


def representations_of(application: Application) -> Representations | None:
    """Return what came of asking the person asked about."""
    return Representations.objects.filter(application=application).select_related("written_by").first()


def history_of_decisions(application: Application) -> list[SchemeDecision]:
    """Return every proposal and decision, newest first."""
    return list(application.decisions.select_related("proposed_by", "decided_by", "sharing").order_by("-pk"))


def marker_of(application: Application) -> ApplicationMarker | None:
    """Return that the managers of the record know that an application exists, if they do."""
    return ApplicationMarker.objects.filter(application=application).first()


@dataclass(frozen=True)
class Waiting:
    """What the managers of a record may know of a decision to disclose that needs theirs: that it stands, and since when."""

    marker: ApplicationMarker
    decision: int
    decided_at: datetime


def waiting_for_sharing(user: User, nominal: Nominal) -> list[Waiting]:
    """Return the applications about a record of which its managers know and for which a decision to tell somebody is needed."""
    markers = {each.application_id: each for each in ApplicationMarker.objects.filter(nominal=nominal).select_related("application")}
    with row_security(user), connection.cursor() as cursor:
        cursor.execute("SELECT application, decision, decided_at FROM vigil_waits_for_sharing(%s)", [nominal.pk])
        return [Waiting(markers[application], decision, decided_at) for application, decision, decided_at in cursor.fetchall()]


def recipient_of(application: Application) -> str:
    """Return whom a decision to tell somebody names: nobody, by the reference of the application."""
    return f"Person who may be told under {application.reference}"


def live_release(sharing: SharingDecision | None) -> Release | None:
    """Return what was sent under a decision as it stands, to be spoken, and not withdrawn."""
    if sharing is None:
        return None
    rows = Release.objects.filter(decision=sharing, content_hash=sharing.content_hash, channel=Channel.SPOKEN, withdrawn_at__isnull=True)
    return rows.order_by("-pk").first()


def script_of(release: Release) -> str:
    """Return the words to say, of what was approved and nothing else."""
    said = [f"{each['heading']}, {each['label']}: {each['text']}" for each in release.contents]
    kept = [f"How to keep it: {release.handling}", f"You must not: {release.must_not}" if release.must_not else ""]
    asked = [f"We ask you to: {release.expected_action}" if release.expected_action else ""]
    return "\n\n".join(filter(None, [f"This is about {release.subject_name}.", *said, *kept, *asked]))


def prepared_of(application: Application) -> SchemeDisclosure | None:
    """Return what is prepared under the decision that stands, or was told."""
    decision = decision_of(application)
    rows = SchemeDisclosure.objects.filter(application=application, decision=decision) if decision else SchemeDisclosure.objects.none()
    return rows.select_related("protector", "release", "told_by", "written_by").first()


def is_one(one: Party, other: Party) -> bool:
    """Whether two people in an application are one and the same, as far as names and days of birth tell."""
    return is_same_person((one.name, other.name), (one.born_on, other.born_on))


def may_tell_who_applied(application: Application, protector: Party | None, script: str) -> bool:
    """Whether words to say could tell who applied to somebody else than the applicant."""
    parties = list(application.parties.all())
    applicant = next((party for party in parties if party.role == PartyRole.APPLICANT), None)
    if applicant is None or (protector and is_one(applicant, protector)):
        return False
    others = [party for party in parties if party.role != PartyRole.APPLICANT and not is_one(party, applicant)]
    account = "\n".join(f"{each.account}\n{each.risk}" for each in application.interviews.all())
    return tells_who_applied(script, applicant.name, identity_words([applicant]), account, [identity_words(others)])


def identity_words(parties: Iterable[Party]) -> str:
    """Return what identifies people in an application."""
    fields = ("name", "address", "phone", "email", "relationship", "notes")
    return "\n".join(str(getattr(party, field)) for party in parties for field in fields if getattr(party, field))


def neutral_text(application: Application) -> StandardText:
    """Return the words of today that answer whoever asked, in their language; in English where no others are written."""
    code = TEXTS[Scheme(application.scheme)]
    rows = StandardText.objects.on(localdate())
    return rows.filter(code=f"{code}-{application.language}").first() or rows.get(code=code)


def is_told_themselves(application: Application, prepared: SchemeDisclosure | None) -> bool:
    """Whether whoever applied is whoever was told."""
    applicant = parties_of(application).get(PartyRole.APPLICANT)
    told = prepared.protector if prepared and prepared.told_at else None
    return bool(applicant and told and is_one(applicant, told))


def asked_words(representations: Representations | None) -> str:
    """Say what came of asking the person asked about."""
    if representations is None:
        return gettext("Nothing is recorded yet")
    if representations.asked_on is None:
        return gettext("Not asked")
    words = gettext("Asked on %(day)s; they answered") if representations.said else gettext("Asked on %(day)s; the answer has not come yet")
    if representations.has_nothing_to_say:
        words = gettext("Asked on %(day)s; nothing was said")
    return words % {"day": uk_date(representations.asked_on)}
