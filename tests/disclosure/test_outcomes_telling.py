"""Telling somebody, the authority of the force about a record, the papers, the neutral answer, closing."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils.timezone import now
from pypdf import PdfReader

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.models import Action, Notification
from actions.services import Owner, raise_action
from audit.choices import Verb
from audit.models import Event
from disclosure.documents.outcomes import answer_paper
from disclosure.models import Application, NeutralAnswer, Party, SafeContact, SchemeDisclosure, StandardText
from disclosure.reports.facts import facts_of
from disclosure.reports.outcomes import waiting_for_sharing
from disclosure.rules.applications import missing_to_disclose
from disclosure.rules.outcomes import tells_who_applied
from disclosure.services.outcomes import decide, decide_anew, propose
from disclosure.services.outcomes_answer import answer_neutrally, close_application, print_answer
from disclosure.services.outcomes_sharing import NEEDED, ask_managers, start_telling_decision, take_over_release
from disclosure.services.outcomes_telling import (
    ask_undertaking,
    print_paper,
    record_telling,
    settle_protector,
    write_words,
)
from offenders.models import Nominal
from sharing.choices.decisions import Template
from sharing.models import Release, SharingDecision
from sharing.models import Telling as SharedTelling
from sharing.rules.questions import questions_for
from sharing.services.decisions import end_decision
from sharing.services.releases import withdraw_release
from tests.disclosure.making_outcomes import (
    REASONS,
    SEALED,
    TOLD,
    WORDS,
    do,
    fresh,
    lead_of,
    make_decided,
    make_marker,
    make_prepared,
    make_sent,
    make_sharing,
)
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db
TOLD_SO = {"place": "Northmere station", "how_taken": "Shaken. She goes to her sister's.", "second_officer": "PC 1412"}
NAMES = (*SEALED, "Rosa Apart", "07700 900462", "Nobody Invented", "Maud Told", "Wilf Small")


@pytest.fixture
def nominal() -> Nominal:
    """Somebody on record."""
    return make_nominal()


def say(application: Application, **values):
    """Record that somebody was told now."""
    return do(record_telling, application, **{"told_at": now(), **TOLD_SO, **values})


def text_of(file: bytes) -> str:
    """The words of a paper."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages).split())


def lacks(application: Application) -> list[str]:
    """What stands between an application and telling somebody."""
    with row_security(application.officer):
        return missing_to_disclose(facts_of(fresh(application)))


def test_somebody_is_told_once_and_asked_twice_what_came():
    application = make_prepared()
    say(application)
    row = SchemeDisclosure.objects.get()

    assert (row.place, row.told_by) == ("Northmere station", application.officer)
    assert set(Action.objects.filter(kind__startswith="scheme-outcome").values_list("rule_code", flat=True)) == {
        "sharing-outcome-7", "sharing-outcome-28",
    }  # fmt: skip
    for again in (say, lambda each: do(write_words, each, **WORDS), lambda each: do(decide_anew, each, reason="New")):
        with pytest.raises(DomainError, match="told"):
            again(application)


@pytest.mark.parametrize("undone", ["protector", "identity", "script", "plan", "undertaking", "safe contact", "danger"])
def test_one_thing_undone_and_nobody_is_told(undone):
    application = make_prepared()
    row = SchemeDisclosure.objects.filter(application=application)
    with row_security(application.officer):
        if undone == "identity":
            Party.objects.filter(role="protector").update(identity="not_proved")
        elif undone == "safe contact":
            SafeContact.objects.filter(way="text").update(way="call")
        elif undone == "danger":
            application.safeguardings.create(danger="He is at the door", began_by=application.officer)
        else:
            row.update(**{"protector": None} if undone == "protector" else {})
            row.update(**{{"plan": "safety_plan", "protector": "how_taken"}.get(undone, undone): ""})
    wanted = lacks(application)
    with pytest.raises(DomainError) as refusal:
        say(application)

    assert wanted
    assert all(words in str(refusal.value) for words in wanted)
    assert Event.objects.filter(verb=Verb.REFUSED, detail__act="Telling refused").exists()
    with row_security(application.officer):
        assert row.get().told_at is None


def test_everything_that_is_missing_is_named_at_once():
    application = make_decided()
    with pytest.raises(DomainError) as refusal:
        say(application)

    for words in ("best placed to protect", "Prove who is told", "word by word", "undertaking", "safety plan"):
        assert words in str(refusal.value)


