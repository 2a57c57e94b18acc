"""Searching reports: what is found in which words, by whom, and that a report which one may not see changes nothing."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.errors import NotPermitted
from audit.models import Event
from intelligence.models import InformationRelease, InformationReport
from intelligence.reports.report_search import find_reports
from intelligence.services.information import answer_more
from intelligence.services.information_evaluating import return_report, withdraw_report
from intelligence.services.report_search import run_report_search, save_report_search
from tests.factories import make_exclusion, make_nominal, make_unit, make_user
from tests.intelligence.making_reports import evaluate, make_bureau, make_draft, make_release, make_released_row, make_row, make_sent

pytestmark = pytest.mark.django_db

SAID = (
    "Sarah Banks swims at the pool on Fridays. They met <between kayaks> at a marina/slipway. He rings her on (01632) 960 417, "
    "sometimes on +44 7700 900123 or 0033 1 23 45 67 89, and drives a blue van, ab12-cde, kept at ZZ1 4qp. Will was with them."
)


@pytest.fixture
def author():
    return make_user(Role.OPERATIONAL)


@pytest.fixture
def bureau(author):
    return make_bureau(author.organisation)


def found(user, text, **asked):
    """References that a search finds, the likeliest first."""
    page = run_report_search(actor=user, search=save_report_search(actor=user, text=text, **asked))
    assert page.number == len(page.found)
    return [each.reference for each in page.found]


def released_about(nominal, text, number=1):
    """The reference of a report about somebody of which this was released."""
    report = make_released_row(nominal=nominal, number=number)
    release = InformationRelease.objects.get(report=report)
    values = {name: getattr(release, name) for name in ("grade_source", "assessment", "handling", "evaluated_by", "released_by")}
    InformationRelease.objects.create(report=report, number=number + 1, reason="Clearer", sanitised=text, **values)
    return report.reference


@pytest.mark.parametrize(
    "text",
    [
        *("swimming pools", "SARAH banks", "will", "Friday -saturday", '"blue van"', "boat or van"),
        *("01632 960417", "01632960417", "+44 1632 960417", "+44 (0)1632 960 417", "0044 1632 960417", "01632-960-417"),
        *("07700 900123", "+33 1 23 45 67 89", "AB12CDE", "ab12 cde", "AB12-CDE", "ZZ14QP", "zz1 4QP pool"),
        *("green lanyard", "pool lanyard", "Tollgate", "Larkfield", "kayaks", "marina/kayak", "Nonesuch"),
    ],
)
def test_words_in_any_form_and_numbers_in_any_spelling_are_found(author, bureau, text):
    report = make_draft(author=author, original=SAID, called="Nonesuch", words="A green lanyard", prison="HMP Larkfield")
    InformationReport.objects.filter(pk=report.pk).update(submitted_at=now(), state="submitted")
    assert found(bureau, text) == [report.reference]


@pytest.mark.parametrize(
    "text", ["cycling", '"van blue"', "van -pool", "01632 960418", "AB12 CDF", "ZZ1 4QQ", "bank holiday", "Birdwhistle", "07700 900417"]
)
def test_other_words_and_numbers_and_whoever_gave_it_are_not(author, bureau, text):
    make_sent(author=author, original=SAID, giver={"name": "Ottoline Birdwhistle", "contact": "07700 900417"} | CARE)
    assert found(bureau, text) == []


CARE = {"nature": "N", "how_obtained": "H", "circumstances": "C", "frequency": "first", "will_ask_more": False, "uses_relationship": False}


def test_reference_and_what_the_author_added_and_the_sanitised_words_are_found(author, bureau):
    report = make_sent(author=author, original=SAID)
    report = return_report(actor=bureau, report=report, reason="Which boat?", version=report.version)
    report = answer_more(actor=author, report=report, text="A dinghy", version=report.version)
    evaluate(report, bureau, sanitised="Seen near a lido")
    for text in (report.reference, report.reference.lower().replace("-", ""), "dinghies", "lido"):
        assert found(bureau, text) == [report.reference]
    assert found(bureau, "which boat") == []  # the bureau's own question
    evaluate(InformationReport.objects.get(pk=report.pk), bureau, sanitised="Seen near a harbour")
    assert (found(bureau, "lido"), found(bureau, "harbours")) == ([], [report.reference])


def test_filters_and_order(author, bureau):
    often = make_sent(author=author, original="Canoe. Canoe. Canoe.")
    once = make_sent(author=author, original="It was said that among many other things on the bank there was also one canoe")
    stemmed = make_sent(author=author, original="Canoes")
    assert found(bureau, "canoe") == [often.reference, once.reference, stemmed.reference]
    evaluate(once, bureau, grade_source=3, assessment="D")
    assert found(bureau, "canoe", state="evaluated") == found(bureau, "canoe", grade_source=3, assessment="D") == [once.reference]
    assert found(bureau, "canoe", grade_source=3, assessment="A") == []
    InformationReport.objects.filter(pk=once.pk).update(seen_on=date(2020, 1, 1))
    day = localdate()
    assert len(found(bureau, "canoe", since=day, until=day)) == 3
    assert found(bureau, "canoe", since=day + timedelta(days=1)) == found(bureau, "canoe", until=day - timedelta(days=1)) == []


def test_snippets_mark_what_was_found_and_keep_markup_as_words(author, bureau):
    make_sent(author=author, original="<script>alert(1)</script> \x02He\x03 owns a <b>canoe</b> & two paddles")
    search = save_report_search(actor=bureau, text="canoes")
    (each,) = find_reports(bureau, search, 1).found
    assert [words for words, is_found in each.snippet if is_found and words != "He"] == ["canoe"]
    shown = "".join(words for words, _ in each.snippet)
    assert shown.startswith("script›alert(1)‹/script› He owns a ‹b›canoe‹/b› & two paddles")


def test_the_bureau_finds_what_was_sent_in_its_force_without_what_names_somebody_kept_from_it(author, bureau):
    hidden = make_nominal(unit=make_unit(organisation=author.organisation))
    make_exclusion(nominal=hidden, user=bureau)
    make_draft(author=author, original="canoe")
    make_row(nominal=hidden, author=author)
    make_row(nominal=make_nominal())  # another force
    mine = make_sent(author=author)
    assert found(bureau, "swimming") == [mine.reference]


def test_a_hidden_report_changes_no_count_no_order_and_no_snippet(author, bureau):
    hidden = make_nominal(unit=make_unit(organisation=author.organisation))
    make_exclusion(nominal=hidden, user=bureau)
    for words in ("A canoe", "canoe canoe", "The canoes"):
        make_sent(author=author, original=words)
    search = save_report_search(actor=bureau, text="canoe or swimming")
    before = find_reports(bureau, search, 1)
    for _ in range(25):
        make_row(nominal=hidden, author=author)
    assert before.number == 3
    assert find_reports(bureau, search, 1) == before


def test_readers_find_what_was_released_of_people_whose_file_they_may_read(author, bureau):
    manager = make_user(organisation=author.organisation)
    nominal, other = make_nominal(offender_manager=manager), make_nominal()
    mine = released_about(nominal, "He keeps a canoe")
    released_about(other, "She keeps a canoe")
    make_row(nominal=nominal)
    assert found(manager, "canoe") == [mine]
    assert found(manager, "swimming") == found(manager, "children") == []  # as it was written, and before it was corrected


def test_readers_find_nothing_that_names_somebody_whom_they_may_not_know_or_that_is_withdrawn(author, bureau):
    manager = make_user(organisation=author.organisation)
    nominal = make_nominal(offender_manager=manager)
    report = make_sent(author=author, nominal=nominal)
    make_release(report=report, by=bureau, sanitised="He keeps a canoe")
    assert found(manager, "canoe") == [report.reference]
    secret = make_nominal(is_restricted=True)
    report.subjects.create(nominal=secret)
    assert found(manager, "canoe") == []
    report.subjects.filter(nominal=secret).delete()
    report.refresh_from_db()
    withdraw_report(actor=bureau, report=report, reason="Wrong", version=report.version)
    assert (found(manager, "canoe"), found(bureau, "canoe")) == ([], [report.reference])


def test_each_search_is_in_the_trail_with_its_words_and_what_was_shown(author, bureau):
    report = make_sent(author=author, original=SAID)
    found(bureau, "van", grade_source=None, until=localdate())
    event = Event.objects.filter(verb="searched").latest("pk")
    assert event.detail["terms"] == "van"
    assert event.detail["ids"] == [report.pk]
    assert event.detail["filter"] == {"until": str(localdate())}


def test_nobody_searches_without_the_right_or_with_the_search_of_another(author, bureau):
    search = save_report_search(actor=bureau, text="van")
    for user in (author, make_user(Role.CONTROL_ROOM), make_user(Role.AUDITOR)):
        with pytest.raises(NotPermitted):
            run_report_search(actor=user, search=search)
    with pytest.raises(NotPermitted):
        save_report_search(actor=make_user(Role.CONTROL_ROOM), text="van")
    lapsed = make_user(Role.INTELLIGENCE, trained_until=date(2020, 1, 1))
    with pytest.raises(NotPermitted):
        save_report_search(actor=lapsed, text="van")
