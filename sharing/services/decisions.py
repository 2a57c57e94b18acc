"""Decisions to share, or not to: begun, written page by page, sent to whoever decides, ended, reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise, row_security
from accounts.errors import DomainError
from accounts.models import Organisation, User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, tell
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import SectionKind
from offenders.choices.confidential import LawfulBasis
from offenders.guards import require_unchanged
from offenders.models import ConfidentialSection, Nominal
from offenders.services.sections import add_section
from sharing.choices.decisions import Authority, RecipientKind, ReviewOutcome, Template
from sharing.guards.decisions import (
    require_agreement_with,
    require_complete,
    require_known_powers,
    require_move,
    require_reason,
    require_recipient,
    require_review,
    require_reviewable,
)
from sharing.models import Answer, DecisionReview, SharingDecision
from sharing.references import DECISION, next_reference
from sharing.reports.authority import HOLDERS, WhoDecides, who_decides
from sharing.reports.decisions import answers_of, missing_in
from sharing.reports.facts import agreement_words, best_agreement, facts_of, powers_today, sent_before
from sharing.reports.seals import seal_of
from sharing.rules.decisions import DECIDE, REVIEW, ROUTE, State
from sharing.rules.questions import BY_CODE, CLOCKS, PURPOSES, Answers, Kind, stage_words
from sharing.services.editing import hold_for_editing, hold_while_typing

TO_BE_SENT: dict[str, str] = {
    Template.PAROLE_DOSSIER: gettext_noop("Dossier for the Parole Board: to be sent"),
    Template.DBS_REFERRAL: gettext_noop("Referral to the Disclosure and Barring Service: to be sent"),
}
WAITS = gettext_noop("A decision about sharing waits for you")
EMPTY = ("", "")
LEADS_ON = frozenset({"recipient_kind", "agency", "purpose", "agreement"})  # other answers follow from these, so they wait for the button


@transaction.atomic
def start_decision(
    *,
    actor: User,
    nominal: Nominal,
    template: Template | str = Template.GENERAL,
    recipient_kind: RecipientKind | str = "",
    agency: Organisation | None = None,
) -> SharingDecision:
    """Begin a draft with what the system knows filled in; a referral or dossier begins its clock."""
    authorise(actor, Perm.DECIDE_SHARING, nominal)
    require_recipient(str(template), str(recipient_kind), agency)
    decision = SharingDecision.objects.create(
        nominal=nominal, reference=next_reference(DECISION), template=str(template), recipient_kind=str(recipient_kind), agency=agency,
        purpose=PURPOSES.get(str(template), ""), drafted_by=actor, edited_by=actor,
    )  # fmt: skip
    if agency:
        go_by_agreement(decision)
        decision.save(update_fields=["agreement", "powers"])
    known = {code: ("", text) for code, text in facts_of(nominal).items()} | known_of(decision)
    store_answers(decision, actor, known)
    if clock := CLOCKS.get(str(template)):
        raise_action(
            actor=actor, kind=clock, title=TO_BE_SENT[str(template)], owner=Owner(user=actor), nominal=nominal,
            subject=decision, route=ROUTE, rule=clock, key=f"{clock}-{decision.pk}",
        )  # fmt: skip
    record_event(Verb.CREATED, decision, act="Sharing decision begun", template=str(template))
    return decision


def go_by_agreement(decision: SharingDecision) -> None:
    """Take the agreement with the agency, and its powers as far as they hold today."""
    agency, force = decision.agency, decision.nominal.force
    agreement = best_agreement(force, agency, decision.purpose) if agency else None
    holding = set(powers_today().values_list("code", flat=True))
    decision.agreement, decision.powers = agreement, sorted(holding & set(agreement.powers)) if agreement else []


def known_of(decision: SharingDecision) -> dict[str, tuple[str, str]]:
    """Return the answers that follow from the recipient and the register of agreements."""
    if decision.agency is None:
        return {"has_already": EMPTY, "agreement_covers": EMPTY}
    covers = agreement_words(decision.agreement, decision.purpose)
    return {"has_already": ("", sent_before(decision.nominal, decision.agency)), "agreement_covers": covers}


def store_answers(decision: SharingDecision, actor: User, answers: Answers) -> None:
    """Store answers in the name of whoever gave them; an empty one goes."""
    for code, (verdict, text) in answers.items():
        if verdict or text.strip():
            Answer.objects.update_or_create(
                decision=decision, code=code, defaults={"verdict": verdict, "text": text.strip(), "answered_by": actor}
            )
        else:
            Answer.objects.filter(decision=decision, code=code).delete()


@transaction.atomic
def save_page(
    *,
    actor: User,
    decision: SharingDecision,
    version: int | None,
    fields: Mapping[str, Any],
    answers: Answers,
    is_typing: bool = False,
) -> SharingDecision:
    """Store what one page says so far; half a page will do. What is as it was changes nothing, so that nothing opens a seal for nothing.

    While somebody types, nothing sealed opens and no version counts.
    """
    authorise(actor, Perm.DECIDE_SHARING, decision)
    stored = SharingDecision.objects.select_related("nominal__force", "agency", "agreement").get(pk=decision.pk)
    said = answers_of(stored)
    left_out = LEADS_ON if is_typing else frozenset()
    changes = {name: value for name, value in fields.items() if name not in left_out and getattr(stored, name) != value}
    new = {code: answer for code, answer in worded(answers, said).items() if said.get(code, EMPTY) != answer}
    if not changes and not new:
        return stored
    if is_typing:
        locked = hold_while_typing(actor=actor, decision=stored, version=version)
    else:
        locked = hold_for_editing(actor=actor, decision=stored, version=version)
    before = known_of(locked)
    if changes:
        apply_fields(locked, changes)
    after = {code: answer for code, answer in known_of(locked).items() if answer != before[code] and said.get(code, EMPTY) == before[code]}
    store_answers(locked, actor, after | new)
    if not is_typing:
        record_event(Verb.CHANGED, locked, act="Sharing decision written", what=sorted([*changes, *new]))
    return locked


def worded(answers: Answers, said: Answers) -> dict[str, tuple[str, str]]:
    """Return answers as they are stored: a stage that says only what follows from the other answers is none of its own."""
    plain = {code: (verdict, text.replace("\r\n", "\n").strip()) for code, (verdict, text) in answers.items() if code in BY_CODE}
    follows = {
        code: stage_words(BY_CODE[code], {**said, **plain}).strip() for code in plain if BY_CODE[code].kind == Kind.STAGE
    }  # fmt: skip
    return {code: EMPTY if follows.get(code) == answer[1] else answer for code, answer in plain.items()}


def apply_fields(decision: SharingDecision, changes: Mapping[str, Any]) -> None:
    """Change the decision itself; another recipient brings its agreement and powers with it."""
    had_agency = decision.agency_id
    for name, value in changes.items():
        setattr(decision, name, value)
    if decision.recipient_kind != RecipientKind.AGENCY:
        decision.agency = decision.agreement = None
    if decision.recipient_kind != RecipientKind.PERSON:
        decision.recipient_section = None
    require_recipient(decision.template, decision.recipient_kind, decision.agency)
    if decision.agency_id != had_agency and decision.agency:
        go_by_agreement(decision)
    require_agreement_with(decision.agreement, decision.nominal.force_id, decision.agency_id)
    if "powers" in changes:
        require_known_powers(decision.powers, list(powers_today().values_list("code", flat=True)))
    decision.save()


@transaction.atomic
def name_recipient(
    *, actor: User, decision: SharingDecision, version: int, section: ConfidentialSection | None = None, body: str = ""
) -> SharingDecision:
    """Keep apart who the recipient is: in a section that the actor sees, or a new one of the actor's. The decision only points to it."""
    if (section is None) == (not body.strip()):
        raise DomainError("Choose a section, or write a new one: one of the two.", field="section")
    locked = hold_for_editing(actor=actor, decision=decision, version=version)
    if locked.recipient_kind != RecipientKind.PERSON:
        raise DomainError("Only a member of the public is named apart. Choose the recipient first.")
    with row_security(actor):
        if section:
            seen = ConfidentialSection.objects.for_user(actor).filter(nominal__in=locked.nominal.every_key, closed_at__isnull=True)
            chosen = seen.filter(pk=section.pk).first()
            if chosen is None:
                raise DomainError("Choose a section of this record that you may read.", field="section")
        else:
            today = localdate()
            chosen = add_section(
                actor=actor, nominal=locked.nominal, kind=SectionKind.VICTIM, body=body, basis=LawfulBasis.SAFEGUARDING,
                lawful_basis=f"Telling somebody at risk, decision {locked.reference}", originator=actor.display_name,
                handling="Only for whoever tells them", review_on=date(today.year + 1, today.month, min(today.day, 28)),
            )  # fmt: skip
    locked.recipient_section_id = chosen.pk
    locked.save(update_fields=["recipient_section"])
    record_event(Verb.CHANGED, locked, act="Recipient named apart")
    return locked


