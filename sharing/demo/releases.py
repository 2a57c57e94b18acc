"""What the synthetic force has shared: with probation, which acted on it, and with children's services, which has not opened it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import Organisation, User
from offenders.models import Nominal
from sharing.models import Agreement, Answer, Approval, AuthorityRule, SharingDecision
from sharing.references import DECISION, next_reference
from sharing.reports.items import read_items
from sharing.reports.seals import seal_of
from sharing.rules.decisions import State
from sharing.services.items import choose_items, decide_passages
from sharing.services.receiving import acknowledge_release, open_release, report_action
from sharing.services.releases import send_release

HANDLING = "For the named team alone. Kept in the case system under restricted access, and not copied."
MUST_NOT = "Not to be told to the person, to the family or to anybody else without asking the police first."


def add_releases(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have the manager share conditions and warnings of Arthur Sample with two agencies."""
    agencies = {agency.code: agency for agency in Organisation.objects.exclude(kind="force")}
    ask = "Ask about the Saturday visits."
    to_probation = approve(users["supervisor"], arthur, agencies["northmere-probation"], today, ("manage_risk", ask, "oma_14"))
    release = send_release(actor=arthur.offender_manager, decision=to_probation)
    partner = users["partner"]
    open_release(actor=partner, release=release)
    release = acknowledge_release(actor=partner, release=release)
    open_release(actor=partner, release=release)
    report_action(
        actor=partner, release=release, done_on=today, is_final=False,
        text="Asked in supervision today. Says that nobody comes on Saturdays. A home visit is planned.",
    )  # fmt: skip
    ask = "Check who lives next door."
    to_children = approve(users["supervisor"], arthur, agencies["northmere-children"], today, ("protect_child", ask, "ca_10_11"))
    send_release(actor=arthur.offender_manager, decision=to_children)


def approve(boss: User, nominal: Nominal, agency: Organisation, today: date, terms: tuple[str, str, str]) -> SharingDecision:
    """Write a decision about conditions and what to do on meeting the person, and let the supervisor approve it.

    The terms are the purpose, what the agency is asked to do, and the power.
    """
    officer, (purpose, ask, power) = nominal.offender_manager, terms
    decision = SharingDecision.objects.create(
        nominal=nominal, reference=next_reference(DECISION), recipient_kind="agency", agency=agency, purpose=purpose, powers=[power],
        agreement=agreement_with(agency, officer, (purpose, power), today), channel="online", choice="part", handling=HANDLING,
        must_not=MUST_NOT, expected_action=ask, expires_on=today + timedelta(days=60), drafted_by=officer, edited_by=officer,
        reasons="They work with him or near him, and cannot keep anybody safe without this.",
    )  # fmt: skip
    for code, verdict in {"harm": "likely", "disorder": "unlikely", "underground": "unlikely", "victim": "none", "family": "none"}.items():
        Answer.objects.create(decision=decision, code=f"predicts_{code}", verdict=verdict, answered_by=officer)
    keys = [key for key, (source, _) in read_items(officer, nominal).items() if source.code in {"condition", "on_encounter"}]
    choose_items(actor=officer, decision=decision, version=decision.version, keys=keys)
    for item in decision.items.all():
        decision.refresh_from_db()
        keeps: list[tuple[bool | None, str]] = [(True, "")] * len(item.passages)
        decide_passages(
            actor=officer, decision=decision, item=item, version=decision.version, keeps=keeps, known="not_known", concerns_others=False
        )
    decision.refresh_from_db()
    decision.authority_rule = AuthorityRule.objects.get(circumstance="agency", period__contains=today)
    decision.authority, decision.content_hash, decision.state = "supervisor", seal_of(decision), State.APPROVED
    decision.submitted_by, decision.submitted_at = officer, decision.drafted_at
    decision.save()
    Approval.objects.create(
        decision=decision, content_hash=decision.content_hash, verdict="approved", authority="supervisor", author=officer, by=boss,
        reasons="Needed by both, and no more than they need.",
    )  # fmt: skip
    return decision


def agreement_with(agency: Organisation, officer: User, terms: tuple[str, str], today: date) -> Agreement:
    """Return the agreement that holds, or a new one."""
    purpose, power = terms
    standing: Agreement | None = Agreement.objects.in_force(today).filter(force=officer.organisation_id, agency=agency).first()
    return standing or Agreement.objects.create(
        force=officer.organisation, agency=agency, title="Working together", purposes=[purpose], data_classes=["risk", "conditions"],
        powers=[power], period=DateRange(today - timedelta(days=300), today + timedelta(days=400)), added_by=officer,
        review_on=today + timedelta(days=100), signed_by="Superintendent; head of service",
    )  # fmt: skip
