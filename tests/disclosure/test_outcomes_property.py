"""No order of steps reaches a telling, an answer or the end without what it needs: tried on the rules alone, and on the services."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from django.utils.timezone import localdate, now
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from accounts.access import row_security
from accounts.errors import DomainError, NotPermitted
from disclosure.choices.applications import Route, Scheme, Verdict
from disclosure.models import NeutralAnswer, Party, Representations, SchemeDecision, SchemeDisclosure
from disclosure.rules.applications import (
    ENDED,
    FIRST_SYSTEMS,
    FULL_SYSTEMS,
    MOVES,
    STEPS,
    Facts,
    State,
    may_move,
    missing,
    missing_to_disclose,
    next_of,
)
from disclosure.services.outcomes import decide, decide_anew, propose, record_representations
from disclosure.services.outcomes_answer import answer_neutrally, close_application
from disclosure.services.outcomes_telling import ask_undertaking, record_telling, settle_protector, write_words
from tests.disclosure.making_outcomes import REASONS, TOLD, WORDS, do, fresh, lead_of, make_ready

YES = ("names_subject", "names_at_risk", "has_officer", "safe_contact_answered", "danger_asked", "interviewed", "identity_proved",
       "record_settled", "forum_settled", "representations_settled", "sharing_approved", "sharing_released", "has_protector",
       "identity_of_told_proved", "has_script", "undertaking_asked", "has_safety_plan")  # fmt: skip
NO = ("is_about_applicant", "has_open_twin", "danger_open")
CHANGES = (
    *((name, value) for name in (*YES, *NO, "has_record") for value in (True, False)),
    *(("verdict", verdict) for verdict in (*Verdict, None)),
    ("first_systems", frozenset(FIRST_SYSTEMS)), ("first_systems", frozenset()),
    ("full_systems", frozenset(FULL_SYSTEMS)), ("full_systems", frozenset(FULL_SYSTEMS[1:])),
)  # fmt: skip
BEGUN_AT = (State.DECIDED, State.DECIDED, State.DECIDED, *STEPS[:-1])
UNDONE = (
    {}, *({name: False} for name in YES if not name.startswith("sharing")), *({name: True} for name in NO), {"verdict": None},
    {"verdict": Verdict.WITHHOLD}, {"has_record": True, "sharing_approved": False}, {"has_record": True, "sharing_released": False},
    {"first_systems": frozenset()}, {"full_systems": frozenset(FULL_SYSTEMS[1:])},
)  # fmt: skip


def is_guarded(facts: Facts) -> bool:
    """Whether somebody may be told, written out a second time, without the engine."""
    met = facts.route == Route.KNOW or (facts.interviewed and facts.identity_proved)
    authority = not facts.has_record or (facts.sharing_approved and facts.sharing_released)
    rest = {*YES} - {"interviewed", "identity_proved", "sharing_approved", "sharing_released"}
    whole = all(getattr(facts, name) for name in rest) and not any(getattr(facts, name) for name in NO)
    checked = set(FIRST_SYSTEMS) <= facts.first_systems and set(FULL_SYSTEMS) <= facts.full_systems
    return met and authority and whole and checked and facts.verdict == Verdict.DISCLOSE


class Rules(RuleBasedStateMachine):
    """An application of facts alone, which change in any order; what is told or answered goes by the rules."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.facts = State.FIRST_CONTACT, Facts(record_settled=True)
        self.wrong: list[str] = []

    def is_fixed(self) -> bool:
        """Whether it has ended."""
        return self.state in ENDED

    @initialize(
        scheme=st.sampled_from(Scheme), route=st.sampled_from(Route), state=st.sampled_from(BEGUN_AT), undone=st.sampled_from(UNDONE)
    )
    def begin(self, scheme, route, state, undone):
        """Begin somewhere with everything done but for one thing, so that it tells."""
        whole = dict.fromkeys(YES, True) | {"first_systems": frozenset(FIRST_SYSTEMS), "full_systems": frozenset(FULL_SYSTEMS)}
        self.state, self.facts = state, Facts(**whole | {"scheme": scheme, "route": route, "verdict": Verdict.DISCLOSE} | undone)

    @rule(change=st.sampled_from(CHANGES))
    def change(self, change):
        """Anything may change at any time, until somebody was told."""
        if not self.facts.told:
            self.facts = replace(self.facts, **dict([change]))

    @precondition(lambda self: not self.is_fixed())
    @rule()
    def go_on(self):
        """Try the step that follows."""
        if after := next_of(self.state, self.facts.route):
            self.move(after)

    @precondition(lambda self: not self.is_fixed())
    @rule(after=st.sampled_from(State))
    def move(self, after):
        """Try to move on."""
        if not may_move(self.state, after) or missing(after, self.facts):
            return
        if (self.state, after) not in MOVES:
            self.wrong.append(f"{self.state} to {after}")
        if after == State.DECIDED and self.facts.verdict is None:
            self.wrong.append("decided by nobody")
        if after == State.CLOSED and not (self.facts.told or self.facts.answered_neutrally or self.facts.route == Route.KNOW):
            self.wrong.append("closed without an answer")
        if after == State.CLOSED and self.facts.verdict == Verdict.DISCLOSE and not self.facts.told:
            self.wrong.append("closed with neutral words, though it was decided to disclose")
        if after == State.DECISION and self.state == State.DECIDED:
            self.facts = replace(self.facts, verdict=None)
        self.state = after

    @precondition(lambda self: self.state == State.DECIDED)
    @rule()
    def tell(self):
        """Try to tell somebody."""
        if not missing_to_disclose(self.facts):
            if not is_guarded(self.facts):
                self.wrong.append(f"told with {self.facts}")
            self.facts = replace(self.facts, told=True)

    @precondition(lambda self: self.state == State.DECIDED)
    @rule()
    def answer(self):
        """Answer in neutral words."""
        if self.facts.verdict != Verdict.DISCLOSE:
            self.facts = replace(self.facts, answered_neutrally=True)

    @invariant()
    def nothing_is_wrong(self):
        """No step went past its guards."""
        assert self.wrong == []


