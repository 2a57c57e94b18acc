"""Decisions as pages need them: their answers, what is missing, lists without a query for each row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop

from accounts.errors import DomainError
from accounts.models import User
from actions.models import Action
from actions.reports import Work
from sharing.choices.decisions import AdviceKind, Channel, Choice, RecipientKind, Template
from sharing.models import Advice, Approval, EnquiryRecord, Power, ProactiveRelease, SharingDecision
from sharing.reports.authority import decisions_for, lacks_press_office, who_decides
from sharing.reports.facts import outside
from sharing.reports.originators import held_back
from sharing.rules.decisions import DECIDE
from sharing.rules.passages import is_anything_left, is_undecided, needs_second_person
from sharing.rules.questions import (
    PAGES,
    Answers,
    Kind,
    Missing,
    Question,
    answer_words,
    missing_answers,
    on_page,
    page_of,
    unmet_tests,
)
from ui.templatetags.ui import joined_words

BESIDE = 0  # beside the pages: items and advice have pages of their own
MOST = 200  # far above what can wait for one person
NOT_IN_FORCE = {
    "not begun": gettext_noop("This agreement is not begun. Choose another, or say below why it is lawful without one"),
    "suspended": gettext_noop("This agreement is suspended. Choose another, or say below why it is lawful without one"),
    "ended": gettext_noop("This agreement is ended. Choose another, or say below why it is lawful without one"),
}


def answers_of(decision: SharingDecision) -> dict[str, tuple[str, str]]:
    """Return every answer by its code: what was chosen, and the words."""
    return {code: (verdict, text) for code, verdict, text in decision.answers.values_list("code", "verdict", "text")}


@dataclass(frozen=True)
class Said:
    """One question with what stands as its answer."""

    question: Question
    words: str


def said_on(decision: SharingDecision, answers: Answers) -> list[tuple[int, str, list[Said]]]:
    """Return everything that is asked with its answer, page by page; the facts stand beside them."""
    return [
        (page, title, [said for said in said_of(page, decision, answers) if said.question.kind != Kind.FACT])
        for page, title in PAGES.items()
    ]


def said_of(page: int, decision: SharingDecision, answers: Answers) -> list[Said]:
    """Return what one page asks, with what stands as each answer."""
    return [Said(each, answer_words(each, answers)) for each in on_page(page, decision.template, decision.recipient_kind)]


def facts_used(decision: SharingDecision, answers: Answers) -> list[Said]:
    """Return the facts that the decision goes by, for the panel beside its pages."""
    return [said for said in said_of(1, decision, answers) if said.question.kind == Kind.FACT]


def is_at_risk(answers: Answers) -> bool:
    """Whether the recipient is a victim or somebody at risk, so that it must not be said here who it is."""
    return answers.get("recipient_at_risk", ("", ""))[0] == "yes"


def missing_in(user: User, decision: SharingDecision) -> list[Missing]:
    """Return everything that is missing before the decision can be sent, in the order of the pages."""
    answers = answers_of(decision)
    found = [*missing_recipient(decision, answers), *missing_basis(decision), *missing_choice(decision)]
    found += missing_answers(decision.template, decision.recipient_kind, answers)
    if decision.choice in {Choice.SHARE, Choice.PART}:
        found += missing_to_share(decision)
        found += [missing_test(each) for each in unmet(answers)]
        found += [*missing_items(user, decision), *missing_plan(decision)]
    found += missing_advice(decision)
    return sorted(found, key=lambda missing: missing.page or max(PAGES) + 1)


def unmet(answers: Answers) -> list[Question]:
    """Return the tests that were answered and are not met."""
    return [question for question in unmet_tests(answers) if answers.get(question.code, ("", ""))[0]]


def missing_test(test: Question) -> Missing:
    """Return a test that was answered and is not met."""
    return Missing(test.page, f"{test.code}_verdict", DomainError("“{test}”: to share, it must be met", test=test.label))


def ask(field: str, refusal: DomainError) -> Missing:
    """Return a field that is missing, on its page."""
    return Missing(page_of(field), field, refusal)


def missing_recipient(decision: SharingDecision, answers: Answers) -> Iterable[Missing]:
    """To whom it would go; somebody at risk stands apart."""
    if not decision.recipient_kind:
        yield ask("recipient_kind", DomainError("Choose to whom it would go"))
    elif decision.recipient_kind == RecipientKind.AGENCY:
        if decision.agency_id is None:
            yield ask("agency", DomainError("Choose the agency"))
        elif not decision.agency.is_active:  # type: ignore[union-attr]
            yield ask("agency", DomainError("This agency is closed. Choose another"))
    elif not decision.recipient.strip():
        yield ask("recipient", DomainError("Say to whom, as a post, a body or a class of person"))
    if is_at_risk(answers) and decision.recipient_section_id is None:
        yield Missing(1, "recipient_section", DomainError("Name the recipient in a confidential section"))


def missing_basis(decision: SharingDecision) -> Iterable[Missing]:
    """What it is for and under which power; outside an agreement a basis of its own."""
    if not decision.purpose:
        yield ask("purpose", DomainError("Choose what it is for"))
    if not decision.powers:
        yield ask("powers", DomainError("Choose under which power"))
    if decision.choice in {"", Choice.DO_NOT} or decision.own_basis.strip():
        return
    agreement = decision.agreement
    if agreement is None:
        yield ask("own_basis", DomainError("Without an agreement, say why it is lawful"))
    elif agreement.state != "in force":
        yield ask("agreement", DomainError(NOT_IN_FORCE[agreement.state]))
    elif beyond := outside(agreement, decision.purpose, decision.items.values_list("data_class", flat=True)):
        kinds = joined_words(beyond, ", ")
        yield ask("own_basis", DomainError("The agreement does not cover: {kinds}. Say why it is lawful all the same", kinds=kinds))


def missing_choice(decision: SharingDecision) -> Iterable[Missing]:
    """What is decided, and why; a decision not to share is looked at again."""
    if not decision.choice:
        yield ask("choice", DomainError("Choose: share, share part, or do not share"))
    if not decision.reasons.strip():
        yield ask("reasons", DomainError("Give the reasons"))
    if decision.choice == Choice.DO_NOT and (decision.review_on is None or decision.review_on <= localdate()):
        yield ask("review_on", DomainError("Enter a day in the future on which this is looked at again"))


def missing_to_share(decision: SharingDecision) -> Iterable[Missing]:
    """How it goes, and what the recipient must and must not do with it."""
    wanted = {
        "handling": DomainError("Say how the recipient must keep it"),
        "must_not": DomainError("Say what the recipient must not do with it"),
        "expected_action": DomainError("Say what the recipient is expected to do"),
        "channel": DomainError("Choose how it is given"),
    }
    yield from (ask(field, refusal) for field, refusal in wanted.items() if not getattr(decision, field).strip())
    if decision.channel == Channel.ONLINE:
        if decision.agency_id is None or decision.agreement_id is None or decision.agreement.state != "in force":  # type: ignore[union-attr]
            yield ask("channel", DomainError("Only an agency with an agreement in force reads it through Vigil. Choose another way"))
        if decision.expires_on is None:
            yield ask("expires_on", DomainError("Enter the last day on which the recipient may see it"))
    if decision.expires_on and decision.expires_on < localdate():
        yield ask("expires_on", DomainError("The last day must be today or later"))


def missing_items(user: User, decision: SharingDecision) -> Iterable[Missing]:
    """What exactly goes, each passage decided; what is about victims or informants looked at by a second person; originators asked."""
    items = list(decision.items.all())
    if not items:
        yield Missing(BESIDE, "items", DomainError("Choose what is shared, item by item"))
    for item in items:
        if is_undecided(item.passages):
            yield Missing(BESIDE, "items", DomainError("Item {number}: decide on each passage", number=item.position))
        if item.checked_by_id is None and needs_second_person(item.data_class, item.passages, item.concerns_others):
            yield Missing(BESIDE, "items", DomainError("Item {number}: a second person must check it", number=item.position))
    if items and not is_anything_left(items):
        refusal = DomainError("Nothing would go: every passage was removed or left out. Keep something, or decide not to share")
        yield Missing(BESIDE, "items", refusal)
    yield from (Missing(BESIDE, "items", refusal) for refusal in held_back(user, decision))


def missing_plan(decision: SharingDecision) -> Iterable[Missing]:
    """On the force's own initiative, with no enquiry about the person, how it goes out is planned with the press office."""
    is_asked = EnquiryRecord.objects.filter(nominal=decision.nominal_id).exists()
    if decision.template == Template.MEDIA and not is_asked and plan_of(decision) is None:
        yield Missing(BESIDE, "proactive", DomainError("No enquiry is about this person: plan how it goes out, with a press officer"))


