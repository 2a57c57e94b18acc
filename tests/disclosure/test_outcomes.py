"""What is decided about an application, and what the decision rests on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Action
from audit.models import Event
from disclosure.choices.applications import Ground, Verdict
from disclosure.choices.outcomes import PresumptionTest
from disclosure.models import Application, Representations, SchemeDecision
from disclosure.reports.facts import facts_of
from disclosure.reports.outcomes import findings_on_record
from disclosure.rules.outcomes import Finding, finding_of, grounds_for, presumption_of
from disclosure.services.moving import move_application
from disclosure.services.outcomes import PROPOSED, decide, decide_anew, propose, record_representations
from disclosure.services.outcomes_telling import settle_protector
from offenders.choices import RiskLevel
from tests.disclosure.making_applications import make_handler
from tests.disclosure.making_outcomes import (
    REASONS,
    TOLD,
    do,
    fresh,
    lead_of,
    make_dangerous,
    make_decided,
    make_proposed,
    make_ready,
)
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db
TODAY = localdate()
DISCLOSE = {"verdict": "disclose", "ground": "common_law", "whom": "The partner", "reasons": REASONS}
MET = [
    Finding(PresumptionTest.CONVICTIONS, "Two convictions", TODAY, "Police National Computer", is_met=True),
    Finding(PresumptionTest.HARM, "Very high risk", TODAY, "Register", is_met=True),
]


def settled(application: Application) -> bool:
    """Whether what the person asked about has to say is settled."""
    with row_security(application.officer):
        return facts_of(fresh(application)).representations_settled


@pytest.mark.parametrize(
    ("values", "is_settled"),
    [
        ({"answer": "not_asked", "why_not": "It would tip him off"}, True),
        ({"answer": "waiting", "asked_on": TODAY}, False),
        ({"answer": "nothing", "asked_on": TODAY}, True),
        ({"answer": "said", "asked_on": TODAY, "said": "He denies it", "considered": "The court found otherwise"}, True),
    ],
    ids=lambda each: each["answer"] if isinstance(each, dict) else "",
)
def test_asking_settles_nothing_until_an_answer_is_weighed(values, is_settled):
    application = make_ready()
    do(record_representations, application, **values)

    assert settled(application) is is_settled


@pytest.mark.parametrize(
    "values",
    [
        {"answer": "not_asked", "why_not": " "},
        {"answer": "nothing"},
        {"answer": "said", "asked_on": TODAY, "said": "He denies it", "considered": ""},
        {"answer": "waiting", "asked_on": TODAY + timedelta(days=1)},
        {"answer": "perhaps"},
    ],
)
def test_representations_are_recorded_wholly(values):
    with pytest.raises(DomainError):
        do(record_representations, make_ready(), **values)


def test_the_database_knows_that_nothing_said_is_no_answer():
    application = make_ready()
    with pytest.raises(IntegrityError), transaction.atomic():
        Representations.objects.filter(application=application).update(has_nothing_to_say=True)


def test_a_proposal_moves_the_application_on_and_asks_the_one_who_may_decide():
    application = make_ready()
    lead = lead_of(application)
    decision = do(propose, application, **DISCLOSE)
    action = Action.objects.get(kind=PROPOSED)

    assert fresh(application).state == "decision"
    assert (action.owner, action.nominal, action.detail) == (lead, None, application.reference)
    assert decision.agreed is None


def test_nothing_is_proposed_before_the_checks_are_done():
    application = make_ready()
    application.checks.filter(system="pnd").delete()
    with pytest.raises(DomainError, match="Finish the full checks"):
        do(propose, application, **DISCLOSE)
    with pytest.raises(DomainError, match="does not stand"):
        do(propose, make_decided(), **DISCLOSE)
    Application.objects.filter(pk=application.pk).update(state="safeguarding", stood_at="full_checks")
    with pytest.raises(DomainError, match="protect first"):
        do(propose, application, **DISCLOSE)


@pytest.mark.parametrize("lacks", ["whom", "reasons", "ground", "verdict"])
def test_a_proposal_to_disclose_is_whole(lacks):
    with pytest.raises(DomainError):
        do(propose, make_ready(), **DISCLOSE | {lacks: ""})


def test_nobody_proposes_to_disclose_while_an_answer_is_awaited():
    application = make_ready()
    do(record_representations, application, answer="waiting", asked_on=TODAY)
    with pytest.raises(DomainError, match="representations"):
        do(propose, application, **DISCLOSE)

    assert do(propose, application, verdict="withhold", reasons=REASONS).verdict == Verdict.WITHHOLD


def test_whoever_proposed_never_decides():
    application = make_ready()
    lead = lead_of(application)
    do(propose, application, lead, **DISCLOSE)
    with pytest.raises(DomainError, match="You proposed this"):
        do(decide, application, lead, ruling="agree", words="Fine")

    assert do(decide, application, lead_of(application), ruling="agree", words="Fine").agreed


def test_only_a_supervisor_of_the_unit_decides_and_none_who_manages_the_record():
    nominal = make_nominal()
    application = make_proposed(nominal=nominal)
    manager = make_user(Role.SUPERVISOR, organisation=nominal.force, unit=nominal.unit)
    for other in (application.officer, make_user(Role.SUPERVISOR, organisation=nominal.force)):
        with pytest.raises(NotPermitted):
            do(decide, application, other, ruling="agree", words="Fine")
    nominal.offender_manager = manager
    nominal.save()
    with pytest.raises(NotPermitted):
        do(decide, application, manager, ruling="agree", words="Fine")


@pytest.mark.parametrize(("ruling", "state"), [("find_out", "full_checks"), ("write_anew", "decision")])
def test_a_returned_proposal_has_lapsed(ruling, state):
    application = make_proposed()
    decision = do(decide, application, lead_of(application), ruling=ruling, words="Ask the school")

    assert (fresh(application).state, decision.agreed) == (state, False)
    with row_security(application.officer):
        assert SchemeDecision.objects.get().lapsed_at
    assert not Action.objects.waiting().filter(kind=PROPOSED).exists()
    assert do(propose, application, **DISCLOSE).pk != decision.pk


def test_an_edit_lapses_what_was_proposed():
    application = make_proposed()
    seen = fresh(application).version
    do(record_representations, application, answer="nothing", asked_on=TODAY)

    with row_security(application.officer):
        assert SchemeDecision.objects.get().lapsed_at
    lead = lead_of(application)
    with pytest.raises(StaleRecord):
        decide(actor=lead, application=application, version=seen, ruling="agree", words="Fine")
    with pytest.raises(DomainError, match="Nothing is proposed"):
        do(decide, application, lead, ruling="agree", words="Fine")


def test_a_late_decision_says_why():
    application = make_proposed()
    Action.objects.filter(kind=PROPOSED).update(late_from=now() - timedelta(hours=1))
    lead = lead_of(application)
    with pytest.raises(DomainError, match="why it was late") as refusal:
        do(decide, application, lead, ruling="agree", words="Fine")

    assert refusal.value.field == "late_reason"
    assert fresh(application).state == "decision"
    do(decide, application, lead, ruling="agree", words="Fine", late_reason="The supervisor was away")
    assert Action.objects.get(kind=PROPOSED).late_reason == "The supervisor was away"


def test_it_is_decided_anew_before_anybody_was_told_and_what_was_prepared_stays_behind():
    application = make_decided()
    do(settle_protector, application, **TOLD)
    do(decide_anew, application, reason="The school rang")

    assert fresh(application).state == "decision"
    assert SchemeDecision.objects.get().why_lapsed == "The school rang"
    with row_security(application.officer):
        assert not facts_of(fresh(application)).has_protector


def test_what_was_decided_stays_in_the_database():
    decision = SchemeDecision.objects.get(application=make_decided())
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeDecision.objects.filter(pk=decision.pk).update(verdict="nothing")


def test_the_engine_asks_for_representations_once_it_is_decided_to_disclose():
    application = make_proposed()
    Representations.objects.update(why_not="", asked_on=TODAY)
    with pytest.raises(DomainError, match="representations"):
        do(decide, application, lead_of(application), ruling="agree", words="Fine")


def test_the_presumption_reads_convictions_and_risk_of_the_record():
    nominal = make_nominal()
    reader = make_handler(nominal)
    outcomes = []
    for against_child, level in ((False, RiskLevel.HIGH), (True, RiskLevel.MEDIUM), (True, RiskLevel.VERY_HIGH)):
        nominal.convictions.all().delete()
        make_dangerous(nominal, against_child=against_child, level=level)
        outcomes.append(presumption_of(findings_on_record(reader, nominal, TODAY)).holds)
    found = findings_on_record(reader, nominal, TODAY)

    assert outcomes == [False, False, True]
    assert [(each.test, each.on.isoformat(), each.is_met) for each in found] == [
        (PresumptionTest.CONVICTIONS, "2019-05-03", True), (PresumptionTest.HARM, "2025-01-01", True),
    ]  # fmt: skip
    assert [finding_of(each.stored()) for each in found] == found
    stranger = make_user(Role.OPERATIONAL)
    assert not presumption_of(findings_on_record(stranger, nominal, TODAY)).holds


def test_the_presumption_is_a_ground_only_where_both_tests_are_met():
    assert Ground.PRESUMPTION in grounds_for("child", presumption_of(MET))
    assert Ground.PRESUMPTION not in grounds_for("child", presumption_of(MET[:1]))
    assert Ground.PRESUMPTION not in grounds_for("child", presumption_of(MET[1:]))
    assert Ground.PRESUMPTION not in grounds_for("domestic", presumption_of(MET))


def test_a_decision_keeps_the_facts_as_the_record_had_them_whatever_was_typed():
    nominal = make_nominal()
    make_dangerous(nominal, against_child=False)
    application = make_ready(nominal=nominal, scheme="child")
    presumed = DISCLOSE | {"ground": "presumption"}
    with pytest.raises(DomainError, match="Choose on what it rests"):
        do(propose, application, findings=MET, **presumed)
    nominal.convictions.update(is_against_child=True)
    decision = do(propose, application, **presumed)
    nominal.convictions.all().delete()
    decision.refresh_from_db()

    assert [each["is_met"] for each in decision.tests["findings"]] == [True, True]
    assert decision.tests["findings"][0]["words"] == "Sexual assault (fine)"


def test_without_a_record_the_checks_answer_both_tests():
    application = make_ready(scheme="child")
    with pytest.raises(DomainError, match="Choose on what it rests"):
        do(propose, application, findings=MET[:1], **DISCLOSE | {"ground": "presumption"})

    assert do(propose, application, findings=MET, **DISCLOSE | {"ground": "presumption"}).ground == "presumption"


def test_the_trail_of_a_record_tells_its_manager_nothing_of_an_application():
    nominal = make_nominal()
    application = make_decided(nominal=nominal)
    about = Event.objects.filter(subject_type="disclosure.application", subject_id=application.pk)
    read = Event.objects.for_user(nominal.offender_manager, Perm.VIEW_ACCESS_LOG).about([nominal.pk])

    assert about.exists()
    assert not about.filter(nominal__isnull=False).exists()
    assert not read.filter(subject_type__startswith="disclosure").exists()
    assert not Action.objects.filter(nominal=nominal.pk).exists()
    words = " ".join(str(event.detail) + event.reason for event in about)
    assert not any(name in words for name in ("Ivy", "Rosa", "Nobody", REASONS))


def test_nothing_closes_before_somebody_was_told_or_answered():
    application = make_decided()
    with pytest.raises(DomainError, match="Tell them, or send the neutral answer"):
        move_application(application.officer, fresh(application), "closed", act="Closed")