def test_no_order_of_steps_passes_the_rules():
    run_state_machine_as_test(Rules, settings=settings(max_examples=200, stateful_step_count=12, deadline=None))


@pytest.mark.parametrize("route", Route)
def test_the_engine_and_a_second_opinion_agree_on_each_thing_undone(route):
    whole = dict.fromkeys(YES, True) | {"first_systems": frozenset(FIRST_SYSTEMS), "full_systems": frozenset(FULL_SYSTEMS)}
    one_undone = [Facts(**whole | {"route": route, "verdict": Verdict.DISCLOSE} | undone) for undone in UNDONE]
    may_be_told = [missing_to_disclose(facts) == [] for facts in one_undone]

    assert may_be_told == [is_guarded(facts) for facts in one_undone]
    assert may_be_told.count(True) == (3 if route == Route.KNOW else 1)


@given(st.lists(st.sampled_from(CHANGES), max_size=6))
@settings(max_examples=300, deadline=None)
def test_the_engine_and_a_second_opinion_agree_on_several(changes):
    whole = dict.fromkeys(YES, True) | {"first_systems": frozenset(FIRST_SYSTEMS), "full_systems": frozenset(FULL_SYSTEMS)}
    facts = replace(Facts(verdict=Verdict.DISCLOSE, **whole), **dict(changes))

    assert (missing_to_disclose(facts) == []) == is_guarded(facts)


# The same on the services, with the database