def plan_of(decision: SharingDecision) -> ProactiveRelease | None:
    """Return how a release on the force's own initiative goes out, where that was planned."""
    return ProactiveRelease.objects.filter(decision=decision).select_related("press_officer").first()


def missing_advice(decision: SharingDecision) -> Iterable[Missing]:
    """Advice that was asked for has come, and it is said whether it was followed."""
    for advice in decision.advice.all():
        kind = AdviceKind(advice.kind).label
        if not advice.text:
            waits = DomainError("{kind}: the advice has not come. Wait for it, or take the question back", kind=kind)
            yield Missing(BESIDE, "advice", waits)
        elif advice.is_followed is None:
            yield Missing(BESIDE, "advice", DomainError("{kind}: say whether the advice was followed", kind=kind))
    who = who_decides(decision)
    if who and lacks_press_office(decision, who):
        yield Missing(BESIDE, "advice", DomainError("Ask the press office, and record its advice"))
    if who and who.nobody:
        yield Missing(BESIDE, "authority", who.nobody)


def table_of(rows: QuerySet[SharingDecision]) -> QuerySet[SharingDecision]:
    """Fetch what a table of decisions shows of each."""
    counted = rows.annotate(
        sent=Count("releases", distinct=True),
        acknowledged=Count("releases", filter=Q(releases__acknowledged_at__isnull=False), distinct=True),
    )
    return counted.select_related("nominal", "agency", "agreement", "authority_rule", "submitted_by", "drafted_by").order_by("-pk")


