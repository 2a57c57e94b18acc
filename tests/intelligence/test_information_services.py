"""Intelligence reports from the first keystroke to the release, and who may read what on the way."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Perm
from actions.models import Action, Notification, Occurrence
from audit.models import Event
from intelligence.models import Dissemination, InformationGiver, InformationRelease, InformationReport, ReportNote, ReportRoute
from intelligence.reports.information import told_about, written_by
from intelligence.rules.information import QUESTIONS
from intelligence.services.information import (
    add_subject,
    answer_more,
    discard_report,
    file_own_words,
    save_report,
    start_report,
    stop_for_danger,
    submit_report,
)
from intelligence.services.information_evaluating import evaluate_report, reject_report, release_report, return_report, withdraw_report
from intelligence.services.information_routing import take_route
from intelligence.services.information_sending import confirm_report, say_what_was_done, send_report
from offenders.models import Contact, Notice
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.intelligence.making_reports import GIVER, NO, SAFE, TEXT, evaluate, make_bureau, make_draft, make_release, make_sent, source

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_user()


@pytest.fixture
def nominal(manager):
    return make_nominal(offender_manager=manager)


@pytest.fixture
def author(manager):
    return make_user(Role.OPERATIONAL, organisation=manager.organisation)


@pytest.fixture
def bureau(author):
    return make_bureau(author.organisation)


@pytest.fixture
def sent(author, nominal):
    return make_sent(author=author, nominal=nominal, giver=GIVER, source=source("public"))


def sees_giver(user):
    """Givers that the database shows, and that the ORM's rule agrees."""
    with row_security(user), connection.cursor() as cursor:
        cursor.execute("SELECT report_id FROM intelligence_informationgiver ORDER BY report_id")
        shown = [key for (key,) in cursor.fetchall()]
        perm = Perm.VIEW_REPORT if Role.INTELLIGENCE in user.roles else Perm.SUBMIT_REPORT
        assert sorted(InformationGiver.objects.for_user(user, perm).values_list("report", flat=True)) == shown
    return shown


def test_a_draft_is_kept_as_typed_and_is_its_authors_alone(author, bureau, manager):
    report = start_report(actor=author)
    assert start_report(actor=author) == report  # an empty draft that stands open is gone on with
    save_report(actor=author, report=report, original="Half a senten")
    assert start_report(actor=author) != report
    save_report(actor=author, report=report, giver={"name": "Jean Carter"}, answers={"harm": ("yes", "Knife")})
    assert InformationReport.objects.for_user(author, Perm.SUBMIT_REPORT).get(pk=report.pk).original == "Half a senten"
    assert [sees_giver(user) for user in (author, bureau, manager)] == [[report.pk], [], []]
    for user in (bureau, manager):
        with pytest.raises(NotPermitted):
            save_report(actor=user, report=report, original="Forged")
    assert not InformationReport.objects.for_user(bureau).filter(pk=report.pk).exists()
    assert not Event.objects.filter(detail__icontains="senten").exists()
    discard_report(actor=author, report=report)
    assert not InformationReport.objects.filter(pk=report.pk).exists()


def test_once_sent_the_bureau_alone_reads_the_giver_and_never_the_author_again(sent, author, bureau, manager):
    own_bureau = make_bureau(author.organisation)
    others = [author, manager, make_bureau(make_unit().organisation), make_user(Role.SUPERVISOR, unit=manager.unit)]
    assert [sees_giver(user) for user in (bureau, own_bureau, *others)] == [[sent.pk], [sent.pk], [], [], [], []]
    make_exclusion(nominal=sent.subjects.get().nominal, user=bureau)
    assert sees_giver(bureau) == []
    assert not InformationReport.objects.for_user(bureau).exists()


def test_an_intelligence_officer_does_not_read_the_giver_of_an_own_report(bureau, nominal):
    report = make_sent(author=bureau, nominal=nominal, giver=GIVER)
    assert sees_giver(bureau) == []
    with pytest.raises(NotPermitted):
        evaluate(report, bureau)
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationReport.objects.filter(pk=report.pk).update(evaluated_by=bureau)