@pytest.mark.parametrize("values", [{"told_at": now() + timedelta(days=1)}, {"told_at": now() - timedelta(days=9)}, {"place": " "}])
def test_a_telling_has_a_place_and_a_time_after_the_decision(values):
    with pytest.raises(DomainError):
        say(make_prepared(), **values)


def test_whoever_applied_may_be_told_themselves_and_the_person_asked_about_never():
    application = make_prepared()
    with row_security(application.officer):
        applicant, subject = (application.parties.get(role=role) for role in ("applicant", "subject"))
    do(settle_protector, application, same_as=applicant)
    with pytest.raises(DomainError, match="never told"):
        do(settle_protector, application, same_as=subject)
    with row_security(application.officer):
        told = Party.objects.get(role="protector")

    assert (told.name, told.phone, told.identity) == (applicant.name, applicant.phone, "passport")
    assert SchemeDisclosure.objects.get().undertaking == ""


@pytest.mark.parametrize("leak", ["Ivy told us.", "Ring 07700 900461.", "Someone of 12 Quarrel Lane.", "A Sealed was afraid."])
def test_words_that_could_tell_who_applied_are_refused(leak):
    application = make_decided()
    do(settle_protector, application, **TOLD)
    with pytest.raises(DomainError, match="who applied"):
        do(write_words, application, **WORDS | {"script": f"He hit two partners. {leak}"})
    with row_security(application.officer):
        applicant = application.parties.get(role="applicant")
    do(settle_protector, application, same_as=applicant)
    do(write_words, application, **WORDS | {"script": f"He hit two partners. {leak}"})
    do(settle_protector, application, **TOLD)
    do(ask_undertaking, application, undertaking="spoken")
    with pytest.raises(DomainError, match="who applied"):
        say(application)


def test_an_account_is_not_repeated_at_length_and_what_is_known_may_be_said():
    account = "He padlocked her tandem inside the blue garage on Fridays"
    assert tells_who_applied("He padlocked her tandem inside the garage", "Ivy Sealed", "", account, [])
    assert not tells_who_applied("He has a blue garage", "Ivy Sealed", "", account, [])
    assert not tells_who_applied("Wilf is at risk", "Ivy Sealed", "", "Wilf was there", ["Wilf Small"])
    assert not tells_who_applied("Wilf Small is at risk", "Ivy Small", "", "", ["Wilf Small"])


def test_refusing_the_undertaking_says_what_follows():
    application = make_decided()
    with pytest.raises(DomainError) as refusal:
        do(ask_undertaking, application, undertaking="refused")
    do(ask_undertaking, application, undertaking="refused", undertaking_words="Told that passing it on may be a crime")

    assert refusal.value.field == "undertaking_words"


def test_papers_are_numbered_and_name_nobody_in_the_application():
    application = make_prepared()
    files = [print_paper(actor=application.officer, application=fresh(application), kind=kind) for kind in ("script", "undertaking")]
    texts = [text_of(file) for _, file in files]

    assert [name for name, _ in files] == [f"{application.reference}-script-1", f"{application.reference}-undertaking-2"]
    assert "He was convicted of hitting two partners." in texts[0]
    assert all("OFFICIAL" in text and f"Copy {number}." in text for number, text in enumerate(texts, 1))
    assert [name for name in NAMES if any(name in text for text in texts)] == []


# About a person on record


def test_about_a_record_the_scheme_alone_tells_nobody(nominal):
    application = make_decided(nominal=nominal)
    do(settle_protector, application, **TOLD)
    with pytest.raises(DomainError, match="what was approved and sent"):
        do(write_words, application, **WORDS)
    with pytest.raises(DomainError, match="has not been sent"):
        do(take_over_release, application)
    do(write_words, application, safety_plan="A plan")
    do(ask_undertaking, application, undertaking="signed")
    with pytest.raises(DomainError, match="whoever holds the authority must approve"):
        say(application)


def make_authorised(nominal: Nominal, **values) -> tuple[Application, Release]:
    """An application about a record on which only the telling is missing."""
    application = make_decided(nominal=nominal, **values)
    release = make_sent(application)
    do(settle_protector, application, **TOLD)
    do(take_over_release, application)
    do(write_words, application, safety_plan="A plan")
    do(ask_undertaking, application, undertaking="signed")
    return fresh(application), release


