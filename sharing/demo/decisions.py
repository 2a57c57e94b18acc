"""Decisions of the synthetic force about sharing: one in each state, one returned, a dossier begun."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import Organisation, User
from offenders.models import Nominal
from sharing.choices.decisions import Choice, RecipientKind, Template
from sharing.models import DecisionItem, SharingDecision
from sharing.reports.authority import who_decides
from sharing.rules.questions import Kind, Question, questions_for
from sharing.services.advice import add_advice, follow_advice
from sharing.services.approving import decide_decision
from sharing.services.decisions import end_decision, save_page, start_decision, submit_decision

WORDS = {
    "exactly_what": "That he must not be alone with children, and whom to call.",
    "has_already": "That he lives in the area.",
    "right_person": "Confirmed by a call to the number on their website.",
    "why": "Children come to the place where he is.",
    "legal_basis": "Co-operation under MAPPA; nothing beyond what protects the children.",
    "lowers_risk": "Staff can see to it that he is never alone with a child.",
    "less_intrusive": "A visit each week was considered and does not cover the other days.",
    "violence": "Nobody there has threatened anybody.",
    "underground": "He has kept every appointment so far.",
    "victims": "None lives near.",
    "family": "His sister knows already.",
    "normal_life": "He can go on living and working there.",
    "consulted": "He was told on the last visit, and agrees.",
    "originators": "Nothing of others is in it.",
    "advice_taken": "The supervisor was asked.",
}
PLAIN = "Set out in the plan."
TERMS: dict[str, Any] = {
    "purpose": "protect_child", "powers": ["cja_325"], "own_basis": "Needed to protect children, whatever the agreement covers.",
    "handling": "Two named people only. Lock it away.", "must_not": "Not to be told to others, nor to him.",
    "expected_action": "Keep him from being alone with children; call the unit when he does not come.", "channel": "paper",
}  # fmt: skip
FIRST = {Kind.YES_NO: "no", Kind.TEST: "met"}
YES = {"right_person", "consulted", "originators"}


def answer_to(question: Question) -> tuple[str, str]:
    """Return what the demonstration answers."""
    verdict = "yes" if question.code in YES else FIRST.get(question.kind) or (question.options[0][0] if question.options else "")
    return verdict, WORDS.get(question.code, PLAIN) if question.has_words else ""


def write(nominal: Nominal, choice: Choice, reasons: str, to: Organisation | str, **fields: Any) -> SharingDecision:
    """Write a whole decision as the record's manager."""
    writer, is_agency = nominal.offender_manager, isinstance(to, Organisation)
    kind = RecipientKind.AGENCY if is_agency else RecipientKind.BODY
    draft = start_decision(actor=writer, nominal=nominal, recipient_kind=kind, agency=to if isinstance(to, Organisation) else None)
    asked = [each for each in questions_for(draft.template, draft.recipient_kind) if each.is_needed and each.code != "agreement_covers"]
    answers = {each.code: answer_to(each) for each in asked} | {"agreement_covers": ("no", "See the basis below.")}
    terms = TERMS | {"choice": choice, "reasons": reasons} | ({} if is_agency else {"recipient": to}) | fields
    done = save_page(actor=writer, decision=draft, version=draft.version, fields=terms, answers=answers)
    if choice != Choice.DO_NOT:
        DecisionItem.objects.create(
            decision=done, position=1, key="conditions:demo", data_class="conditions", heading="Conditions", label="Condition",
            passages=[{"text": "Not to be alone with anybody under 16.", "keep": True, "code": ""}], chosen_by=writer,
        )  # fmt: skip
    return done


def send(decision: SharingDecision) -> SharingDecision:
    """Send it."""
    decision.refresh_from_db()
    return submit_decision(actor=decision.nominal.offender_manager, decision=decision, version=decision.version)


def decide(decision: SharingDecision, verdict: str, reasons: str) -> None:
    """Have the first of those who may decide it."""
    who = who_decides(decision)
    if who and who.deciders:
        decide_decision(
            actor=who.deciders[0].user, decision=decision, content_hash=decision.content_hash, verdict=verdict, reasons=reasons
        )
        decision.refresh_from_db()


def add_decisions(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Have Arthur Sample's manager decide about agencies in every way, and begin a dossier."""
    writer = arthur.offender_manager
    probation, children, housing, parole = (
        Organisation.objects.get(code=code) for code in ("northmere-probation", "northmere-children", "northmere-homes", "parole-desk")
    )
    approved = write(arthur, Choice.SHARE, "They supervise him and must know.", probation)
    advice = add_advice(
        actor=writer, decision=approved, version=None, kind="legal", from_whom="Duty solicitor of the force", question="May it go now?",
        text="It may, to the two named officers.", given_on=today,
    )  # fmt: skip
    follow_advice(actor=writer, advice=advice, is_followed=True)
    decide(send(approved), "approved", "Necessary, and no more than that.")
    send(write(arthur, Choice.PART, "They place children nearby.", children))
    refused = send(write(arthur, Choice.SHARE, "They let the flat above.", housing))
    decide(refused, "refused", "A condition of the licence does as well.")
    returned = send(write(arthur, Choice.SHARE, "They let the flat next door.", housing))
    decide(returned, "returned", "Say which children, as a class.")
    review_on = today + timedelta(days=90)
    decide(send(write(arthur, Choice.DO_NOT, "Nobody there depends on it.", housing, review_on=review_on)), "approved", "I agree.")
    ended = start_decision(actor=writer, nominal=arthur, recipient_kind=RecipientKind.BODY)
    end_decision(actor=writer, decision=ended, version=ended.version, reason="The club has closed.")
    start_decision(actor=writer, nominal=arthur, template=Template.PAROLE_DOSSIER, recipient_kind=RecipientKind.AGENCY, agency=parole)