def test_without_a_user_no_giver_exists_and_nobody_writes_to_a_sent_one(sent, bureau, author):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vigil.user_id', '', true); SELECT count(*) FROM intelligence_informationgiver")
        assert cursor.fetchone() == (0,)
    for user in (bureau, author):
        with row_security(user):
            assert InformationGiver.objects.filter(report=sent).update(name="Forged") == 0
    with pytest.raises(DatabaseError, match="row-level security"), row_security(author):
        InformationGiver.objects.create(report=make_sent(author=author), name="Forged")


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"original": " "}, "original"), ({"seen_on": None}, "seen_on"), ({"seen_on": date(2099, 1, 1)}, "seen_on"),
        ({"source": None}, "source"),
    ],
)  # fmt: skip
def test_what_is_not_ready_is_not_sent(author, missing, field):
    draft = make_draft(author=author)
    save_report(actor=author, report=draft, **missing)
    with pytest.raises(DomainError) as refused:
        submit_report(actor=author, report=draft, version=draft.version)
    assert refused.value.field == field


def test_each_question_a_subject_and_the_officer_of_a_prison_are_needed(author):
    report = start_report(actor=author)
    save_report(actor=author, report=report, original=TEXT, seen_on=date(2026, 11, 1), source=source("prison"))
    with pytest.raises(DomainError) as refused:
        submit_report(actor=author, report=report, version=1)
    assert [each.field for each in refused.value.errors] == ["prison", "prison_officer", "find", *(f"answer_{code}" for code in QUESTIONS)]
    for given in ({"prison": "HMP Northmere"}, {"prison_officer": "Officer Lark"}):
        with pytest.raises(DomainError, match="whom it is about"):
            submit_report(actor=author, report=report, version=1)
        save_report(actor=author, report=report, **given)
    for _ in range(2):  # the page sends the words again while something else is missing
        add_subject(actor=author, report=report, called="Barnaby")
    assert report.subjects.count() == 1
    save_report(actor=author, report=report, answers={code: answer for code, answer in NO.items() if code != "trust"})
    with pytest.raises(DomainError, match="breach of trust"):
        submit_report(actor=author, report=report, version=1)
    save_report(actor=author, report=report, answers={"trust": ("unknown", "")})
    assert submit_report(actor=author, report=report, version=1).state == "submitted"


@pytest.mark.parametrize("missing", ["nature", "how_obtained", "circumstances", "frequency", "will_ask_more", "uses_relationship"])
def test_the_circumstances_of_a_member_of_the_public_are_thought_of(author, missing):
    nothing = None if isinstance(GIVER[missing], bool) else ""
    draft = make_draft(author=author, source=source("public"), giver=GIVER | {missing: nothing})
    with pytest.raises(DomainError) as refused:
        submit_report(actor=author, report=draft, version=draft.version)
    assert [each.field for each in refused.value.errors] == [f"giver_{missing}"]


@pytest.mark.parametrize("asked", ["will_ask_more", "uses_relationship"])
def test_asking_somebody_to_find_out_more_warns_of_a_covert_source_and_wants_a_reason(author, asked):
    draft = make_draft(author=author, giver=GIVER | {asked: True})
    with pytest.raises(DomainError, match="covert source") as refused:
        submit_report(actor=author, report=draft, version=draft.version)
    assert refused.value.field == "giver_more_reason"
    save_report(actor=author, report=draft, giver={"more_reason": "She sees him daily"})
    assert submit_report(actor=author, report=draft, version=draft.version).state == "submitted"


def test_nobody_is_named_whom_the_author_may_not_know(author, nominal):
    make_exclusion(nominal=nominal, user=author)
    report = start_report(actor=author)
    with pytest.raises(NotPermitted):
        add_subject(actor=author, report=report, nominal=nominal)
    with pytest.raises(DomainError, match="describe the person"):
        add_subject(actor=author, report=report, called=" ")