def test_what_was_approved_is_what_is_said(nominal):
    application, release = make_authorised(nominal)
    script = SchemeDisclosure.objects.get().script
    say(application)

    assert all(each["text"] in script for each in release.contents)
    assert release.must_not in script
    told = SharedTelling.objects.get(release=release)
    assert application.reference in told.told_to
    assert not any(name in f"{told.told_to} {told.place} {told.said} {told.identity_check}" for name in NAMES)
    assert not Action.objects.filter(kind__startswith="scheme-outcome").exists()


def test_whoever_may_not_write_with_the_record_has_its_sender_told(nominal):
    far = make_user(Role.OPERATIONAL, organisation=nominal.force)
    application, release = make_authorised(nominal, officer=far)
    say(application)

    assert Notification.objects.filter(recipient=release.sent_by, text__contains=application.reference).exists()
    assert not SharedTelling.objects.exists()


@pytest.mark.parametrize("case", ["withdrawn", "edited", "another decision"])
def test_what_was_taken_back_is_said_no_more(nominal, case):
    application, release = make_authorised(nominal)
    if case == "withdrawn":
        withdraw_release(actor=nominal.offender_manager, release=release, reason="Wrong person")
    elif case == "edited":
        SharingDecision.objects.filter(pk=release.decision_id).update(state="draft", content_hash="")
    else:
        make_sharing(application)
    with pytest.raises(DomainError, match="whoever holds the authority must approve"):
        say(application)
    if case != "edited":
        with pytest.raises(DomainError, match="has not been sent"):
            do(take_over_release, application)


def test_the_managers_are_asked_once_they_may_know_and_read_a_reference(nominal):
    application = make_decided(nominal=nominal)
    with pytest.raises(DomainError, match="would learn that an application exists"):
        do(ask_managers, application)
    make_marker(application)
    do(ask_managers, application)
    action = Action.objects.get(kind=NEEDED)

    assert (action.owner, action.nominal, action.detail) == (nominal.offender_manager, nominal.pk, f"For {application.reference}")
    assert [each.marker.application for each in waiting_for_sharing(nominal.offender_manager, nominal)] == [application]


def test_the_managers_begin_the_decision_under_which_somebody_may_be_told(nominal):
    application = make_decided(nominal=nominal, scheme="child")
    begin = {"actor": nominal.offender_manager, "nominal": nominal, "reference": application.reference}
    with pytest.raises(DomainError, match="No such application"):
        start_telling_decision(**begin)
    make_marker(application)
    do(ask_managers, application)
    sharing = start_telling_decision(**begin)

    assert (sharing.template, sharing.recipient_kind, sharing.channel) == (Template.CHILD_SCHEME, "person", "spoken")
    assert (sharing.recipient, sharing.powers) == (f"Person who may be told under {application.reference}", ["cja_327a", "common_law"])
    with row_security(application.officer):
        assert application.decisions.get().sharing == sharing
    assert Action.objects.get(kind=NEEDED).state == "done"
    with pytest.raises(DomainError, match="No such application"):
        start_telling_decision(**begin)
    end_decision(actor=nominal.offender_manager, decision=sharing, version=SharingDecision.objects.get().version, reason="Wrong")
    assert start_telling_decision(**begin).pk != sharing.pk


def test_the_question_who_is_at_risk_is_left_to_the_application(nominal):
    application = make_decided(nominal=nominal)
    make_marker(application)
    sharing = start_telling_decision(actor=nominal.offender_manager, nominal=nominal, reference=application.reference)
    codes = [question.code for question in questions_for(sharing.template, sharing.recipient_kind)]

    assert "scheme_person" in codes
    assert "recipient_at_risk" not in codes
    assert "recipient_at_risk" in [question.code for question in questions_for("general", "person")]


# The neutral answer, and closing


def letter(verdict: str, **values) -> tuple[Application, bytes]:
    """The letter that answers an application."""
    application = make_decided(verdict, **values)
    do(answer_neutrally, application, way="call")
    return application, print_answer(actor=application.officer, application=fresh(application))[1]


def test_nothing_held_and_something_withheld_read_the_same(nominal):
    (one, held_back), (other, nothing) = letter("withhold", nominal=nominal), letter("nothing")
    texts = [
        text_of(file).replace(each.reference, "REF").replace(each.force.name, "FORCE")
        for each, file in ((one, held_back), (other, nothing))
    ]

    assert texts[0] == texts[1]
    assert "There is nothing that we are able to tell you" in texts[0]
    assert [name for name in (*NAMES, nominal.reference) if any(name in text for text in texts)] == []


