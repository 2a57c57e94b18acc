"""What intelligence work adds to the line of time and to the history of a record, and for whom."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.access import row_security
from accounts.choices import Role
from intelligence.choices.checks import CheckResult, CheckState, Failure
from intelligence.choices.information import Handling
from intelligence.models import CovertReferral, InformationRelease, InformationReport, ReportSubject, SystemCheck, TravelRecord
from intelligence.services.covert import save_referral, start_referral, submit_referral
from intelligence.timeline import of_briefings, of_checks, of_crossings
from offenders.documents.timeline import timeline_paper
from offenders.history import changes_of, describe_changes
from offenders.reports.visits import changes_since
from offenders.timeline.reading import read_timeline
from offenders.timeline.sources import every_source
from tests.factories import make_exclusion, make_grant, make_nominal, make_unit, make_user
from tests.intelligence.making_checks import make_check, make_source
from tests.intelligence.making_reports import make_bureau, make_released_row
from tests.intelligence.making_travel import LEFT, make_record
from tests.offenders.making_meetings import make_item, make_minutes, make_restricted
from tests.offenders.test_meetings_copies import text_of
from tests.safety.things.briefings import make_briefing

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user()


@pytest.fixture
def nominal(officer):
    return make_nominal(offender_manager=officer)


def entries(user, nominal, *kinds, **values):
    """What intelligence work has told, newest first."""
    page = read_timeline(user, nominal, now() + timedelta(seconds=1), **values)
    return [entry for entry in page.entries if entry.kind in (kinds or ("check", "briefing", "travel", "intelligence"))]


def titles(user, nominal, *kinds, **values):
    return [entry.title for entry in entries(user, nominal, *kinds, **values)]


def fill(nominal, reader):
    """One of each kind."""
    make_check(nominal=nominal, source=make_source("visor"), result=CheckResult.TRACE, days_ago=2, details="One file.")
    make_briefing(nominal=nominal, reader=reader)
    return make_record(nominal=nominal, travels_at=now() - timedelta(days=3), port="Northmere Airport")


def test_a_released_report_stands_there_as_last_corrected_with_grade_and_handling_and_without_its_author(officer, nominal):
    report = make_released_row(nominal=nominal)
    corrected = {"grade_source": 3, "assessment": "D", "handling": "C", "conditions": "Not to the press", "sanitised": "He was seen."}
    first = report.releases.get()
    two = {"evaluated_by": first.evaluated_by, "released_by": make_bureau(nominal.force), "number": 2, "reason": "Source doubted"}
    InformationRelease.objects.create(report=report, **corrected, **two)
    [entry] = entries(officer, nominal, "intelligence")
    assert (entry.title, entry.text) == (
        f"{report.reference}, 3D C", f"He was seen.\nHandling: {Handling.CONDITIONS.label}. Not to the press"
    )  # fmt: skip
    assert entry.who == ""
    InformationReport.objects.filter(pk=report.pk).update(state="withdrawn")
    assert entries(officer, nominal, "intelligence") == []


def test_a_report_that_names_a_hidden_record_too_stands_on_no_line(officer, nominal):
    report = make_released_row(nominal=nominal)
    hidden = make_nominal(unit=nominal.unit)
    ReportSubject.objects.create(report=report, nominal=hidden)
    assert len(entries(officer, nominal, "intelligence")) == 1
    make_exclusion(nominal=hidden, user=officer)
    assert entries(officer, nominal, "intelligence") == []


def test_checks_briefings_and_crossings_stand_on_the_line(officer, nominal):
    reader = make_user(Role.OPERATIONAL, unit=nominal.unit)
    fill(nominal, reader)
    source = SystemCheck.objects.get().source.name
    told = [(entry.kind, entry.title, entry.text) for entry in entries(officer, nominal)]
    assert told == [
        ("briefing", "Investigators briefed: Theft", f"NM/1. For {reader.display_name}"),
        ("check", f"{source}: Trace", "One file."),
        ("travel", "Seen at the border: leaving, no notification required", "Northmere Airport, to Portugal"),
    ]
    assert titles(officer, nominal, kind="check") == [f"{source}: Trace"]


def test_questions_without_an_end_and_what_was_recorded_in_error_are_not_told(officer, nominal):
    make_check(nominal=nominal, source=make_source("one"), state=CheckState.ASKED)
    wrong = {"withdrawn_at": now(), "withdrawn_by": officer, "withdrawn_why": "Another person"}
    make_check(nominal=nominal, source=make_source("two"), **wrong)
    failed = make_source("three", name="Invented register")
    make_check(nominal=nominal, source=failed, state=CheckState.FAILED, result="", failure=Failure.OUTAGE, finished_at=now())
    record = make_record(nominal=nominal, travels_at=now() - timedelta(days=3))
    TravelRecord.objects.filter(pk=record.pk).update(**wrong)
    assert titles(officer, nominal) == ["Invented register: No answer. It could not be reached"]


def test_a_crossing_without_a_day_stands_where_it_was_filed(officer, nominal):
    record = make_record(nominal=nominal, travels_at=None)
    (entry,) = entries(officer, nominal)
    assert (entry.at, entry.text) == (TravelRecord.objects.get(pk=record.pk).filed_at, "To Portugal, time not said")


def test_the_newest_before_a_moment_are_told_as_many_as_asked(officer, nominal):
    for number in range(3):
        make_check(nominal=nominal, source=make_source(f"source-{number}"), days_ago=number + 1)
        make_briefing(nominal=nominal, offence=f"Theft {number}")
        make_record(nominal=nominal, travels_at=LEFT - timedelta(days=number))
    far = now() + timedelta(days=900)
    for source in (of_checks, of_briefings, of_crossings):
        assert source in every_source()
        all_told = list(source(officer, nominal, far, 9))
        assert len(all_told) == 3
        assert [entry.at for entry in all_told] == sorted((entry.at for entry in all_told), reverse=True)
        assert list(source(officer, nominal, all_told[0].at, 1)) == all_told[1:2]


def test_a_reader_sees_only_what_may_be_seen(officer, nominal):
    named, card_only, kept_away = make_user(Role.OPERATIONAL, unit=nominal.unit), make_user(), make_user(unit=nominal.unit)
    fill(nominal, named)
    make_grant(nominal=nominal, user=card_only, permission="view_card")
    assert len(titles(kept_away, nominal)) == 3
    make_exclusion(nominal=nominal, user=kept_away)
    assert [titles(user, nominal) for user in (card_only, kept_away, make_user(Role.ADMINISTRATOR))] == [[], [], []]
    assert [entry for source in every_source()[-3:] for entry in source(card_only, nominal, now(), 9)] == []


def test_the_line_takes_as_many_queries_for_many_as_for_few(officer, nominal):
    def count():
        with CaptureQueriesContext(connection) as captured:
            read_timeline(officer, nominal, now() + timedelta(seconds=1))
        return len(captured)

    def more(number):
        make_check(nominal=nominal, source=make_source(f"source-{number}"))
        make_briefing(nominal=nominal)
        make_record(nominal=nominal, travels_at=now() - timedelta(days=number))

    more(1)
    count()
    few = count()
    for number in range(2, 8):
        more(number)
    assert count() == few


def test_the_paper_tells_it_too(officer, nominal):
    fill(nominal, make_user(Role.OPERATIONAL, unit=nominal.unit))
    paper = text_of(timeline_paper(officer, nominal, now() + timedelta(seconds=1)))
    assert [words in paper for words in ("Investigators briefed: Theft", "Seen at the border: leaving")] == [True, True]


def test_a_sheet_for_the_door_tells_of_crossings_but_not_of_checks_or_briefings(officer, nominal):
    fill(nominal, make_user(Role.OPERATIONAL, unit=nominal.unit))
    told = " ".join(change.words for change in changes_since(officer, nominal, now() - timedelta(days=9)))
    assert [words in told for words in ("Seen at the border", "Investigators briefed", "Trace")] == [True, False, False]


def history(user, nominal):
    """Return what changed, as far as the user may see it."""
    with row_security(user):
        return [change.what for change in describe_changes(changes_of(user, nominal))]


def test_the_history_shows_rows_of_intelligence_work(officer, nominal):
    before = history(officer, nominal)
    fill(nominal, make_user(Role.OPERATIONAL, unit=nominal.unit))
    assert sorted(set(history(officer, nominal)) - set(before)) == ["briefing", "system check", "travel record"]
    make_exclusion(nominal=nominal, user=(kept_away := make_user(unit=nominal.unit)))
    assert history(kept_away, nominal) == []


def test_the_history_never_tells_of_a_covert_referral(officer, nominal):
    bureau = make_unit(organisation=officer.organisation)
    handler = make_user(Role.INTELLIGENCE, unit=bureau)
    readers = (officer, handler, make_user(Role.SUPERVISOR, unit=officer.unit))
    before = [history(user, nominal) for user in readers]
    made = start_referral(actor=officer, nominal=nominal)
    made = save_referral(actor=officer, referral=made, version=1, purpose="Learn where he goes", unit=bureau)
    submit_referral(actor=officer, referral=made, version=made.version)
    assert not auditlog.contains(CovertReferral)
    kind = ContentType.objects.get_for_model(CovertReferral)
    assert not LogEntry.objects.filter(content_type=kind).exists()
    # Even if somebody began to log them, tied to the record.
    with row_security(officer):
        LogEntry.objects.create(
            content_type=kind, object_pk=str(made.pk), object_id=made.pk, object_repr="", action=LogEntry.Action.CREATE,
            changes={"purpose": ["None", "Learn where he goes"]}, additional_data={"nominal": nominal.pk},
        )  # fmt: skip
    assert [history(user, nominal) for user in readers] == before
    assert not any("Learn" in entry.title + entry.text for entry in read_timeline(officer, nominal, now()).entries)


def test_the_history_tells_of_a_restricted_part_of_minutes_to_its_readers_only(officer, nominal):
    make_restricted(minutes=make_minutes(item=make_item(nominal=nominal)))
    granted = make_user()
    make_grant(nominal=nominal, user=granted)
    assert {user: "restricted item" in history(user, nominal) for user in (officer, granted)} == {officer: True, granted: False}
    assert "minutes" in history(granted, nominal)
