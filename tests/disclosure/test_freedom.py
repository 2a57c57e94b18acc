"""Requests for information of the force: the lock, clarifying, the press office, replies, letters, reviews."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.timezone import localdate, now
from pypdf import PdfReader

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action, Notification
from actions.services import extend_clock, withdraw_extension
from actions.services.clocks import lock_action
from audit.models import Event
from disclosure.choices.freedom import FreedomKind, ReplyOutcome
from disclosure.models import FreedomReply, FreedomRequest, FreedomReview, Ground, StandardText
from disclosure.reports.freedom import CLOCK, REVIEW, clock_of
from disclosure.rules.freedom import Reasoned, Standing, missing_to_reply, reply_faults, suggests_referral
from disclosure.services.freedom import (
    agree_departure,
    agree_no,
    ask_back,
    give_time_to_weigh,
    hear_back,
    note_as_press_office,
    record_advice,
    refer_request,
    sort_request,
    tell_press_office,
    withdraw_request,
)
from disclosure.services.freedom_replies import (
    add_figures,
    approve_reply,
    ask_review,
    decide_review,
    print_letter,
    remove_figures,
    send_reply,
    write_reply,
)
from disclosure.services.practice import change_text
from offenders.search import index_names
from tests.disclosure.making_freedom import TELLING, advise, make_governance, make_reply_row, make_request_row, take
from tests.factories import make_nominal, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CONCERNS = Standing(kind=FreedomKind.STATISTICS, concerns=True, is_suggested=True)
REFUSAL = [("law_enforcement", "It would show where officers are.", "Openness weighs little against the harm.")]


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def keeper():
    return make_governance()


@pytest.fixture
def second(keeper):
    return make_governance(keeper.organisation)


def fresh(request: FreedomRequest) -> dict:
    """The request and the version that is stored now."""
    request.refresh_from_db()
    return {"request": request, "version": request.version}


def reply(actor, request, **values) -> FreedomReply:
    """Write a reply that discloses."""
    plain = {"outcome": "disclose", "text": "Eleven.", "reasons": "It is held and may be known."}
    return write_reply(actor=actor, **fresh(request), **plain | values)


def send(keeper, second, request, **values) -> FreedomReply:
    """Write, approve and send a reply."""
    reply(keeper, request, **values)
    approve_reply(actor=second, **fresh(request))
    return send_reply(actor=keeper, **fresh(request))


def barnaby(keeper) -> None:
    """Somebody on record in the force."""
    unit = make_user(organisation=keeper.organisation).unit
    make_nominal(force=keeper.organisation, unit=unit, surname="Quillfeather", given_names="Barnaby")
    index_names(None)


def text_of(letter: bytes) -> str:
    """The words of a letter."""
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(letter)).pages).split())


@pytest.mark.parametrize(
    "question",
    ["How many MAPPA meetings?", "number of sex offenders", "Sexual offenders in our town", "What is ViSOR?", "RSOs per officer",
     "How many notification requirements were breached", "multi-agency public protection", "SHPOs made", "Sarah's Law applications"],
)  # fmt: skip
def test_words_suggest_that_the_national_unit_is_asked(question):
    assert suggests_referral(question)


@pytest.mark.parametrize("question", ["How many electric cars?", "Cost of person-hours", "Mapping software", "Notification sounds"])
def test_other_words_suggest_nothing(question):
    assert not suggests_referral(question)


def test_what_is_missing_is_named_step_by_step():
    steps = [
        (CONCERNS, "refer it"),
        (replace(CONCERNS, is_referred=True), "advice is not recorded"),
        (replace(CONCERNS, is_referred=True, is_advised=True, is_followed=False), "second person must agree that"),
        (replace(CONCERNS, concerns=False), "second person must agree, or"),
    ]
    for standing, words in steps:
        assert words in " ".join(missing_to_reply(standing))
    free = (
        replace(CONCERNS, is_referred=True, is_advised=True, is_followed=True),
        replace(CONCERNS, is_referred=True, is_advised=True, is_followed=False, departure_is_agreed=True),
        replace(CONCERNS, concerns=False, no_is_agreed=True),
        replace(CONCERNS, kind=FreedomKind.PUBLISHED),
        replace(CONCERNS, concerns=False, is_suggested=False),
    )
    assert [missing_to_reply(standing) for standing in free] == [[]] * 5


@pytest.mark.parametrize(
    ("kind", "outcome", "text", "grounds", "field"),
    [
        ("statistics", "published", "See there", [], "outcome"), ("published", "disclose", "x", [], "outcome"),
        ("case", "not_held", "", [], "outcome"), ("statistics", "disclose", " ", [], "text"), ("case", "neither", "But", [], "text"),
        ("statistics", "not_held", "x", [], "text"), ("statistics", "refuse", "", [], "grounds"),
        ("statistics", "disclose", "x", [Reasoned("cost", "x", needs_test=False, test="")], "grounds"),
        ("statistics", "refuse", "", [Reasoned("cost", "", needs_test=False, test="")], "why_cost"),
        ("statistics", "part", "x", [Reasoned("law", "x", needs_test=True, test=" ")], "test_law"),
    ],
)  # fmt: skip
def test_a_reply_has_what_its_outcome_needs_and_nothing_else(kind, outcome, text, grounds, field):
    faults = reply_faults(FreedomKind(kind), ReplyOutcome(outcome), text, grounds, has_figures=False)
    assert [name for name, _ in faults] == [field]
    assert reply_faults(FreedomKind.STATISTICS, ReplyOutcome.REFUSE, "", [Reasoned("c", "x", needs_test=False, test="")], has_figures=True)


def test_what_concerns_registered_offenders_is_locked_until_the_advice_is_recorded(keeper):
    asked = take(keeper, TELLING)
    for step in ("refer it", "advice is not recorded"):
        with pytest.raises(DomainError, match=step):
            reply(keeper, asked)
        if step == "refer it":
            refer_request(actor=keeper, **fresh(asked), referred_on=localdate())
    given = {"their_reference": "NU 1", "given_on": localdate(), "text": "Totals only.", "is_followed": True}
    record_advice(actor=keeper, **fresh(asked), **given)
    assert reply(keeper, asked).number == 1


def test_advice_is_not_followed_by_two_people(keeper, second):
    asked = take(keeper, TELLING)
    with pytest.raises(DomainError, match="what is said"):
        advise(keeper, asked, is_followed=False)
    asked = take(keeper, TELLING)
    advise(keeper, asked, is_followed=False, why_not="The figures are published already.")
    with pytest.raises(DomainError, match="second person"):
        reply(keeper, asked)
    with pytest.raises(DomainError, match="somebody else"):
        agree_departure(actor=keeper, **fresh(asked))
    agree_departure(actor=second, **fresh(asked))
    assert reply(keeper, asked).number == 1
    again = {"their_reference": "NU 1", "given_on": localdate(), "text": "No.", "is_followed": False, "why_not": "x"}
    record_advice(actor=second, **fresh(asked), **again)
    with pytest.raises(DomainError, match="second person"):
        reply(keeper, asked)


def test_a_no_against_its_words_has_a_reason_and_a_second_person(keeper, second):
    with pytest.raises(DomainError) as refused:
        take(keeper, TELLING, concerns=False)
    assert refused.value.field == "why_not"
    asked = take(keeper, TELLING, concerns=False, why_not="They ask about a novel of that name.")
    with pytest.raises(DomainError, match="second person"):
        reply(keeper, asked)
    with pytest.raises(DomainError, match="somebody else"):
        agree_no(actor=keeper, **fresh(asked))
    agree_no(actor=second, **fresh(asked))
    assert reply(keeper, asked).number == 1
    sort_request(actor=second, **fresh(asked), kind="statistics", concerns=False, why_not="The same")
    assert fresh(asked)["request"].no_agreed_at is None
    with pytest.raises(DomainError, match="second person"):
        approve_reply(actor=second, **fresh(asked))


def test_the_published_report_is_pointed_to_without_advice_and_nothing_else_is(keeper, second):
    asked = take(keeper, "Where is your MAPPA report?", kind="published", concerns=True)
    with pytest.raises(DomainError, match="pointing to it"):
        reply(keeper, asked)
    sent = send(keeper, second, asked, outcome="published", text="northmere.example/mappa-report")
    assert "northmere.example/mappa-report" in text_of(print_letter(actor=keeper, reply=sent))


def test_the_database_refuses_what_the_service_would(keeper, second):
    force = keeper.organisation
    rows = {"concerns": True, "is_suggested": True}, {"is_suggested": True, "why_not": "x"}
    for values in rows:
        asked = make_request_row(force=force, **values)
        with pytest.raises(IntegrityError, match="before the advice"), transaction.atomic():
            make_reply_row(asked)
    published = make_request_row(force=force, kind="published", concerns=True)
    with pytest.raises(IntegrityError, match="pointing"), transaction.atomic():
        make_reply_row(published)
    draft = make_reply_row(make_request_row(force=force))
    approved = {"approved_by": second, "approved_at": now(), "approved_hash": "0" * 64}
    row = FreedomReply.objects.filter(pk=draft.pk)
    for broken in (
        approved | {"approved_by": draft.edited_by}, {"sent_by": second, "sent_at": now(), "letter": b"x", "sha256": "0" * 64},
        {"outcome": "neither"}, {"outcome": "refuse"}, {"outcome": "published"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**broken)
    row.update(**approved)
    for broken in ({"text": "Twelve."}, {"figures": {}}, {"edited_by": keeper}):
        with pytest.raises(IntegrityError, match="lapses"), transaction.atomic():
            row.update(**broken)
    FreedomRequest.objects.filter(pk=draft.request_id).update(concerns=True, why_not="")
    with pytest.raises(IntegrityError, match="before the advice"), transaction.atomic():
        row.update(sent_by=second, sent_at=now(), letter=b"x", sha256="0" * 64)
    FreedomRequest.objects.filter(pk=draft.request_id).update(concerns=False)
    row.update(sent_by=second, sent_at=now(), letter=b"x", sha256="0" * 64)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        row.update(letter=b"y")


def test_an_edit_lapses_the_approval_and_nobody_approves_their_own(keeper, second):
    asked = take(keeper)
    reply(keeper, asked)
    with pytest.raises(DomainError, match="not approved"):
        send_reply(actor=keeper, **fresh(asked))
    with pytest.raises(DomainError, match="somebody else"):
        approve_reply(actor=keeper, **fresh(asked))
    approve_reply(actor=second, **fresh(asked))
    stale = asked.version
    reply(keeper, asked, text="Twelve.")
    with pytest.raises(DomainError, match="not approved"):
        send_reply(actor=keeper, **fresh(asked))
    with pytest.raises(StaleRecord):
        approve_reply(actor=second, request=asked, version=stale)
    assert Action.objects.waiting().filter(kind="freedom-approve", subject_id=asked.pk).count() == 1


def test_standard_words_changed_after_the_approval_are_approved_anew(keeper, second):
    asked = take(keeper, "Is my neighbour on a list?", kind="case")
    reply(keeper, asked, outcome="neither", text="")
    approve_reply(actor=second, **fresh(asked))
    admin = make_user(Role.ADMINISTRATOR, organisation=keeper.organisation)
    words = StandardText.objects.get(code="freedom-neither")
    StandardText.objects.filter(pk=words.pk).update(text="Other words.")
    with pytest.raises(DomainError, match="not approved"):
        send_reply(actor=keeper, **fresh(asked))
    assert change_text(
        actor=admin, text=words, starts_on=localdate() + timedelta(days=1), reason="x", name=words.name, words="More", source="x"
    ).text == "More"  # fmt: skip


def test_the_letter_is_kept_as_it_went_and_the_clock_closes(keeper, second):
    asked = take(keeper)
    sent = send(keeper, second, asked, outcome="part", text="Eleven.", grounds=REFUSAL)
    letter = print_letter(actor=keeper, reply=sent)
    words = text_of(letter)
    assert hashlib.sha256(letter).hexdigest() == sent.sha256
    assert letter == print_letter(actor=second, reply=sent)
    for said in ("Eleven.", "Section 31", "It would show where officers are.", "Openness weighs little", "Information Commissioner"):
        assert said in words
    assert "It is held and may be known" not in words
    assert fresh(asked)["request"].ending == "answered"
    assert Action.objects.get(kind=CLOCK, subject_id=asked.pk).state == "done"
    assert Event.objects.filter(verb="printed", subject_id=asked.pk, detail__act="Letter printed").count() == 2
    with pytest.raises(DomainError, match="ended"):
        reply(keeper, asked)


def test_whether_anything_is_held_or_not_the_answer_reads_the_same(keeper, second):
    barnaby(keeper)
    letters = []
    for question in ("Is Barnaby Quillfeather on the register?", "Is Jolyon Nobody on the register?"):
        asked = take(keeper, question, kind="case", concerns=True)
        advise(keeper, asked)
        sent = send(keeper, second, asked, outcome="neither", text="")
        letters.append(text_of(print_letter(actor=keeper, reply=sent)).replace(asked.reference, ""))
    assert letters[0] == letters[1]
    assert "neither confirm nor deny" in letters[0]
    assert "Quillfeather" not in letters[0]
    asked = take(keeper, "Is Jolyon Nobody on the register?", kind="case", concerns=True)
    advise(keeper, asked)
    with pytest.raises(DomainError, match="Neither confirm nor deny"):
        reply(keeper, asked, outcome="not_held", text="")


def test_a_reply_names_nobody_on_record(keeper):
    barnaby(keeper)
    asked = take(keeper)
    for field, values in {
        "text": {"text": "We arrested Barnaby Quillfeather."}, "why_law_enforcement":
        {"outcome": "refuse", "text": "", "grounds": [("law_enforcement", "Barnaby Quillfeather would learn of it.", "x")]},
    }.items():  # fmt: skip
        with pytest.raises(DomainError) as refused:
            reply(keeper, asked, **values)
        assert refused.value.field == field
        assert "Quillfeather" not in str(refused.value)
    assert not FreedomReply.objects.exists()


def test_exemptions_are_those_of_the_day(keeper):
    asked = take(keeper)
    Ground.objects.filter(code="cost").update(period=(date(2005, 1, 1), date(2006, 1, 1)))
    for code in ("cost", "confidential", "no-such"):
        with pytest.raises(DomainError) as refused:
            reply(keeper, asked, outcome="refuse", text="", grounds=[(code, "x", "x")])
        assert refused.value.field == "grounds"


def weigh(actor, request, **values) -> Action:
    """Give more time to weigh the public interest for section 31."""
    days = {"told_on": localdate(), "due_on": localdate() + timedelta(days=60)}
    plain = days | {"ground": "law_enforcement", "reason": "Two units were asked"}
    return give_time_to_weigh(actor=actor, **fresh(request), **plain | values)


def test_weighing_the_public_interest_gives_time_that_is_explained_and_can_be_withdrawn(keeper, second):
    asked = take(keeper)
    due = clock_of(asked).due
    clock = weigh(keeper, asked)
    assert clock.due.date() == localdate() + timedelta(days=60)
    assert "Section 31: the public interest is weighed, and they were told 24 November 2026. Two units" in clock.explanation[-1]["words"]
    event = Event.objects.get(subject_type="disclosure.freedomrequest", detail__act="Time given to weigh the public interest")
    assert (event.detail["exemption"], event.detail["told_on"]) == ("law_enforcement", "2026-11-24")
    assert Event.objects.filter(subject_type="actions.action", subject_id=clock.pk, detail__act="Time added").exists()
    withdraw_extension(actor=second, action=clock, extension=clock.extensions.get(), reason="Weighed sooner")
    assert clock_of(asked).due == due
    with pytest.raises(DomainError, match="You own this action"):
        extend_clock(actor=keeper, action=clock_of(asked), quantity=5, unit="days", reason="Without any exemption")


def test_time_to_weigh_takes_an_exemption_that_is_weighed_and_word_in_time(keeper):
    asked = take(keeper, received_on=localdate() - timedelta(days=40))
    with pytest.raises(DomainError) as late:
        weigh(keeper, asked)
    assert (late.value.field, "told by 12 November 2026" in str(late.value)) == ("told_on", True)
    in_time = {"told_on": localdate() - timedelta(days=15)}
    for field, values in {
        "ground": {"ground": "cost"}, "due_on": {"due_on": localdate() - timedelta(days=1)}, "reason": {"reason": " "},
        "told_on": {"told_on": localdate() - timedelta(days=41)},
    }.items():  # fmt: skip
        with pytest.raises(DomainError) as refused:
            weigh(keeper, asked, **in_time | values)
        assert refused.value.field == field
    assert weigh(keeper, asked, **in_time).extensions.count() == 1
    with pytest.raises(DomainError, match="Enter a day after 23 January 2027"):
        weigh(keeper, asked, **in_time)
    ask_back(actor=keeper, **fresh(asked), asked="Which year?", asked_on=localdate())
    with pytest.raises(DomainError, match="No clock runs now"):
        weigh(keeper, asked, **in_time)
    with pytest.raises(NotPermitted):
        weigh(make_user(Role.PRESS_OFFICER, organisation=keeper.organisation), asked)


def test_asking_back_stops_the_clock_and_with_the_answer_the_time_begins_anew(keeper):
    asked = take(keeper, received_on=localdate() - timedelta(days=9))
    ask_back(actor=keeper, **fresh(asked), asked="Which year?", asked_on=localdate() - timedelta(days=5))
    assert clock_of(asked).late_from is None
    with pytest.raises(DomainError, match="not answered yet"):
        ask_back(actor=keeper, **fresh(asked), asked="And?", asked_on=localdate())
    hear_back(actor=keeper, **fresh(asked), said="Of last year. And how many sex offenders drive one?", said_on=localdate())
    clock = clock_of(asked)
    assert clock.due.date() == date(2026, 12, 22)  # 20 working days after today
    assert clock.explanation[-1]["words"] == "The time begins anew: 20 working days later, without weekends"
    with pytest.raises(DomainError, match="second person"):
        reply(keeper, asked)  # what they said concerns registered offenders


def test_late_replies_say_why(keeper, second):
    asked = take(keeper, received_on=localdate() - timedelta(days=60))
    reply(keeper, asked)
    approve_reply(actor=second, **fresh(asked))
    with pytest.raises(DomainError) as refused:
        send_reply(actor=keeper, **fresh(asked))
    assert refused.value.field == "late_reason"
    asked.refresh_from_db()
    assert asked.is_open
    send_reply(actor=keeper, **fresh(asked), late_reason="The figures came late")
    assert Action.objects.get(kind=CLOCK).late_reason == "The figures came late"


def test_the_press_office_is_told_notes_and_changes_nothing_else(keeper):
    press = make_user(Role.PRESS_OFFICER, organisation=keeper.organisation)
    asked = take(keeper)
    with pytest.raises(DomainError, match="not told"):
        note_as_press_office(actor=press, request=asked, notes="x")
    tell_press_office(actor=keeper, **fresh(asked))
    assert Notification.objects.filter(recipient=press).count() == 1
    note_as_press_office(actor=press, request=asked, notes="Lines are ready.")
    assert Notification.objects.filter(recipient=keeper, text__startswith="The press office noted").exists()
    for act in (reply, take):
        with pytest.raises(NotPermitted):
            act(press, asked) if act is reply else act(press)
    with pytest.raises(NotPermitted):
        note_as_press_office(actor=keeper, request=asked, notes="x")


def test_a_complaint_is_reviewed_by_somebody_without_a_part_and_may_lead_to_another_reply(keeper, second):
    third = make_governance(keeper.organisation)
    asked = take(keeper)
    with pytest.raises(DomainError, match="No reply was sent"):
        ask_review(actor=keeper, **fresh(asked), asked_on=localdate(), complaint="Too slow")
    sent = send(keeper, second, asked)
    ask_review(actor=keeper, **fresh(asked), asked_on=localdate(), complaint="You gave half of it")
    with pytest.raises(DomainError, match="reviewed already"):
        ask_review(actor=keeper, **fresh(asked), asked_on=localdate(), complaint="Again")
    for part in (keeper, second):
        with pytest.raises(DomainError, match="had a part"):
            decide_review(actor=part, **fresh(asked), outcome="upheld", words="x")
    with pytest.raises(IntegrityError, match="had a part"), transaction.atomic():
        FreedomReview.objects.filter(reply=sent).update(outcome="part", words="x", decided_by=keeper, decided_at=now())
    decide_review(actor=third, **fresh(asked), outcome="part", words="Half was missing")
    assert fresh(asked)["request"].is_open
    again = send(second, third, asked, text="Eleven and four.")
    assert (again.number, Action.objects.get(kind=REVIEW).state) == (2, "done")
    ask_review(actor=keeper, **fresh(asked), asked_on=localdate(), complaint="Still")
    decide_review(actor=keeper, **fresh(asked), outcome="upheld", words="All is there")
    assert not fresh(asked)["request"].is_open
    assert not Action.objects.waiting().filter(subject_id=asked.pk, subject_type="disclosure.freedomrequest").exists()


def test_a_withdrawn_request_ends_without_a_reply(keeper):
    asked = take(keeper, TELLING)
    withdraw_request(actor=keeper, **fresh(asked), end_words="By email: no longer interested")
    assert (fresh(asked)["request"].ending, Action.objects.get(kind=CLOCK).state) == ("withdrawn", "cancelled")
    with pytest.raises(DomainError, match="ended"):
        refer_request(actor=keeper, **fresh(asked), referred_on=localdate())


def test_another_force_and_other_roles_find_nothing(keeper):
    asked = take(keeper)
    for outsider in (make_governance(), make_user(Role.SUPERVISOR, organisation=keeper.organisation)):
        assert not FreedomRequest.objects.for_user(outsider).exists()
        with pytest.raises(NotPermitted):
            withdraw_request(actor=outsider, **fresh(asked), end_words="x")
        with pytest.raises(NotPermitted):
            print_letter(actor=outsider, reply=make_reply_row(make_request_row(force=keeper.organisation)))


def test_figures_come_from_the_records_and_an_edit_of_them_lapses_too(keeper, second):
    asked = take(keeper)
    reply(keeper, asked)
    approve_reply(actor=second, **fresh(asked))
    add_figures(actor=keeper, **fresh(asked), as_at=localdate())
    with pytest.raises(DomainError, match="not approved"):
        send_reply(actor=keeper, **fresh(asked))
    with pytest.raises(DomainError, match="figures"):
        reply(keeper, asked, outcome="refuse", text="", grounds=REFUSAL)
    approve_reply(actor=second, **fresh(asked))
    words = text_of(print_letter(actor=keeper, reply=send_reply(actor=keeper, **fresh(asked))))
    assert "People in the community under MAPPA, as at" in words
    assert "Hidden" in words
    asked = take(keeper)
    reply(keeper, asked)
    with pytest.raises(DomainError, match="no figures"):
        remove_figures(actor=keeper, **fresh(asked))
    with pytest.raises(DomainError, match="earlier day"):
        add_figures(actor=keeper, **fresh(asked), as_at=localdate() + timedelta(days=1))
    assert lock_action(clock_of(asked)).owner_role == Role.INFORMATION_GOVERNANCE