def approvals_of(decision: SharingDecision) -> QuerySet[Approval]:
    """Return every verdict, lapsed ones too, newest first."""
    return decision.approvals.select_related("by", "author", "delegation__delegator", "minutes__item__meeting").order_by("-pk")


def advice_of(decision: SharingDecision) -> QuerySet[Advice]:
    """Return the advice that was sought, in its order."""
    return decision.advice.select_related("adviser", "asked_by").order_by("pk")


def whole(rows: QuerySet[SharingDecision]) -> QuerySet[SharingDecision]:
    """Fetch what every page of one decision shows."""
    people = ("nominal__force", "nominal__unit", "nominal__offender_manager", "agency", "agreement", "authority_rule")
    return rows.select_related(*people, "drafted_by", "edited_by", "submitted_by")


def waiting_for(user: User) -> list[SharingDecision]:
    """Return what waits for this user's verdict, oldest first; what they wrote themselves is marked `is_own`."""
    answered = Prefetch("answers")
    rows = list(table_of(decisions_for(user)).prefetch_related(answered, "items").order_by("submitted_at")[:MOST])
    for row in rows:
        named = {row.drafted_by_id, row.edited_by_id, row.submitted_by_id, *(each.answered_by_id for each in row.answers.all())}
        row.is_own = user.pk in named | {each.chosen_by_id for each in row.items.all()}
    return rows


def work_of(user: User, now: datetime) -> list[Work]:
    """Say for pages of counters how many decisions wait for this user's verdict, and how many of them are late."""
    keys = [row.pk for row in waiting_for(user) if not row.is_own]
    late = Action.objects.waiting().filter(kind=DECIDE, subject_type="sharing.sharingdecision", subject_id__in=keys, late_from__lte=now)
    return [Work(gettext("Sharing to decide"), len(keys), late.count() if keys else 0, reverse("sharing:approval-list"))] if keys else []


def lines_of(decision: SharingDecision) -> list[tuple[str, Any]]:
    """Return what of the decision itself people read: keys and words."""
    powers = dict(Power.objects.filter(code__in=decision.powers).order_by("period").values_list("code", "name")).values()
    return [
        (gettext("To whom"), decision.to_whom),
        (gettext("What it is for"), decision.get_purpose_display()),
        (gettext("Agreement"), decision.agreement.title if decision.agreement else gettext("None")),
        (gettext("Powers"), ", ".join(powers)),
        (gettext("Basis outside an agreement"), decision.own_basis),
        (gettext("Decision"), decision.get_choice_display()),
        (gettext("Reasons"), decision.reasons),
        (gettext("How it is given"), decision.get_channel_display()),
        (gettext("How the recipient must keep it"), decision.handling),
        (gettext("What the recipient must not do"), decision.must_not),
        (gettext("What the recipient is expected to do"), decision.expected_action),
    ]
