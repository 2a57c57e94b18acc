"""Enquiries of the media: what the press office may know, what a unit agrees to, and that nobody is identified without a decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action
from audit.models import Event
from offenders.search import index_names
from sharing.guards.media import NAMES_NOBODY, NO_DECISION
from sharing.models import EnquiryRecord, MediaConsultation, MediaEnquiry, MediaStatement, ProactiveRelease
from sharing.rules.media import is_named, pairs_of, points_at_somebody
from sharing.services.media import (
    add_agency,
    answer_press_office,
    close_enquiry,
    link_record,
    record_agency_answer,
    take_enquiry,
)
from sharing.services.media_statements import agree_statement, agree_strategy, issue_statement, write_statement, write_strategy
from sharing.services.proactive import plan_proactive_release
from tests.factories import make_agency, make_name, make_nominal, make_unit, make_user
from tests.sharing.making_media import make_enquiry_row, make_media_decision, make_press

pytestmark = pytest.mark.django_db
TODAY = localdate()


@pytest.fixture
def nominal():
    return make_nominal(surname="Quillfeather", given_names="Barnaby John")


@pytest.fixture
def press(nominal):
    return make_press(nominal.force)


@pytest.fixture
def officer(nominal):
    return nominal.offender_manager


def asked(nominal, **values):
    """What an enquiry says."""
    plain = {
        "kind": "general", "outlet": "Northmere Echo", "journalist": "", "received_by": "email", "received_at": now() - timedelta(hours=1),
        "question": "How are people on licence managed here?", "unit": nominal.unit,
    }  # fmt: skip
    return plain | values


def test_an_enquiry_asks_the_unit_and_starts_its_clock(nominal, press):
    enquiry = take_enquiry(actor=press, **asked(nominal))
    actions = {action.kind: action for action in Action.objects.all()}

    assert actions["media-enquiry"].owner_role == Role.PRESS_OFFICER
    assert actions["media-enquiry"].starts_at == enquiry.received_at
    assert (actions["media-unit"].owner_unit, actions["media-unit"].nominal) == (nominal.unit, None)
    assert Event.objects.get(detail__act="Enquiry of the media taken").subject_id == enquiry.pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": ""}, "kind"), ({"received_by": "pigeon"}, "received_by"), ({"question": " "}, "question"),
        ({"received_at": now() + timedelta(days=2)}, "time"), ({"wanted_on": TODAY - timedelta(days=3)}, "wanted_on"),
    ],
)  # fmt: skip
def test_an_enquiry_is_whole(nominal, press, wrong, field):
    with pytest.raises(DomainError) as refused:
        take_enquiry(actor=press, **asked(nominal, **wrong))
    assert refused.value.field == field


def test_only_the_press_office_takes_one_and_only_of_its_own_units(nominal, press, officer):
    with pytest.raises(NotPermitted):
        take_enquiry(actor=officer, **asked(nominal))
    with pytest.raises(DomainError, match="own force"):
        take_enquiry(actor=press, **asked(nominal, unit=make_unit()))


@pytest.mark.parametrize(
    "words",
    [
        "Is V-000417 in our town?", "What of v 000417", "He was born on 3.4.1971, is that so?", "Is Barnaby Quillfeather here?",
        "QUILLFEATHER, Barnaby: is he here?", "John Quillfeather", "d.o.b. 03/04/71",
    ],
)  # fmt: skip
def test_a_general_enquiry_names_nobody_on_record(nominal, press, words):
    index_names(None)
    with pytest.raises(DomainError) as refused:
        take_enquiry(actor=press, **asked(nominal, question=words))
    assert (str(refused.value), refused.value.field) == (NAMES_NOBODY, "question")
    assert take_enquiry(actor=press, **asked(nominal, question=words, kind="specific")).question == words


@pytest.mark.parametrize(
    "words", ["Quillfeather Lane is dark. Barnaby Street too.", "How is John? Quillfeather asks.", "Born to run", "About 417 people"]
)
def test_words_that_name_nobody_pass(nominal, press, words):
    index_names(None)

    assert take_enquiry(actor=press, **asked(nominal, question=words)).is_general


def test_the_name_of_a_record_that_one_may_not_know_of_is_like_any_name(nominal, press):
    make_name(nominal=make_nominal(unit=nominal.unit, is_restricted=True), surname="Vantongeren", given_names="Hugo")
    make_name(nominal=make_nominal(), surname="Elsewhere", given_names="Hugo")
    index_names(None)

    for words in ("Is Hugo Vantongeren here?", "Is Hugo Elsewhere here?"):
        assert take_enquiry(actor=press, **asked(nominal, question=words)).question == words


def test_words_of_a_general_enquiry_stay_without_names_later_too(nominal, press, officer):
    index_names(None)
    enquiry = take_enquiry(actor=press, **asked(nominal))
    name = "Barnaby Quillfeather is safe."
    acts = [
        lambda: write_statement(actor=press, enquiry=enquiry, text=name, identifies=False),
        lambda: write_strategy(actor=press, enquiry=enquiry, text="Calm", lines=[], own_lines=name),
        lambda: answer_press_office(actor=officer, enquiry=enquiry, version=1, unit_says=name),
        lambda: close_enquiry(actor=press, enquiry=enquiry, version=1, outcome="answered", outcome_words=name),
    ]
    for act in acts:
        with pytest.raises(DomainError, match="names nobody"):
            act()
    with pytest.raises(DomainError, match="about nobody"):
        write_statement(actor=press, enquiry=enquiry, text="x", identifies=True)


@pytest.mark.parametrize(
    ("kind", "constraint"), [("specific", "media_record_of_the_enquirys_kind"), ("general", "media_record_of_a_specific_enquiry")]
)
def test_the_database_refuses_a_record_on_a_general_enquiry(nominal, kind, constraint):
    enquiry = make_enquiry_row(nominal=nominal, kind="general")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        EnquiryRecord.objects.create(enquiry=enquiry, nominal=nominal, linked_by=nominal.offender_manager, kind=kind)


def test_the_database_lets_no_enquiry_about_a_record_turn_general(nominal):
    make_enquiry_row(nominal=nominal)
    with pytest.raises(IntegrityError, match="media_record_of_the_enquirys_kind"), transaction.atomic():
        MediaEnquiry.objects.update(kind="general")


def test_the_unit_links_a_record_and_the_press_office_finds_no_trace(nominal, press, officer):
    enquiry = make_enquiry_row(nominal=nominal, is_linked=False, taken_by=press)
    before = MediaEnquiry.objects.filter(pk=enquiry.pk).values().get()
    link_record(actor=officer, enquiry=enquiry, nominal=nominal)

    assert MediaEnquiry.objects.filter(pk=enquiry.pk).values().get() == before
    assert list(EnquiryRecord.objects.for_user(press)) == []
    assert [row.nominal for row in EnquiryRecord.objects.for_user(officer)] == [nominal]
    assert Event.objects.get(detail__act="Enquiry of the media about this record").nominal == nominal.pk
    with pytest.raises(NotPermitted):
        link_record(actor=press, enquiry=enquiry, nominal=nominal)
    link_record(actor=officer, enquiry=enquiry, nominal=None)
    assert not EnquiryRecord.objects.exists()


def test_nobody_of_another_unit_answers_and_no_unknown_record_is_linked(nominal, press, officer):
    enquiry = make_enquiry_row(nominal=nominal, is_linked=False)
    stranger = make_user(organisation=nominal.force)
    with pytest.raises(NotPermitted):
        answer_press_office(actor=stranger, enquiry=enquiry, version=1, unit_says="x")
    with pytest.raises(NotPermitted):
        link_record(actor=officer, enquiry=enquiry, nominal=make_nominal(unit=make_unit()))


def test_whoever_may_not_know_of_the_record_does_not_see_the_enquiry_but_the_press_office_does(nominal, press):
    enquiry = make_enquiry_row(nominal=nominal, taken_by=press)
    colleague = make_user(unit=nominal.unit)
    assert list(MediaEnquiry.objects.for_user(colleague)) == [enquiry]
    nominal.is_restricted = True
    nominal.save()

    assert list(MediaEnquiry.objects.for_user(colleague)) == []
    assert list(MediaEnquiry.objects.for_user(press)) == [enquiry]
    assert list(MediaEnquiry.objects.for_user(make_press(make_unit().organisation))) == []


def test_the_unit_says_whether_the_press_office_may_know(nominal, press, officer):
    enquiry = make_enquiry_row(nominal=nominal, is_linked=False, taken_by=press)
    with pytest.raises(DomainError, match="Link the record first"):
        answer_press_office(actor=officer, enquiry=enquiry, version=1, unit_says="Ours", is_record_told=True)
    link_record(actor=officer, enquiry=enquiry, nominal=nominal)
    answered = answer_press_office(actor=officer, enquiry=enquiry, version=1, unit_says="Ours", is_record_told=True)

    assert (answered.is_record_told, answered.unit_said_by) == (True, officer)
    with pytest.raises(StaleRecord):
        answer_press_office(actor=officer, enquiry=enquiry, version=1, unit_says="Late")
    with pytest.raises(DomainError, match="Answer it anew"), transaction.atomic():
        link_record(actor=officer, enquiry=enquiry, nominal=None)
    assert EnquiryRecord.objects.count() == 1


def agreed(enquiry: MediaEnquiry, press, officer, *, identifies: bool = False) -> MediaStatement:
    """A statement to which the unit agreed."""
    statement = write_statement(actor=press, enquiry=enquiry, text="We look after safety.", identifies=identifies)
    return agree_statement(actor=officer, enquiry=enquiry, number=statement.number)


def test_a_statement_goes_from_draft_to_agreed_to_issued_and_every_version_is_kept(nominal, press, officer):
    enquiry = make_enquiry_row(nominal=nominal, taken_by=press)
    first = write_statement(actor=press, enquiry=enquiry, text="First words", identifies=False)
    with pytest.raises(DomainError, match="has not agreed"):
        issue_statement(actor=press, enquiry=enquiry, number=1)
    agree_statement(actor=officer, enquiry=enquiry, number=1)
    write_statement(actor=press, enquiry=enquiry, text="Second words", identifies=False)
    with pytest.raises(DomainError, match="newer version"):
        issue_statement(actor=press, enquiry=enquiry, number=first.number)
    with pytest.raises(NotPermitted):
        agree_statement(actor=press, enquiry=enquiry, number=2)
    agree_statement(actor=officer, enquiry=enquiry, number=2)
    assert issue_statement(actor=press, enquiry=enquiry, number=2).state == "issued"

    assert list(enquiry.statements.values_list("number", "text")) == [(2, "Second words"), (1, "First words")]
    assert set(Action.objects.filter(kind="media-agree").values_list("state", flat=True)) == {"done"}
    assert Event.objects.filter(verb="exported", detail__number=2).count() == 1


def test_nobody_agrees_to_what_they_wrote(nominal):
    both = make_user(Role.PRESS_OFFICER, Role.OFFENDER_MANAGER, unit=nominal.unit)
    enquiry = make_enquiry_row(nominal=nominal, taken_by=both)
    write_statement(actor=both, enquiry=enquiry, text="Words", identifies=False)
    with pytest.raises(DomainError, match="You wrote this"):
        agree_statement(actor=both, enquiry=enquiry, number=1)


def test_an_agency_that_the_unit_names_is_asked_first(nominal, press, officer):
    enquiry, agency = make_enquiry_row(nominal=nominal, taken_by=press), make_agency()
    add_agency(actor=press, enquiry=enquiry, agency=agency)
    agreed(enquiry, press, officer)
    row = add_agency(actor=officer, enquiry=enquiry, agency=agency)
    assert (row.is_required, MediaConsultation.objects.count()) == (True, 1)
    with pytest.raises(DomainError, match="must be consulted first"):
        issue_statement(actor=press, enquiry=enquiry, number=1)
    with pytest.raises(DomainError, match="both when it answered"):
        record_agency_answer(actor=press, consultation=row, asked_on=TODAY, answered_on=TODAY, said="")
    with pytest.raises(DomainError, match="on the list already"):
        add_agency(actor=officer, enquiry=enquiry, agency=agency)
    record_agency_answer(actor=press, consultation=row, asked_on=TODAY, answered_on=TODAY, said="No objection")
    assert issue_statement(actor=press, enquiry=enquiry, number=1).issued_by == press


@pytest.mark.parametrize("lacks", ["record", "decision", "approval", "current approval", "the right record", "agreement to share"])
def test_nobody_is_identified_without_a_decision_and_the_words_are_the_same_whatever_is_missing(nominal, press, officer, lacks):
    enquiry = make_enquiry_row(nominal=nominal, taken_by=press, is_linked=lacks != "record")
    about = make_nominal(unit=nominal.unit) if lacks == "the right record" else nominal
    if lacks != "decision":
        choice = {"choice": "do_not"} if lacks == "agreement to share" else {}
        decision = make_media_decision(nominal=about, state="submitted" if lacks == "approval" else "approved", **choice)
        if lacks == "current approval":
            decision.approvals.update(lapsed_at=now())
    agreed(enquiry, press, officer, identifies=True)
    with pytest.raises(DomainError) as refused:
        issue_statement(actor=press, enquiry=enquiry, number=1)
    assert str(refused.value) == NO_DECISION


def test_an_approved_decision_on_the_record_lets_a_statement_identify(nominal, press, officer):
    enquiry, decision = make_enquiry_row(nominal=nominal, taken_by=press), make_media_decision(nominal=nominal)
    agreed(enquiry, press, officer, identifies=True)

    assert issue_statement(actor=press, enquiry=enquiry, number=1).decision == decision
    with pytest.raises(IntegrityError, match="media_identifies_by_a_decision"), transaction.atomic():
        MediaStatement.objects.update(decision=None)


def test_a_strategy_holds_once_the_unit_agreed_and_lapses_when_it_is_written_anew(nominal, press, officer):
    enquiry = make_enquiry_row(nominal=nominal, taken_by=press)
    words = {"text": "Calm the street", "lines": ["safety-first"], "own_lines": ""}
    with pytest.raises(DomainError, match="Choose lines"):
        write_strategy(actor=press, enquiry=enquiry, text="Calm", lines=[], own_lines="")
    with pytest.raises(DomainError, match="from the list"):
        write_strategy(actor=press, enquiry=enquiry, text="Calm", lines=["gossip"], own_lines="")
    write_strategy(actor=press, enquiry=enquiry, **words)
    assert agree_strategy(actor=officer, enquiry=enquiry, version=1).agreed_by == officer
    again = write_strategy(actor=press, enquiry=enquiry, version=1, **words)
    assert (again.agreed_by, again.version) == (None, 2)
    with pytest.raises(StaleRecord):
        agree_strategy(actor=officer, enquiry=enquiry, version=1)


def test_an_enquiry_is_refused_only_with_a_reason_and_then_closed(nominal, press):
    enquiry = take_enquiry(actor=press, **asked(nominal))
    with pytest.raises(DomainError, match="why nothing is"):
        close_enquiry(actor=press, enquiry=enquiry, version=1, outcome="refused", outcome_words=" ")
    close_enquiry(actor=press, enquiry=enquiry, version=1, outcome="refused", outcome_words="A trial is running")

    assert set(Action.objects.values_list("kind", "state")) == {("media-enquiry", "done"), ("media-unit", "cancelled")}
    with pytest.raises(DomainError, match="closed"):
        write_statement(actor=press, enquiry=enquiry, text="x", identifies=False)


def plan(press, **values):
    """What a proactive release rests on."""
    plain = {"risk_assessment": "He may leave", "press_officer": press, "took_part_on": TODAY, "outlets": ["appeal"], "plan": "At noon"}
    return plain | values


def test_a_proactive_release_is_thought_through_and_opens_its_decision_again(nominal, press, officer):
    decision = make_media_decision(nominal=nominal)
    planned = plan_proactive_release(actor=officer, decision=decision, version=decision.version, **plan(press))
    decision.refresh_from_db()

    assert (planned.press_officer, decision.state, decision.approvals.get().lapsed_at is None) == (press, "draft", False)
    assert list(ProactiveRelease.objects.for_user(officer)) == [planned]
    assert list(ProactiveRelease.objects.for_user(press)) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"plan": " "}, "plan"), ({"outlets": []}, "outlets"), ({"took_part_on": TODAY + timedelta(days=1)}, "took_part_on")],
)
def test_a_proactive_release_lacks_nothing(nominal, press, officer, wrong, field):
    decision = make_media_decision(nominal=nominal, state="draft")
    with pytest.raises(DomainError) as refused:
        plan_proactive_release(actor=officer, decision=decision, version=1, **plan(press, **wrong))
    assert refused.value.field == field


def test_a_press_officer_takes_part_and_only_in_a_media_decision(nominal, press, officer):
    decision = make_media_decision(nominal=nominal, state="draft")
    with pytest.raises(DomainError, match="press officer of your force"):
        plan_proactive_release(actor=officer, decision=decision, version=1, **plan(officer))
    decision.template = "general"
    decision.save()
    with pytest.raises(DomainError, match="to the media or the public"):
        plan_proactive_release(actor=officer, decision=decision, version=1, **plan(press))


def test_rules_of_words():
    assert [points_at_somebody(text) for text in ("V-000417", "MV-0004179", "date of birth: 1971", "born free")] == [
        True,
        False,
        True,
        False,
    ]
    assert pairs_of("Ann Bee. Cee Dee") == {("ann", "bee"), ("cee", "dee")}
    assert [is_named(("ann", "bee"), *name) for name in (("Ann", "Bee"), ("Bee", "Ann"), ("Ann Bee", "Cee"), ("", "Ann Bee"))] == [
        True, True, False, False,
    ]  # fmt: skip