def test_what_was_sent_stays_as_it_was_and_more_is_added_below(sent, author, bureau):
    asking = Action.objects.waiting().get(kind="report-evaluation")
    assert (asking.owner_role, asking.unit, asking.nominal, asking.rule_code) == (Role.INTELLIGENCE, None, None, "report-evaluation")
    with pytest.raises(DomainError, match="sent already"):
        save_report(actor=author, report=sent, original="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationReport.objects.filter(pk=sent.pk).update(original="Other")
    with pytest.raises(DomainError, match="why"):
        return_report(actor=bureau, report=sent, reason=" ", version=sent.version)
    returned = return_report(actor=bureau, report=sent, reason="Which pool?", version=sent.version)
    assert [action.kind for action in Action.objects.waiting().filter(owner=author)] == ["report-more"]
    again = answer_more(actor=author, report=returned, text="The one in Tollgate Lane", version=returned.version)
    assert list(again.notes.values_list("kind", "text")) == [("asked", "Which pool?"), ("added", "The one in Tollgate Lane")]
    assert (again.state, again.original, sees_giver(author)) == ("submitted", TEXT, [])
    assert Action.objects.waiting().filter(kind="report-evaluation").count() == 1
    assert not Action.objects.waiting().filter(kind="report-more").exists()


def test_only_the_bureau_of_the_force_evaluates_and_two_at_once_do_not_overwrite(sent, bureau, manager, author):
    for user in (author, manager, make_bureau(make_unit().organisation), make_user(Role.SUPERVISOR, unit=manager.unit)):
        with pytest.raises(NotPermitted):
            evaluate(sent, user)
    done = evaluate(sent, bureau)
    assert (done.state, done.grade, done.evaluated_by) == ("evaluated", "2A P", bureau)
    with pytest.raises(StaleRecord):
        evaluate(sent, make_bureau(sent.force))


def test_a_text_that_gives_away_its_source_waits_for_a_second_look(sent, bureau):
    for told in ("Somebody looked through the lattice of her pergola", "Birdwhistle saw him", "Ring 07700900417"):
        with pytest.raises(DomainError, match="give away the source"):
            evaluate(sent, bureau, sanitised=told)
    assert evaluate(sent, bureau, sanitised="Birdwhistle saw him", is_checked=True).state == "evaluated"


def test_the_database_refuses_a_release_without_grade_text_or_conditions(sent, bureau):
    graded = {"grade_source": 1, "assessment": "A", "handling": "P", "sanitised": SAFE}
    good = graded | {"evaluated_by": bureau, "released_by": bureau, "number": 1}
    other = make_bureau(sent.force)
    for wrong in (
        {"sanitised": ""}, {"grade_source": None}, {"assessment": ""}, {"handling": ""}, {"evaluated_by": None},
        {"handling": "C", "released_by": other}, {"handling": "C", "conditions": "Do not copy"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            InformationRelease.objects.create(report=sent, **(good | wrong))
    InformationRelease.objects.create(report=sent, **(good | {"handling": "C", "conditions": "Do not copy", "released_by": other}))
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationReport.objects.filter(pk=sent.pk).update(state="released")


def test_what_has_conditions_is_released_by_another_person(sent, bureau):
    with pytest.raises(DomainError, match="which conditions"):
        evaluate(sent, bureau, handling="C")
    done = evaluate(sent, bureau, handling="C", conditions="Do not act without asking us")
    with pytest.raises(DomainError, match="another officer"):
        release_report(actor=bureau, report=done, version=done.version)
    release = release_report(actor=make_bureau(sent.force), report=done, version=done.version)
    assert (release.number, release.conditions, release.reason) == (1, "Do not act without asking us", "")
    assert not Action.objects.waiting().filter(kind="report-evaluation").exists()


def test_readers_of_the_case_file_get_the_released_text_and_never_author_original_or_giver(sent, bureau, nominal, manager):
    stranger = make_user(Role.OPERATIONAL, organisation=manager.organisation)
    (told,) = told_about(manager, nominal)
    assert (told.releases, told.reference) == ([], sent.reference)
    make_release(report=sent, by=bureau, handling="C", conditions="Do not copy")
    (told,) = told_about(manager, nominal)
    (release,) = told.releases
    assert (release.sanitised, release.grade, release.conditions) == (SAFE, "2A C", "Do not copy")
    assert not hasattr(release, "author")
    assert not hasattr(release, "original")
    assert InformationReport.objects.for_user(manager, Perm.SUBMIT_REPORT).count() == 0
    assert InformationReport.objects.for_user(manager).count() == 0
    assert list(InformationRelease.objects.for_user(stranger)) == []
    assert Occurrence.objects.filter(kind="intelligence-linked", nominal=nominal.pk).count() == 1
    assert Notification.objects.filter(recipient=manager, text__contains="was released").count() == 1


def test_an_author_sees_where_a_report_stands_and_not_its_text_once_it_is_evaluated(sent, author, bureau):
    assert InformationReport.objects.for_user(author, Perm.SUBMIT_REPORT).get() == sent
    evaluate(sent, bureau)
    assert not InformationReport.objects.for_user(author, Perm.SUBMIT_REPORT).exists()
    (row,) = written_by(author)
    assert (row["reference"], row["label"], row["is_open"]) == (sent.reference, "Evaluated", False)
    assert TEXT not in str(row)


def test_a_text_that_names_a_record_unknown_to_the_reader_stays_away(author, manager, bureau, nominal):
    other = make_nominal(unit=manager.unit)
    report = make_draft(author=author, nominal=nominal)
    add_subject(actor=author, report=report, nominal=other)
    submitted = submit_report(actor=author, report=report, version=report.version)
    from intelligence.services.information_routing import route_reports  # noqa: PLC0415

    route_reports(actor=None)
    make_release(report=submitted, by=bureau)
    assert len(told_about(manager, nominal)[0].releases) == 1
    make_exclusion(nominal=other, user=manager)
    assert told_about(manager, nominal)[0].releases == []


def test_a_correction_is_another_release_with_its_reason_and_the_first_stays(sent, bureau, nominal, manager):
    first = make_release(report=sent, by=bureau)
    sent.refresh_from_db()
    with pytest.raises(DomainError, match="why"):
        evaluate(sent, bureau, sanitised="He was seen near a school.")
    fixed = evaluate(sent, bureau, sanitised="He was seen near a school.", reason="It was the school")
    assert [release.number for release in told_about(manager, nominal)[0].releases] == [1]  # what was released stands meanwhile
    second = release_report(actor=bureau, report=fixed, version=fixed.version)
    assert [(each.number, each.reason) for each in told_about(manager, nominal)[0].releases] == [(2, "It was the school"), (1, "")]
    for release in (first, second):
        with pytest.raises(IntegrityError), transaction.atomic():
            InformationRelease.objects.filter(pk=release.pk).update(sanitised="Other")
    with pytest.raises(DomainError, match="released already"):
        reject_report(actor=bureau, report=evaluate_again(sent, bureau), reason="No", version=sent.version)


def evaluate_again(report, by):
    """Begin another correction."""
    report.refresh_from_db()
    done = evaluate(report, by, reason="Once more")
    report.refresh_from_db()
    return done


def test_a_withdrawal_is_told_to_those_of_a_unit_who_could_read_the_report(sent, bureau, nominal):
    make_release(report=sent, by=bureau)
    unit = make_unit(organisation=sent.force)
    reader, kept_away = (make_user(Role.OPERATIONAL, unit=unit) for _ in range(2))
    send_report(actor=bureau, report=sent, units=[unit])
    make_exclusion(nominal=nominal, user=kept_away)
    sent.refresh_from_db()
    withdraw_report(actor=bureau, report=sent, reason="It was somebody else", version=sent.version)
    told = Notification.objects.filter(text__contains="withdrawn")
    assert [told.filter(recipient=user).count() for user in (reader, kept_away)] == [1, 0]


def test_a_withdrawn_report_is_gone_for_everybody_but_the_bureau(sent, bureau, nominal, manager):
    make_release(report=sent, by=bureau)
    sent.refresh_from_db()
    withdraw_report(actor=bureau, report=sent, reason="It was somebody else", version=sent.version)
    (told,) = told_about(manager, nominal)
    assert (told.state, told.releases) == ("withdrawn", [])
    assert InformationRelease.objects.for_user(bureau, Perm.VIEW_REPORT).count() == 1
    assert Notification.objects.filter(recipient=manager, text__contains="withdrawn").count() == 1


def test_an_older_grade_is_kept_as_it_was_given(sent, bureau):
    with pytest.raises(DomainError, match="like B24"):
        evaluate(sent, bureau, older_grade="B9")
    assert make_release(report=sent, by=bureau, older_grade="b24").older_grade == "B24"


def test_a_report_from_which_nothing_follows_says_why(sent, bureau):
    done = reject_report(actor=bureau, report=sent, reason="Known and dealt with", version=sent.version)
    assert (done.state, ReportNote.objects.get(report=sent).text) == ("rejected", "Known and dealt with")
    with pytest.raises(DomainError, match="dealt with this meanwhile"):
        evaluate_report(
            actor=bureau, report=done, version=done.version, grade_source=1, assessment="A", handling="P", sanitised=SAFE
        )  # fmt: skip


def test_what_somebody_says_of_themselves_goes_to_the_case_file(manager, author, nominal):
    at = nominal.created_at
    assert "contact log" in file_own_words(actor=manager, nominal=nominal, at=at, said="I have a new job", way="in_person")
    assert Contact.objects.get(nominal=nominal).party == "offender"
    assert "manager has been told" in file_own_words(actor=author, nominal=nominal, at=at, said="I have a new car", way="in_person")
    assert Notice.objects.get(nominal=nominal).what_happened == "I have a new car"
    assert not InformationReport.objects.exists()


def test_a_stop_for_danger_is_recorded(author):
    stop_for_danger(actor=author)
    assert Event.objects.filter(detail__act="Report stopped: somebody is in danger now").count() == 1


def test_suggestions_that_the_author_accepts_become_actions_and_others_do_not(author, nominal, manager):
    answers = dict.fromkeys(("harm", "at_risk", "associations", "trust"), ("yes", "Because"))
    make_sent(author=author, nominal=nominal, answers=answers, accepted=("harm", "at_risk", "associations", "substances"))
    raised = Action.objects.filter(kind="report-suggestion")
    assert {(row.owner_id, row.owner_role, row.nominal) for row in raised} == {
        (manager.pk, "", nominal.pk), (author.pk, "", None), (None, Role.INTELLIGENCE, None),
    }  # fmt: skip


def test_a_report_is_taken_once_with_what_was_done(sent, nominal, manager, author):
    route = ReportRoute.objects.get(report=sent)
    action = Action.objects.waiting().get(kind="report-taken")
    assert (action.owner, action.nominal, action.rule_code, action.raised_by) == (manager, nominal.pk, "report-taken", None)
    with pytest.raises(NotPermitted):
        take_route(actor=author, route=route, did="Nothing")
    with pytest.raises(DomainError, match="why"):
        take_route(actor=manager, route=route, did=" ")
    take_route(actor=manager, route=route, did="Visited him")
    assert not Action.objects.waiting().filter(kind="report-taken").exists()
    with pytest.raises(StaleRecord):
        take_route(actor=manager, route=route, did="Again")


def test_a_released_report_goes_to_people_and_units_with_conditions_receipt_and_answer(sent, bureau, nominal):
    colleague, unit = make_user(Role.OPERATIONAL, organisation=sent.force), make_unit(organisation=sent.force)
    member = make_user(Role.OPERATIONAL, unit=unit)
    with pytest.raises(DomainError, match="released"):
        send_report(actor=bureau, report=sent, people=[colleague])
    make_release(report=sent, by=bureau, handling="C", conditions="Do not copy")
    with pytest.raises(DomainError, match="conditions"):
        send_report(actor=bureau, report=sent, people=[colleague])
    rows = send_report(actor=bureau, report=sent, people=[colleague], units=[unit], conditions="Do not copy", expected="Patrol")
    assert send_report(actor=bureau, report=sent, people=[colleague], conditions="Do not copy") == []
    assert [[row.pk for row in Dissemination.objects.for_user(user)] for user in (colleague, member, make_user())] == [
        [rows[0].pk], [rows[1].pk], [],
    ]  # fmt: skip
    assert Notification.objects.filter(text="Intelligence was sent to you").count() == 2
    confirm_report(actor=member, sent=rows[1])
    say_what_was_done(actor=member, sent=rows[1], did="Patrolled twice")
    row = Dissemination.objects.get(pk=rows[1].pk)
    assert (row.read_by, row.did, row.did_by) == (member, "Patrolled twice", member)
    with pytest.raises(StaleRecord):
        say_what_was_done(actor=member, sent=row, did="Again")
    with pytest.raises(NotPermitted):
        confirm_report(actor=member, sent=rows[0])
    make_exclusion(nominal=nominal, user=colleague)
    assert not Dissemination.objects.for_user(colleague).exists()


def test_who_may_not_know_of_somebody_named_cannot_be_sent_the_report(sent, bureau, nominal):
    make_release(report=sent, by=bureau)
    colleague = make_user(Role.OPERATIONAL, organisation=sent.force)
    make_exclusion(nominal=nominal, user=colleague)
    with pytest.raises(DomainError, match="cannot receive"), transaction.atomic():
        send_report(actor=bureau, report=sent, people=[colleague])
    assert not Dissemination.objects.exists()