def test_the_file_differs_in_reference_and_day_alone(nominal):
    application, file = letter("nothing")
    other = make_decided("withhold", nominal=nominal)
    NeutralAnswer.objects.create(application=other, text=NeutralAnswer.objects.get().text, way="call", sent_by=other.officer)
    other.force, other.reference = application.force, application.reference
    day = NeutralAnswer.objects.get(application=application).sent_at
    written = NeutralAnswer.objects.get(application=other)
    written.sent_at = day

    assert answer_paper(other, written) == file


def test_a_dated_text_is_kept_as_it_went(nominal):
    application, _ = letter("nothing", scheme="child")
    StandardText.objects.filter(code="child-neutral").update(text="Other words")

    assert NeutralAnswer.objects.get(application=application).text.startswith("You asked us about somebody who meets a child.")


@pytest.mark.parametrize("way", ["letter", "pigeon", ""])
def test_it_is_answered_only_by_a_way_that_is_safe(way):
    with pytest.raises(DomainError, match="safe"):
        do(answer_neutrally, make_decided("nothing"), way=way)


def test_the_latest_answer_about_a_way_counts():
    application = make_decided("nothing")
    with row_security(application.officer):
        SafeContact.objects.create(application=application, way="call", is_safe=False, asked_by=application.officer)
    with pytest.raises(DomainError, match="safe"):
        do(answer_neutrally, application, way="call")


def test_neutral_words_do_not_stand_in_for_telling():
    application = make_prepared()
    with pytest.raises(DomainError, match="First tell"):
        do(answer_neutrally, application, way="call")
    say(application)
    do(answer_neutrally, application, way="call")
    NeutralAnswer.objects.get(application=application)
    other = make_decided()
    NeutralAnswer.objects.create(application=other, text="Nothing", way="call", sent_by=other.officer)
    with pytest.raises(DomainError, match="Tell them"):
        do(close_application, other)


def test_whoever_was_told_needs_no_answer_and_nobody_asked_under_the_right_to_know():
    application = make_prepared()
    with row_security(application.officer):
        applicant = application.parties.get(role="applicant")
    do(settle_protector, application, same_as=applicant)
    do(ask_undertaking, application, undertaking="signed")
    say(application)
    known = make_decided("nothing", route="know")
    for each, words in ((application, "They need no other"), (known, "Nobody asked")):
        with pytest.raises(DomainError, match=words):
            do(answer_neutrally, each, way="call")

    do(close_application, known)
    assert fresh(known).state == "closed"


def test_closing_late_says_why_and_ends_the_clocks():
    application, _ = letter("nothing")
    raise_action(
        actor=None, kind="domestic-whole", title="To be told or answered", owner=Owner(user=application.officer), subject=application,
        rule="domestic-whole", starts_at=now() - timedelta(days=40), force=application.force,
    )  # fmt: skip
    with pytest.raises(DomainError) as refusal:
        do(close_application, application)
    do(close_application, application, late_reason="The forum met late")
    whole = Action.objects.get(kind="domestic-whole")

    assert refusal.value.field == "late_reason"
    assert (fresh(application).state, whole.state, whole.late_reason) == ("closed", "done", "The forum met late")


def test_what_was_told_is_not_decided_anew():
    application = make_decided("nothing")
    do(answer_neutrally, application, way="call")
    with pytest.raises(DomainError, match="stays"):
        do(decide_anew, application, reason="New")


def test_what_was_prepared_under_an_earlier_decision_is_not_said_under_the_next(nominal):
    application, _ = make_authorised(nominal)
    do(decide_anew, application, reason="The school rang")
    do(propose, application, verdict="disclose", ground="common_law", whom="The partner", reasons=REASONS)
    do(decide, application, lead_of(application), ruling="agree", words="Again")
    assert "word by word" in " ".join(lacks(application))
    do(write_words, application, safety_plan="A plan")
    row = SchemeDisclosure.objects.get()

    assert (row.release, row.script, row.undertaking) == (None, "", "")


def test_who_manages_the_record_prints_none_of_it(nominal):
    application, _ = make_authorised(nominal)
    with pytest.raises(NotPermitted):
        print_paper(actor=nominal.offender_manager, application=application, kind="script")

    assert not Application.objects.for_user(nominal.offender_manager).exists()