DISCLOSE = {"verdict": "disclose", "ground": "common_law", "whom": "The partner", "reasons": REASONS}
STEPS = {
    "propose to disclose": (propose, DISCLOSE),
    "propose nothing": (propose, {"verdict": "nothing", "reasons": REASONS}),
    "agree": (decide, {"ruling": "agree", "words": "Yes"}),
    "agree to one's own": (decide, {"ruling": "agree", "words": "Yes"}),
    "return": (decide, {"ruling": "find_out", "words": "No"}),
    "anew": (decide_anew, {"reason": "New"}),
    "wait for him": (record_representations, {"answer": "waiting", "asked_on": localdate()}),
    "he said nothing": (record_representations, {"answer": "nothing", "asked_on": localdate()}),
    "whom": (settle_protector, TOLD),
    "whom, not proved": (settle_protector, {"name": "Maud Told"}),
    "words": (write_words, WORDS),
    "undertaking": (ask_undertaking, {"undertaking": "spoken"}),
    "tell": (record_telling, {"place": "Station", "how_taken": "Calm"}),
    "answer": (answer_neutrally, {"way": "call"}),
    "answer by letter": (answer_neutrally, {"way": "letter"}),
    "close": (close_application, {}),
}
BY_LEAD = {"agree", "return"}
DECIDED = ("propose to disclose", "agree")
PREPARED = (*DECIDED, "whom", "words", "undertaking")
NEUTRAL = ("propose nothing", "agree")
BEGINNINGS = ((), DECIDED, PREPARED, NEUTRAL, (*PREPARED, "tell"))  # from where further steps tell most
WHOLE = ((*PREPARED, "tell", "close"), (*NEUTRAL, "answer", "close"))


class TakeBack(Exception):
    """Takes back what one example did."""


def take(name, application, lead):
    """Try one step; what is refused changes nothing."""
    service, values = STEPS[name]
    moment = {"told_at": now()} if name == "tell" else {}
    before = (fresh(application).version, fresh(application).state)
    try:
        with transaction.atomic():
            do(service, application, lead if name in BY_LEAD else None, **values, **moment)
    except (DomainError, NotPermitted):
        assert (fresh(application).version, fresh(application).state) == before
        return False
    return True


def look(application):
    """Whatever stands in the database stands there with all that it needs."""
    stored, answer = fresh(application), NeutralAnswer.objects.filter(application=application).first()
    with row_security(stored.officer):
        told = SchemeDisclosure.objects.filter(application=application, told_at__isnull=False).select_related("decision").first()
        standing = SchemeDecision.objects.filter(application=application, lapsed_at__isnull=True).first()
        heard = Representations.objects.get(application=application)
    if told:
        assert standing
        assert (told.decision, standing.verdict, standing.agreed) == (standing, "disclose", True)
        assert standing.decided_by_id not in {None, standing.proposed_by_id}
        assert all((told.script, told.safety_plan, told.undertaking, told.place, heard.is_settled))
        with row_security(stored.officer):
            assert Party.objects.get(pk=told.protector_id).identity not in {"", "not_proved"}
    if answer:
        assert standing
        assert standing.agreed
        assert answer.way == "call"
        assert standing.verdict != "disclose" or told
    if stored.state in {"decided", "closed"}:
        assert standing
        assert standing.agreed
    if stored.state == "closed":
        assert told or answer


@pytest.mark.django_db
def test_no_order_of_services_tells_or_answers_without_what_it_needs():
    application = make_ready()
    lead, done = lead_of(application), set()

    def go(steps):
        try:
            with transaction.atomic():
                for name in steps:
                    if take(name, application, lead):
                        done.add(name)
                    look(application)
                raise TakeBack
        except TakeBack:
            pass

    @given(st.sampled_from(BEGINNINGS), st.lists(st.sampled_from(sorted(STEPS)), max_size=5))
    @settings(max_examples=10, deadline=None)
    def try_one(beginning, further):
        go((*beginning, *further))

    for steps in WHOLE:
        go(steps)
    assert done == {name for steps in WHOLE for name in steps}
    try_one()
    assert not done & {"agree to one's own", "answer by letter"}
