"""What is known of an application, as its steps rest on it: read from its rows, inside row security of whoever asks."""

from __future__ import annotations

from disclosure.choices.applications import CheckStage, ContactWay, IdentityProof, PartyRole, Route, Scheme, Verdict
from disclosure.models import Application, Forum, NeutralAnswer, Party, Representations, SchemeDecision, SchemeDisclosure
from disclosure.reports.twins import twins_before
from disclosure.rules.applications import Facts
from disclosure.rules.persons import is_same_person
from sharing.models import Release, SharingDecision
from sharing.rules.decisions import State as SharingState


def decision_of(application: Application) -> SchemeDecision | None:
    """Return what is proposed or decided, if something stands. Call it inside `row_security`."""
    return SchemeDecision.objects.filter(application=application, lapsed_at__isnull=True).select_related("sharing").first()


def proved(party: Party) -> bool:
    """Whether somebody proved who they are."""
    return party.identity not in {"", IdentityProof.NOT_PROVED}


def is_about(applicant: Party, subject: Party) -> bool:
    """Whether somebody asks about themselves, as far as names and days of birth tell."""
    return is_same_person((applicant.name, subject.name), (applicant.born_on, subject.born_on))


def is_live(release: Release, sharing: SharingDecision) -> bool:
    """Whether what was sent is what the decision says as it stands, and was not withdrawn."""
    return release.decision_id == sharing.pk and release.content_hash == sharing.content_hash and release.withdrawn_at is None


def facts_of(application: Application) -> Facts:
    """Return the facts. Call it inside `row_security`: what is sealed from the reader counts as not there."""
    parties = list(application.parties.all())
    by_role = {party.role: party for party in parties}
    roles = set(by_role)
    applicant, subject = by_role.get(PartyRole.APPLICANT), by_role.get(PartyRole.SUBJECT)
    checks = application.checks.values_list("stage", "system")
    decision = decision_of(application)
    sharing = decision.sharing if decision else None
    prepared = SchemeDisclosure.objects.filter(application=application).first()
    current = prepared if prepared and decision and prepared.decision_id == decision.pk else None
    protector = by_role.get(PartyRole.PROTECTOR)
    heard = Representations.objects.filter(application=application).first()
    release = current.release if current else None
    return Facts(
        scheme=Scheme(application.scheme),
        route=Route(application.route),
        names_subject=PartyRole.SUBJECT in roles,
        names_at_risk=(PartyRole.CHILD if application.scheme == Scheme.CHILD else PartyRole.AT_RISK) in roles,
        is_about_applicant=bool(applicant and subject and is_about(applicant, subject)),
        has_open_twin=not application.why_another and twins_before(application).exists(),
        has_officer=application.officer_id is not None,
        safe_contact_answered=set(application.safe_contacts.values_list("way", flat=True)) == set(ContactWay.values),
        danger_asked=application.in_danger is not None,
        danger_open=application.safeguardings.filter(ended_at__isnull=True).exists(),
        first_systems=frozenset(system for stage, system in checks if stage == CheckStage.FIRST),
        full_systems=frozenset(system for stage, system in checks if stage == CheckStage.FULL),
        interviewed=application.interviews.exists(),
        identity_proved=bool(applicant and proved(applicant)),
        record_settled=application.nominal_id is not None or application.has_no_record,
        forum_settled=Forum.objects.filter(application=application).exists(),
        representations_settled=bool(heard and heard.is_settled),
        verdict=Verdict(decision.verdict) if decision and decision.agreed else None,
        has_record=application.nominal_id is not None,
        sharing_approved=bool(sharing and sharing.state == SharingState.APPROVED),
        sharing_released=bool(release and sharing and is_live(release, sharing)),
        has_protector=bool(current and current.protector_id),
        identity_of_told_proved=bool(current and protector and current.protector_id == protector.pk and proved(protector)),
        has_script=bool(current and current.script),
        undertaking_asked=bool(current and current.undertaking),
        has_safety_plan=bool(current and current.safety_plan),
        told=bool(current and current.told_at),
        answered_neutrally=NeutralAnswer.objects.filter(application=application).exists(),
    )
