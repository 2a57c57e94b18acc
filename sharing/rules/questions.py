"""What a decision asks, in our own words: page by page, for which templates and recipients, and what is missing. Pure.

To share and not to share ask the same. What a question is answered with stands in `sharing.models.Answer` under its code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from accounts.choices import OrganisationKind
from sharing.choices.decisions import SCHEMES, RecipientKind, Template


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    YES_NO = "yes_no"  # yes, no or not applicable, each with words
    TEST = "test"  # met or not met, with words
    CHOICE = "choice"  # one of what the question offers, without words
    FACT = "fact"  # filled in by the system, and may be put right
    STAGE = "stage"  # of the national decision model: follows from other answers, and may be put better


NOT_APPLICABLE, MET = "not_applicable", "met"
YES_NO = (("yes", "Yes"), ("no", "No"), (NOT_APPLICABLE, "Not applicable"))
TEST = ((MET, "Met"), ("not_met", "Not met"))
CHANCE = (("unlikely", "Unlikely"), ("likely", "Likely"))
EFFECT = (("none", "None"), ("some", "Some"), ("serious", "Serious"))
EVERYBODY = frozenset(RecipientKind.values)
OUTSIDE_SCHEMES = frozenset(Template.values) - SCHEMES


@dataclass(frozen=True)
class Question:
    """One thing that a decision asks; without templates it is asked for each of them."""

    code: str
    page: int
    label: str
    hint: str = ""
    kind: Kind = Kind.TEXT
    options: tuple[tuple[str, str], ...] = ()
    templates: frozenset[str] = frozenset()
    recipients: frozenset[str] = EVERYBODY
    follows_from: tuple[str, ...] = ()

    @property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """What may be chosen as an answer; nothing where words are the whole answer."""
        return {Kind.YES_NO: YES_NO, Kind.TEST: TEST}.get(self.kind, self.options)

    @property
    def has_words(self) -> bool:
        """Whether it is answered in words, perhaps besides a choice."""
        return self.kind != Kind.CHOICE

    @property
    def is_needed(self) -> bool:
        """Whether it must be answered before the decision is sent."""
        return self.kind not in {Kind.FACT, Kind.STAGE}


class Missing(NamedTuple):
    """Something that must be said before the decision is sent, with the page and the field where it is said."""

    page: int
    field: str
    words: str


def for_template(template: Template, page: int, *asked: tuple[str, str, str]) -> tuple[Question, ...]:
    """Return the further questions of a template."""
    return tuple(Question(code, page, label, hint, templates=frozenset({template.value})) for code, label, hint in asked)


def stage(code: str, name: str, *follows_from: str) -> Question:
    """Return a stage of the national decision model, which the answers to other questions fill."""
    return Question(code, 5, f"National decision model: {name}", kind=Kind.STAGE, follows_from=follows_from)


PAGES = {
    1: "What, and to whom",
    2: "Why, and under which power",
    3: "Need and proportion",
    4: "What harm it could do",
    5: "The person, and the decision",
}
Q = Question
QUESTIONS: tuple[Question, ...] = (
    Q("fact_mappa", 1, "MAPPA category and level", kind=Kind.FACT),
    Q("fact_risk", 1, "Level of risk", kind=Kind.FACT),
    Q("fact_at_risk", 1, "Who is at risk", "As a class of people. Name nobody.", Kind.FACT),
    Q("fact_manager", 1, "Offender manager", kind=Kind.FACT),
    Q("recipient_at_risk", 1, "Is the recipient a victim, or somebody at risk?",
      "If so, who it is stands in a confidential section, and here only a class of person.",
      Kind.YES_NO, templates=OUTSIDE_SCHEMES, recipients=frozenset({RecipientKind.PERSON.value})),
    Q("exactly_what", 1, "What exactly should go, and to whom?", "Be as narrow as the purpose allows."),
    Q("has_already", 1, "What does the recipient know already?", "What was sent before is filled in; it need not go again."),
    Q("right_person", 1, "Is it confirmed that this is the right person or body?", "Say how, and who confirmed it.", Kind.YES_NO),
    Q("why", 2, "Why should it be shared?"),
    Q("agreement_covers", 2, "Is an agreement in place that covers this?", "The register of agreements fills this in.", Kind.YES_NO),
    Q("legal_basis", 2, "What is the legal basis in this case?", "Say how the powers above apply to it."),
    Q("lawful", 2, "Test 1: it is lawful", kind=Kind.TEST),
    Q("lowers_risk", 3, "How would it lower the risk to the public?", "Think of the right to life, and not to be treated inhumanly."),
    Q("less_intrusive", 3, "Would something less intrusive lower the risk as well?", "Say what was considered.", Kind.YES_NO),
    Q("necessary", 3, "Test 2: it is necessary", kind=Kind.TEST),
    Q("proportionate", 3, "Test 3: it is proportionate", kind=Kind.TEST),
    *for_template(Template.CARERS_CHECK, 3,
        ("carers_care", "What care is the person considered for, and for how long?", "Children as a class: ages and number, no names."),
        ("carers_home", "Who else would be in the home?", "As classes of people.")),
    *for_template(Template.PAROLE_DOSSIER, 3,
        ("parole_hearing", "When is the hearing, and by when must the dossier be there?", ""),
        ("parole_release", "What bears on release?", "Behaviour, compliance, risk and what would manage it."),
        ("parole_plan", "What is the plan after release?", "Where the person would live, who visits, which conditions are asked for."),
        ("parole_victims", "How are matters of victims kept apart?", "Say where they stand, not what they are."),
        ("parole_contingency", "What happens if the plan fails?", "")),
    *for_template(Template.DBS_REFERRAL, 3,
        ("dbs_why", "Why should the person be considered for a barred list?", "Children, adults at risk, or both."),
        ("dbs_work", "Which regulated activity is it, and for which employer?", ""),
        ("dbs_harm", "How is the harm test met?", "What the person did, or may do, that harms or puts at risk."),
        ("dbs_evidence", "What is the evidence?", "Say which records and documents; attach nothing here.")),
    Q("scheme_person", 3, "Why is whoever would be told best placed to protect?",
      "In general words. Name nobody, and say nothing of who asked.", templates=SCHEMES),
    *for_template(Template.CHILD_SCHEME, 3,
        ("scheme_presumed", "Is it presumed that this is told?", "Convictions for sexual offences against children, and serious harm.")),
    Q("violence", 4, "Could it lead to violence against anybody, or to disorder?", kind=Kind.YES_NO),
    Q("predicts_disorder", 4, "How likely is violence or disorder?", "You are asked later what came of it.", Kind.CHOICE, CHANCE),
    Q("underground", 4, "Could the person go underground?", kind=Kind.YES_NO),
    Q("predicts_underground", 4, "How likely is that?", "", Kind.CHOICE, CHANCE),
    Q("victims", 4, "What would it do to victims?", "General words only."),
    Q("predicts_victim", 4, "How much harm to victims do you expect?", "", Kind.CHOICE, EFFECT),
    Q("family", 4, "What would it do to the person's family?"),
    Q("predicts_family", 4, "How much harm to the family do you expect?", "", Kind.CHOICE, EFFECT),
    Q("normal_life", 4, "What would it do to the person's chance of a normal life?"),
    Q("predicts_harm", 4, "How likely is it that this prevents harm?", "", Kind.CHOICE, CHANCE),
    Q("consulted", 5, "Was the person asked for their view?", "Say what they said, or why they were not asked.", Kind.YES_NO),
    Q("originators", 5, "Have those who gave the material agreed that it goes on?",
      "For medical records and other material under somebody else's control.", Kind.YES_NO),
    Q("advice_taken", 5, "What advice was taken?", "Or say why none was needed. Advice itself is recorded beside these pages."),
    Q("secure", 5, "Test 4: it stays secure", "How it travels, and how it is kept.", Kind.TEST),
    Q("accountable", 5, "Test 5: it can be accounted for", "Who answers for it, and where it is recorded.", Kind.TEST),
    stage("ndm_information", "information", "fact_mappa", "fact_risk", "exactly_what", "has_already"),
    stage("ndm_threat", "threat and risk", "lowers_risk", "violence", "underground", "victims", "family"),
    stage("ndm_powers", "powers and policy", "legal_basis", "agreement_covers", "lawful"),
    stage("ndm_options", "options", "less_intrusive", "necessary", "proportionate"),
    stage("ndm_action", "action and review", "why", "normal_life", "predicts_harm"),
)  # fmt: skip
BY_CODE = {question.code: question for question in QUESTIONS}
TESTS = tuple(question.code for question in QUESTIONS if question.kind == Kind.TEST)
PREDICTIONS = tuple(question.code for question in QUESTIONS if question.code.startswith("predicts_"))
# What of the decision itself each page asks.
FIELDS: dict[int, tuple[str, ...]] = {
    1: ("recipient_kind", "agency", "recipient"),
    2: ("purpose", "agreement", "powers", "own_basis"),
    3: (),
    4: (),
    5: ("choice", "reasons", "review_on", "channel", "handling", "must_not", "expected_action", "expires_on"),
}
# To whom a template may go, where not to everybody; and which kind of agency that is.
RECIPIENTS: dict[str, tuple[str, ...]] = {
    Template.PAROLE_DOSSIER: (RecipientKind.AGENCY,),
    Template.DBS_REFERRAL: (RecipientKind.AGENCY,),
    Template.CARERS_CHECK: (RecipientKind.AGENCY,),
    Template.MEDIA: (RecipientKind.MEDIA, RecipientKind.PUBLIC),
    **dict.fromkeys(SCHEMES, (RecipientKind.PERSON,)),
}
AGENCY_KINDS: dict[str, OrganisationKind] = {
    Template.PAROLE_DOSSIER: OrganisationKind.PAROLE_BOARD,
    Template.DBS_REFERRAL: OrganisationKind.DISCLOSURE_AND_BARRING,
    Template.CARERS_CHECK: OrganisationKind.CHILDRENS_SERVICES,
}
PURPOSES: dict[str, str] = {
    Template.PAROLE_DOSSIER: "release_or_recall", Template.DBS_REFERRAL: "barring", Template.CARERS_CHECK: "protect_child",
    Template.DOMESTIC_SCHEME: "protect_adult", Template.CHILD_SCHEME: "protect_child",
}  # fmt: skip
CLOCKS: dict[str, str] = {Template.PAROLE_DOSSIER: "parole-dossier", Template.DBS_REFERRAL: "dbs-referral"}
# What a template usually takes of the record, by the codes of sharing.reports.items. Said beside the headings; nothing is chosen by it.
SUGGESTED: dict[str, tuple[str, ...]] = {
    Template.PAROLE_DOSSIER: ("risk", "mappa", "assessment", "plan", "plan-action", "licence", "condition", "visit", "travel"),
    Template.DBS_REFERRAL: ("name", "birth", "number", "occupation", "modus_operandi", "risk_factors", "assessment"),
    Template.CARERS_CHECK: ("name", "birth", "address", "risk", "modus_operandi", "people_at_risk", "condition", "order"),
}
Answers = Mapping[str, tuple[str, str]]  # code: verdict and words


def recipients_of(template: str) -> tuple[str, ...]:
    """Return to whom this template may go."""
    return RECIPIENTS.get(template, tuple(RecipientKind.values))


def questions_for(template: str, recipient_kind: str) -> list[Question]:
    """Return what is asked, in the order of the pages; until the recipient is known, what is asked of everybody."""
    return [
        question
        for question in QUESTIONS
        if (not question.templates or template in question.templates)
        and (recipient_kind in question.recipients if recipient_kind else question.recipients == EVERYBODY)
    ]


def on_page(page: int, template: str, recipient_kind: str) -> list[Question]:
    """Return what one page asks."""
    return [question for question in questions_for(template, recipient_kind) if question.page == page]


def page_of(field: str) -> int:
    """Return the page on which a field of the decision, or a question, stands."""
    if question := BY_CODE.get(field.removesuffix("_verdict")):
        return question.page
    return next((page for page, fields in FIELDS.items() if field in fields), 5)


def words_of(question: Question, answer: tuple[str, str]) -> str:
    """Return an answer as people read it: what was chosen, then what was said."""
    verdict, text = answer
    return ". ".join(part for part in (dict(question.offers).get(verdict, ""), text.strip()) if part)


def stage_words(question: Question, answers: Answers) -> str:
    """Return what the other answers say of a stage of the national decision model."""
    said = ((BY_CODE[code], answers.get(code, ("", ""))) for code in question.follows_from)
    return "\n".join(f"{asked.label.rstrip('?')}: {words}" for asked, answer in said if (words := words_of(asked, answer)))


def answer_words(question: Question, answers: Answers) -> str:
    """Return what stands as the answer: what was written, or for a stage what follows from other answers."""
    written = words_of(question, answers.get(question.code, ("", "")))
    return written or (stage_words(question, answers) if question.kind == Kind.STAGE else "")


def missing_answers(template: str, recipient_kind: str, answers: Answers) -> list[Missing]:
    """Return every answer that is missing, or half given, in the order of the pages."""
    return [
        missing
        for question in questions_for(template, recipient_kind)
        if question.is_needed and (missing := missing_of(question, answers.get(question.code, ("", ""))))
    ]


def missing_of(question: Question, answer: tuple[str, str]) -> Missing | None:
    """Return what is missing of one answer."""
    verdict, text = answer
    if question.offers and verdict not in dict(question.offers):
        return Missing(question.page, f"{question.code}_verdict", f"Answer “{question.label}”")
    if question.has_words and not text.strip():
        words = f"Say why it is not applicable: “{question.label}”" if verdict == NOT_APPLICABLE else f"Say more about “{question.label}”"
        return Missing(question.page, question.code, words if question.offers else f"Answer “{question.label}”")
    return None


def unmet_tests(answers: Answers) -> list[Question]:
    """Return the tests that are not met: with one of them nothing may be shared."""
    return [BY_CODE[code] for code in TESTS if answers.get(code, ("", ""))[0] != MET]


def uncovered(purpose: str, data_classes: Iterable[str], covered_purposes: Iterable[str], covered_classes: Iterable[str]) -> list[str]:
    """Return what of a decision an agreement does not cover: its purpose, then kinds of information."""
    outside = [purpose] if purpose and purpose not in set(covered_purposes) else []
    return outside + sorted(set(data_classes) - set(covered_classes))
