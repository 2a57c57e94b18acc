"""How an application under a disclosure scheme moves, and what each step needs: one engine for both schemes. Pure.

A step begins only when nothing stands in the way of it: `missing` names what does. Services ask it, pages show it, tests try it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from disclosure.choices.applications import Route, Scheme, Verdict
from ui.languages import StrOrPromise


class State(StrEnum):
    """Where an application stands."""

    FIRST_CONTACT = "first_contact"
    INTERVIEW = "interview"
    FULL_CHECKS = "full_checks"
    DECISION = "decision"
    DECIDED = "decided"
    SAFEGUARDING = "safeguarding"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


STEPS = (State.FIRST_CONTACT, State.INTERVIEW, State.FULL_CHECKS, State.DECISION, State.DECIDED, State.CLOSED)
ENDED = frozenset({State.WITHDRAWN, State.CLOSED})
RUNNING = frozenset(STEPS) - {State.CLOSED}
MOVES: frozenset[tuple[State, State]] = frozenset(
    {
        (State.FIRST_CONTACT, State.INTERVIEW),
        (State.FIRST_CONTACT, State.FULL_CHECKS),  # right to know: nobody applied who could be met
        (State.INTERVIEW, State.FULL_CHECKS),
        (State.FULL_CHECKS, State.DECISION),
        (State.DECISION, State.DECIDED),
        (State.DECISION, State.FULL_CHECKS),  # returned: more must be found out
        (State.DECIDED, State.DECISION),  # decided anew, before anybody was told
        (State.DECIDED, State.CLOSED),
        *((state, State.SAFEGUARDING) for state in RUNNING),
        *((State.SAFEGUARDING, state) for state in RUNNING),  # back to where it stood
        *((state, State.WITHDRAWN) for state in RUNNING | {State.SAFEGUARDING}),
    }
)

# The clock of each step (a rule of the actions engine), by scheme; all run from first contact.
CLOCKS: dict[Scheme, dict[State, str]] = {
    Scheme.DOMESTIC: {
        State.FIRST_CONTACT: "domestic-first-checks",
        State.INTERVIEW: "domestic-interview",
        State.DECIDED: "domestic-whole",
    },
    Scheme.CHILD: {
        State.FIRST_CONTACT: "child-first-checks",
        State.INTERVIEW: "child-interview",
        State.DECIDED: "child-whole",
    },
}
# Systems that must be searched before a decision; others are added case by case.
FIRST_SYSTEMS = ("pnc", "local")
FULL_SYSTEMS = ("pnc", "pnd", "visor", "local", "intelligence")
SYSTEMS: dict[str, StrOrPromise] = {
    "pnc": _("Police National Computer"),
    "pnd": _("Police National Database"),
    "visor": _("Register of violent and sexual offenders"),
    "local": _("The force's own records"),
    "intelligence": _("The force's intelligence"),
    "childrens_services": _("Children's services"),
    "adult_services": _("Adult services"),
    "probation": _("Probation"),
    "health": _("Health"),
    "education": _("Education"),
    "other_force": _("Another force"),
    "abroad": _("Records abroad"),
}


@dataclass(frozen=True)
class Facts:
    """What is known of an application, as far as a step may rest on it."""

    scheme: Scheme = Scheme.DOMESTIC
    route: Route = Route.ASK
    names_subject: bool = False
    names_at_risk: bool = False  # who may be at risk: a person, or for the child scheme a child
    is_about_applicant: bool = False  # the applicant asks about themselves
    has_open_twin: bool = False  # the same application stands under another reference
    has_officer: bool = False
    safe_contact_answered: bool = False  # each way of contact has been asked about
    danger_asked: bool = False
    danger_open: bool = False  # safeguarding has begun and has not ended
    first_systems: frozenset[str] = frozenset()  # searched at first
    full_systems: frozenset[str] = frozenset()
    interviewed: bool = False
    identity_proved: bool = False
    record_settled: bool = False  # linked to the record of the person asked about, or said that there is none
    forum_settled: bool = False  # the forum met, or why it could not
    representations_settled: bool = False  # asked for and considered, or why not
    verdict: Verdict | None = None  # decided by somebody else than whoever proposed it, and standing
    has_record: bool = False
    sharing_approved: bool = False  # about a person on record: whoever holds the authority approved the decision to tell somebody
    sharing_released: bool = False
    has_protector: bool = False  # who is told is settled
    identity_of_told_proved: bool = False  # of whoever is told
    has_script: bool = False
    undertaking_asked: bool = False
    has_safety_plan: bool = False
    told: bool = False
    answered_neutrally: bool = False


Need = tuple[StrOrPromise, Callable[[Facts], bool]]


def is_answered(facts: Facts) -> bool:
    """Whether what was decided has been done: told, or answered in neutral words. Under the right to know nobody waits for an answer."""
    if facts.verdict == Verdict.DISCLOSE:
        return facts.told
    return facts.answered_neutrally or facts.route == Route.KNOW


PARTIES: Need = (_("Name the person asked about."), lambda facts: facts.names_subject)
AT_RISK: Need = (_("Say who may be at risk."), lambda facts: facts.names_at_risk)
NOT_SELF: Need = (
    _("The applicant asks about themselves. That is a subject access request: take it there."),
    lambda facts: not facts.is_about_applicant,
)
NO_TWIN: Need = (
    _("It may have come by two doors: the supervisor of the unit says whether it is the same application or another."),
    lambda facts: not facts.has_open_twin,
)
SAFE_CONTACT: Need = (
    _("Ask how it is safe to reach them: answer each way of contact."),
    lambda facts: facts.safe_contact_answered,
)
DANGER: Need = (_("Answer whether anybody is in immediate danger."), lambda facts: facts.danger_asked)
NO_DANGER: Need = (_("Somebody is in danger: protect first, and end the safeguarding."), lambda facts: not facts.danger_open)
OFFICER: Need = (_("Somebody must deal with it: allocate it."), lambda facts: facts.has_officer)
FIRST_CHECKS: Need = (_("Finish the first checks."), lambda facts: set(FIRST_SYSTEMS) <= facts.first_systems)
MET: Need = (_("Meet the applicant face to face."), lambda facts: facts.interviewed or facts.route == Route.KNOW)
IDENTITY: Need = (_("Prove who the applicant is."), lambda facts: facts.identity_proved or facts.route == Route.KNOW)
FULL: Need = (_("Finish the full checks, each with its result."), lambda facts: set(FULL_SYSTEMS) <= facts.full_systems)
RECORD: Need = (_("Say whether the person asked about has a record here."), lambda facts: facts.record_settled)
FORUM: Need = (_("Record what the agencies said together, or why they could not."), lambda facts: facts.forum_settled)
REPRESENTATIONS: Need = (
    _("Ask the person asked about for representations, or say why not."),
    lambda facts: facts.representations_settled or facts.verdict != Verdict.DISCLOSE,
)
DECIDED: Need = (_("Have it decided by somebody else than whoever proposed it."), lambda facts: facts.verdict is not None)
TO_DISCLOSE: Need = (_("It was not decided to disclose."), lambda facts: facts.verdict == Verdict.DISCLOSE)
AUTHORITY: Need = (
    _("The person is on record: whoever holds the authority must approve the decision to tell somebody, and it must have been sent."),
    lambda facts: not facts.has_record or (facts.sharing_approved and facts.sharing_released),
)
PROTECTOR: Need = (_("Settle who is best placed to protect."), lambda facts: facts.has_protector)
PROTECTOR_KNOWN: Need = (_("Prove who is told."), lambda facts: facts.identity_of_told_proved)
SCRIPT: Need = (_("Write what will be said, word by word."), lambda facts: facts.has_script)
UNDERTAKING: Need = (_("Ask for the undertaking to keep it confidential."), lambda facts: facts.undertaking_asked)
PLAN: Need = (_("Make a safety plan."), lambda facts: facts.has_safety_plan)
ANSWERED: Need = (_("Tell them, or send the neutral answer."), is_answered)

BEGUN = (PARTIES, AT_RISK, NOT_SELF, NO_TWIN, SAFE_CONTACT, DANGER, NO_DANGER, OFFICER, FIRST_CHECKS)
CHECKED = (*BEGUN, MET, IDENTITY)
READY = (*CHECKED, FULL, RECORD, FORUM)
# What must hold before an application may stand there. Each later step needs all that the earlier ones needed.
NEEDS: dict[State, tuple[Need, ...]] = {
    State.INTERVIEW: BEGUN,
    State.FULL_CHECKS: CHECKED,
    State.DECISION: READY,
    State.DECIDED: (*READY, DECIDED, REPRESENTATIONS),
    State.CLOSED: (*READY, DECIDED, REPRESENTATIONS, ANSWERED),
}
# What must hold before anybody is told: at the door, not before.
DISCLOSURE: tuple[Need, ...] = (
    *NEEDS[State.DECIDED], TO_DISCLOSE, AUTHORITY, PROTECTOR, PROTECTOR_KNOWN, SCRIPT, UNDERTAKING, PLAN,
)  # fmt: skip


def lacking(needs: tuple[Need, ...], facts: Facts) -> list[str]:
    """Return what stands in the way, in words that say what to do."""
    return [str(words) for words, is_met in needs if not is_met(facts)]


def missing(state: State, facts: Facts) -> list[str]:
    """Return what stands between an application and a state; empty when it may stand there."""
    return lacking(NEEDS.get(state, ()), facts)


def missing_to_disclose(facts: Facts) -> list[str]:
    """Return what stands between an application and telling somebody."""
    return lacking(DISCLOSURE, facts)


def may_move(before: State, after: State) -> bool:
    """Say whether an application may go from one state to the other."""
    return (before, after) in MOVES


def next_of(state: State, route: Route) -> State | None:
    """Return the step that follows; under the right to know nobody is interviewed."""
    if state not in STEPS or state == State.CLOSED:
        return None
    following = STEPS[STEPS.index(state) + 1]
    return State.FULL_CHECKS if following == State.INTERVIEW and route == Route.KNOW else following


def has_reached(state: State, step: State) -> bool:
    """Return whether an application has come as far as a step; what has ended or is stopped stands at none."""
    return state in STEPS and STEPS.index(state) >= STEPS.index(step)


@dataclass(frozen=True)
class Presumption:
    """Whether it is presumed that the child scheme discloses, with its two tests."""

    has_convictions: bool  # for sexual offences against children
    is_serious: bool  # a risk of serious harm

    @property
    def holds(self) -> bool:
        """Both tests are met."""
        return self.has_convictions and self.is_serious