@transaction.atomic
def submit_decision(*, actor: User, decision: SharingDecision, version: int) -> SharingDecision:
    """Seal a complete decision and send it to whoever decides, as computed now. Everything that is missing is said at once."""
    locked = hold_while_typing(actor=actor, decision=decision, version=version)
    require_move(locked, State.SUBMITTED)
    require_complete(missing_in(actor, locked))
    who = who_decides(locked)
    assert who is not None  # noqa: S101 - a complete decision has a recipient
    locked.content_hash, locked.state = seal_of(locked), State.SUBMITTED
    locked.authority, locked.authority_rule = who.rule.authority, who.rule
    locked.submitted_by, locked.submitted_at = actor, now()
    locked.version += 1
    locked.save()
    ask_to_decide(actor, locked, who)
    record_event(Verb.CHANGED, locked, act="Sharing decision sent", content=locked.content_hash, authority=locked.authority)
    return locked


def ask_to_decide(actor: User, decision: SharingDecision, who: WhoDecides) -> None:
    """Raise the action of whoever decides: of the one person, else of the unit or the role that holds the authority."""
    people = [each.user for each in who.deciders]
    if len(people) == 1 or who.rule.authority == Authority.SENIOR_OFFICER:
        owner = Owner(user=people[0])
    elif who.rule.authority == Authority.SUPERVISOR:
        owner = Owner(unit=decision.nominal.unit)
    else:
        owner = Owner(role=HOLDERS[who.rule.authority])
    raise_action(
        actor=actor, kind=DECIDE, title=gettext_noop("Decide about sharing"), owner=owner, nominal=decision.nominal, subject=decision,
        route=ROUTE, rule=DECIDE, key=f"{DECIDE}-{decision.pk}-{decision.version}",
    )  # fmt: skip
    tell(actor=actor, people=people, text=WAITS, nominal=decision.nominal_id, route=ROUTE)


