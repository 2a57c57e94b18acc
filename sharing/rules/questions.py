"""What a decision asks, in our own words: page by page, for which templates and recipients, and what is missing. Pure.

To share and not to share ask the same. What a question is answered with stands in `sharing.models.Answer` under its code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.choices import OrganisationKind
from accounts.errors import DomainError
from sharing.choices.decisions import SCHEMES, RecipientKind, Template
from ui.languages import KEPT_IN, StrOrPromise


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    YES_NO = "yes_no"  # yes, no or not applicable, each with words
    TEST = "test"  # met or not met, with words
    CHOICE = "choice"  # one of what the question offers, without words
    FACT = "fact"  # filled in by the system, and may be put right
    STAGE = "stage"  # of the national decision model: follows from other answers, and may be put better


NOT_APPLICABLE, MET = "not_applicable", "met"
YES_NO = (("yes", _("Yes")), ("no", _("No")), (NOT_APPLICABLE, _("Not applicable")))
TEST = ((MET, _("Met")), ("not_met", _("Not met")))
CHANCE = (("unlikely", _("Unlikely")), ("likely", _("Likely")))
EFFECT = (("none", _("None")), ("some", _("Some")), ("serious", _("Serious")))
EVERYBODY = frozenset(RecipientKind.values)
OUTSIDE_SCHEMES = frozenset(Template.values) - SCHEMES


@dataclass(frozen=True)
class Question:
    """One thing that a decision asks; without templates it is asked for each of them."""

    code: str
    page: int
    label: StrOrPromise
    hint: StrOrPromise = ""
    kind: Kind = Kind.TEXT
    options: tuple[tuple[str, StrOrPromise], ...] = ()
    templates: frozenset[str] = frozenset()
    recipients: frozenset[str] = EVERYBODY
    follows_from: tuple[str, ...] = ()

    @property
    def offers(self) -> tuple[tuple[str, StrOrPromise], ...]:
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
    refusal: DomainError

    @property
    def words(self) -> str:
        """What to do about it."""
        return str(self.refusal)


def for_template(template: Template, page: int, *asked: tuple[str, StrOrPromise, StrOrPromise]) -> tuple[Question, ...]:
    """Return the further questions of a template."""
    return tuple(Question(code, page, label, hint, templates=frozenset({template.value})) for code, label, hint in asked)


def stage(code: str, label: StrOrPromise, *follows_from: str) -> Question:
    """Return a stage of the national decision model, which the answers to other questions fill."""
    return Question(code, 5, label, kind=Kind.STAGE, follows_from=follows_from)


PAGES = {
    1: _("What, and to whom"),
    2: _("Why, and under which power"),
    3: _("Need and proportion"),
    4: _("What harm it could do"),
    5: _("The person, and the decision"),
}
Q = Question
QUESTIONS: tuple[Question, ...] = (
    Q("fact_mappa", 1, _("MAPPA category and level"), kind=Kind.FACT),
    Q("fact_risk", 1, _("Level of risk"), kind=Kind.FACT),
    Q("fact_at_risk", 1, _("Who is at risk"), _("As a class of people. Name nobody."), Kind.FACT),
    Q("fact_manager", 1, _("Offender manager"), kind=Kind.FACT),
    Q("recipient_at_risk", 1, _("Is the recipient a victim, or somebody at risk?"),
      _("If so, who it is stands in a confidential section, and here only a class of person."),
      Kind.YES_NO, templates=OUTSIDE_SCHEMES, recipients=frozenset({RecipientKind.PERSON.value})),
    Q("exactly_what", 1, _("What exactly should go, and to whom?"), _("Be as narrow as the purpose allows.")),
    Q("has_already", 1, _("What does the recipient know already?"), _("What was sent before is filled in; it need not go again.")),
    Q("right_person", 1, _("Is it confirmed that this is the right person or body?"), _("Say how, and who confirmed it."), Kind.YES_NO),
    Q("why", 2, _("Why should it be shared?")),
    Q("agreement_covers", 2, _("Is an agreement in place that covers this?"), _("The register of agreements fills this in."), Kind.YES_NO),
    Q("legal_basis", 2, _("What is the legal basis in this case?"), _("Say how the powers above apply to it.")),
    Q("lawful", 2, _("Test 1: it is lawful"), kind=Kind.TEST),
    Q("lowers_risk", 3, _("How would it lower the risk to the public?"), _("Think of the right to life, and not to be treated inhumanly.")),
    Q("less_intrusive", 3, _("Would something less intrusive lower the risk as well?"), _("Say what was considered."), Kind.YES_NO),
    Q("necessary", 3, _("Test 2: it is necessary"), kind=Kind.TEST),
    Q("proportionate", 3, _("Test 3: it is proportionate"), kind=Kind.TEST),
    *for_template(Template.CARERS_CHECK, 3,
        ("carers_care", _("What care is the person considered for, and for how long?"),
         _("Children as a class: ages and number, no names.")),
        ("carers_home", _("Who else would be in the home?"), _("As classes of people."))),
    *for_template(Template.PAROLE_DOSSIER, 3,
        ("parole_hearing", _("When is the hearing, and by when must the dossier be there?"), ""),
        ("parole_release", _("What bears on release?"), _("Behaviour, compliance, risk and what would manage it.")),
        ("parole_plan", _("What is the plan after release?"),
         _("Where the person would live, who visits, which conditions are asked for.")),
        ("parole_victims", _("How are matters of victims kept apart?"), _("Say where they stand, not what they are.")),
        ("parole_contingency", _("What happens if the plan fails?"), "")),
    *for_template(Template.DBS_REFERRAL, 3,
        ("dbs_why", _("Why should the person be considered for a barred list?"), _("Children, adults at risk, or both.")),
        ("dbs_work", _("Which regulated activity is it, and for which employer?"), ""),
        ("dbs_harm", _("How is the harm test met?"), _("What the person did, or may do, that harms or puts at risk.")),
        ("dbs_evidence", _("What is the evidence?"), _("Say which records and documents; attach nothing here."))),
    Q("scheme_person", 3, _("Why is whoever would be told best placed to protect?"),
      _("In general words. Name nobody, and say nothing of who asked."), templates=SCHEMES),
    *for_template(Template.CHILD_SCHEME, 3,
        ("scheme_presumed", _("Is it presumed that this is told?"),
         _("Convictions for sexual offences against children, and serious harm."))),
    Q("violence", 4, _("Could it lead to violence against anybody, or to disorder?"), kind=Kind.YES_NO),
    Q("predicts_disorder", 4, _("How likely is violence or disorder?"), _("You are asked later what came of it."), Kind.CHOICE, CHANCE),
    Q("underground", 4, _("Could the person go underground?"), kind=Kind.YES_NO),
    Q("predicts_underground", 4, _("How likely is that?"), "", Kind.CHOICE, CHANCE),
    Q("victims", 4, _("What would it do to victims?"), _("General words only.")),
    Q("predicts_victim", 4, _("How much harm to victims do you expect?"), "", Kind.CHOICE, EFFECT),
    Q("family", 4, _("What would it do to the person's family?")),
    Q("predicts_family", 4, _("How much harm to the family do you expect?"), "", Kind.CHOICE, EFFECT),
    Q("normal_life", 4, _("What would it do to the person's chance of a normal life?")),
    Q("predicts_harm", 4, _("How likely is it that this prevents harm?"), "", Kind.CHOICE, CHANCE),
    Q("consulted", 5, _("Was the person asked for their view?"), _("Say what they said, or why they were not asked."), Kind.YES_NO),
    Q("originators", 5, _("Have those who gave the material agreed that it goes on?"),
      _("For medical records and other material under somebody else's control."), Kind.YES_NO),
    Q("advice_taken", 5, _("What advice was taken?"), _("Or say why none was needed. Advice itself is recorded beside these pages.")),
    Q("secure", 5, _("Test 4: it stays secure"), _("How it travels, and how it is kept."), Kind.TEST),
    Q("accountable", 5, _("Test 5: it can be accounted for"), _("Who answers for it, and where it is recorded."), Kind.TEST),
    stage("ndm_information", _("National decision model: information"), "fact_mappa", "fact_risk", "exactly_what", "has_already"),
    stage("ndm_threat", _("National decision model: threat and risk"), "lowers_risk", "violence", "underground", "victims", "family"),
    stage("ndm_powers", _("National decision model: powers and policy"), "legal_basis", "agreement_covers", "lawful"),
    stage("ndm_options", _("National decision model: options"), "less_intrusive", "necessary", "proportionate"),
    stage("ndm_action", _("National decision model: action and review"), "why", "normal_life", "predicts_harm"),
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
    return ". ".join(part for part in (str(dict(question.offers).get(verdict, "")), text.strip()) if part)


def stage_words(question: Question, answers: Answers) -> str:
    """Return what the other answers say of a stage of the national decision model; in English, since it can become an answer."""
    said = ((BY_CODE[code], answers.get(code, ("", ""))) for code in question.follows_from)
    with override(KEPT_IN):
        return "\n".join(f"{str(asked.label).rstrip('?')}: {words}" for asked, answer in said if (words := words_of(asked, answer)))


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
        return Missing(question.page, f"{question.code}_verdict", DomainError("Answer “{question}”", question=question.label))
    if not question.has_words or text.strip():
        return None
    refusal = DomainError("Answer “{question}”", question=question.label)
    if question.offers and verdict == NOT_APPLICABLE:
        refusal = DomainError("Say why it is not applicable: “{question}”", question=question.label)
    elif question.offers:
        refusal = DomainError("Say more about “{question}”", question=question.label)
    return Missing(question.page, question.code, refusal)


def unmet_tests(answers: Answers) -> list[Question]:
    """Return the tests that are not met: with one of them nothing may be shared."""
    return [BY_CODE[code] for code in TESTS if answers.get(code, ("", ""))[0] != MET]


def uncovered(purpose: str, data_classes: Iterable[str], covered_purposes: Iterable[str], covered_classes: Iterable[str]) -> list[str]:
    """Return what of a decision an agreement does not cover: its purpose, then kinds of information."""
    outside = [purpose] if purpose and purpose not in set(covered_purposes) else []
    return outside + sorted(set(data_classes) - set(covered_classes))