def hold_as_it_stands(actor: User, decision: SharingDecision, version: int | None) -> SharingDecision:
    """Lock a decision that its writer moves on without editing it: its seal stays."""
    authorise(actor, Perm.DECIDE_SHARING, decision)
    locked = SharingDecision.objects.select_for_update(of=("self",)).select_related("nominal").get(pk=decision.pk)
    require_unchanged(locked, version)
    return locked


@transaction.atomic
def end_decision(*, actor: User, decision: SharingDecision, version: int, reason: str) -> SharingDecision:
    """Give up a draft, or end what was approved: nothing more goes out under it."""
    locked = hold_as_it_stands(actor, decision, version)
    require_move(locked, State.ENDED)
    require_reason(reason)
    locked.state, locked.end_reason, locked.version = State.ENDED, reason.strip(), locked.version + 1
    locked.save(update_fields=["state", "end_reason", "version"])
    for subject in (locked, *locked.advice.all()):
        cancel_actions_about(actor=actor, subject=subject, reason="The decision was ended.")
    record_event(Verb.CHANGED, locked, act="Sharing decision ended", reason=reason)
    return locked


def ask_for_review(actor: User, decision: SharingDecision, due_on: date) -> None:
    """Ask the offender manager to look at a decision not to share again on its day."""
    nominal = decision.nominal
    raise_action(
        actor=actor, kind=REVIEW, title=gettext_noop("Review a decision not to share"), owner=Owner(user=nominal.offender_manager),
        nominal=nominal,
        subject=decision, route=ROUTE, due_on=due_on, key=f"{REVIEW}-{decision.pk}-{decision.version}-{decision.reviews.count()}",
    )  # fmt: skip


@transaction.atomic
def review_decision(
    *, actor: User, decision: SharingDecision, version: int, outcome: ReviewOutcome | str, reason: str, next_on: date | None = None
) -> DecisionReview:
    """Look at a decision not to share again: it stands until another day, or opens to be decided anew."""
    locked = hold_as_it_stands(actor, decision, version)
    require_reviewable(locked)
    require_review(str(outcome), reason, next_on, localdate())
    stands = outcome == ReviewOutcome.STANDS
    review = DecisionReview.objects.create(
        decision=locked, outcome=str(outcome), reason=reason.strip(), next_on=next_on if stands else None, by=actor
    )
    complete_actions_about(actor=actor, subject=locked, kind=REVIEW, outcome="Reviewed")
    if stands and next_on:
        ask_for_review(actor, locked, next_on)
    else:
        hold_for_editing(actor=actor, decision=locked)
    record_event(Verb.CHANGED, locked, act="Decision not to share reviewed", outcome=str(outcome))
    return review
