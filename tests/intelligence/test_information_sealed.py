"""What an author must never learn: whom words hit, and that the bureau looks at whoever gave the information."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils.timezone import now

from accounts.access import row_security
from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted, StaleRecord
from actions.models import Action, Notification
from audit.context import acting_as
from audit.models import Event
from intelligence.models import InformationGiver, InformationReport, ReportRoute, SourceReview
from intelligence.reports.information import told_about, written_by
from intelligence.services.information_routing import route_reports, take_route
from intelligence.services.source_reviews import decide_review
from offenders.choices import IdentifierKind
from offenders.search import index_names
from tests.factories import make_exclusion, make_identifier, make_nominal, make_unit, make_user
from tests.intelligence.making_reports import GIVER, make_bureau, make_draft, make_release, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user(Role.OPERATIONAL)


@pytest.fixture
def bureau(author):
    return make_bureau(author.organisation)


@pytest.fixture
def hidden(author):
    """A record kept to named people, of which the author in particular must not know."""
    unit = make_unit(organisation=author.organisation)
    nominal = make_nominal(unit=unit, surname="Quillfeather", given_names="Barnaby", is_restricted=True)
    make_exclusion(nominal=nominal, user=author)
    make_identifier(nominal=nominal, kind=IdentifierKind.VEHICLE, value="AB12CDE")
    index_names([nominal.pk])
    return nominal


def reviews(user):
    """Reviews that the database shows, and that the ORM's rule agrees."""
    with row_security(user), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM intelligence_sourcereview ORDER BY id")
        shown = [key for (key,) in cursor.fetchall()]
        assert sorted(SourceReview.objects.for_user(user).values_list("pk", flat=True)) == shown
        return list(SourceReview.objects.filter(pk__in=shown).order_by("pk"))


@pytest.mark.parametrize(
    "said",
    [
        {"called": "Barnaby Quillfeather"}, {"words": "A man called Barnaby Quillfeather"}, {"words": "drives AB12 CDE"},
        {"original": "I was told that Barnaby Quillfeather is back."},
    ],
)  # fmt: skip
def test_words_that_hit_a_hidden_record_bring_its_manager_a_quiet_notice(author, hidden, said):
    with acting_as(author):
        report = make_sent(author=author, **said)
    route = ReportRoute.objects.get(report=report)
    assert (route.nominal, route.is_named) == (hidden, False)
    action = Action.objects.waiting().get(kind="report-taken")
    assert (action.owner, action.raised_by, action.nominal) == (hidden.offender_manager, None, hidden.pk)
    assert [told.reference for told in told_about(hidden.offender_manager, hidden)] == [report.reference]
    assert {event.actor for event in Event.objects.filter(nominal=hidden.pk)} == {None}  # the record's own trail names no author


@pytest.mark.parametrize("said", [{"called": "Barnaby"}, {"words": "A man with a feather"}, {"called": "Barnabas Quill"}])
def test_words_that_mean_nobody_surely_bring_nothing(author, hidden, said):
    make_sent(author=author, **said)
    assert not ReportRoute.objects.exists()


def test_a_name_that_many_bear_means_nobody(author):
    unit = make_unit(organisation=author.organisation)
    for _ in range(4):
        make_nominal(unit=unit, surname="Smythe", given_names="Jon")
    index_names(None)
    make_sent(author=author, called="Jon Smythe")
    assert not ReportRoute.objects.exists()


def everything_told(author, client):
    """All that an author is shown or told, and the trail in their name, after sending one and the same report."""
    client.force_login(author)
    report = make_draft(author=author, called="Barnaby Quillfeather", words="drives AB12 CDE", giver=GIVER)
    before = Event.objects.count()
    from intelligence.services.information import submit_report  # noqa: PLC0415

    sent = submit_report(actor=author, report=report, version=report.version)
    trail = list(Event.objects.order_by("pk")[before:].values_list("verb", "nominal", "detail"))
    route_reports(actor=None)
    told = list(Notification.objects.filter(recipient=author).values_list("text", "nominal"))
    lists = [{key: value for key, value in row.items() if key in ("label", "is_open")} for row in written_by(author)]
    mine = [action.title for action in Action.objects.for_user(author)]
    own = InformationReport.objects.for_user(author, "submit_report").get(pk=sent.pk)
    return [(verb, nominal, sorted(detail)) for verb, nominal, detail in trail], told, lists, mine, own.state, own.version


def test_what_the_author_is_shown_and_the_trail_are_the_same_with_and_without_a_hidden_record(author, client, request):
    with transaction.atomic():
        point = transaction.savepoint()
        without = everything_told(author, client)
        transaction.savepoint_rollback(point)
    request.getfixturevalue("hidden")
    assert everything_told(author, client) == without
    assert ReportRoute.objects.count() == 1  # and yet its manager knows


def test_the_bureau_does_not_learn_of_the_hidden_record_from_the_route(author, bureau, hidden):
    report = make_sent(author=author, called="Barnaby Quillfeather")
    assert list(ReportRoute.objects.for_user(bureau, "view_report")) == []
    make_release(report=report, by=bureau)
    (told,) = told_about(hidden.offender_manager, hidden)
    assert len(told.releases) == 1


def test_a_manager_says_that_it_is_somebody_else_and_the_report_leaves_the_record(author, bureau, hidden):
    make_release(report=make_sent(author=author, called="Barnaby Quillfeather"), by=bureau)
    take_route(actor=hidden.offender_manager, route=ReportRoute.objects.get(), did="Another man of that name", is_about=False)
    assert told_about(hidden.offender_manager, hidden) == []


def test_routing_twice_brings_nothing_twice(author, hidden):
    report = make_sent(author=author, called="Barnaby Quillfeather")
    assert route_reports(actor=None) == 0
    InformationReport.objects.filter(pk=report.pk).update(routed_at=None)
    assert route_reports(actor=None) == 1
    assert (ReportRoute.objects.count(), Action.objects.filter(kind="report-taken").count()) == (1, 1)


def send_from(giver, *, by, days_ago=0):
    """A report of what somebody told, some days ago."""
    with time_machine.travel(now() - timedelta(days=days_ago), tick=False):
        return make_sent(author=by, giver=GIVER | giver)


def test_the_third_contact_within_ninety_days_opens_a_review_that_the_bureau_alone_sees(author, bureau):
    others = [author, make_user(Role.SUPERVISOR, unit=author.unit), make_bureau(make_unit().organisation)]
    for days, by in ((80, author), (40, make_user(Role.OPERATIONAL, organisation=author.organisation))):
        send_from({}, by=by, days_ago=days)
    assert reviews(bureau) == []
    third = send_from({"name": "Somebody Else"}, by=author)  # the same telephone number
    (review,) = reviews(bureau)
    assert (review.reasons, review.contacts, review.report, review.author) == (["repeated"], 3, third, author)
    assert [reviews(user) for user in others] == [[], [], []]
    action = Action.objects.waiting().get(kind="source-review")
    assert (action.title, action.detail, action.nominal, action.owner_role, action.unit) == (
        "A confidential matter of the bureau waits", "", None, Role.INTELLIGENCE, None,
    )  # fmt: skip
    assert not Notification.objects.filter(recipient=author).exists()
    assert "Birdwhistle" not in str(list(Event.objects.values_list("detail", flat=True)))


def test_contacts_too_long_ago_of_another_force_or_another_person_do_not_count(author, bureau):
    send_from({}, by=author, days_ago=100)
    send_from({}, by=author, days_ago=10)
    send_from({}, by=make_user(Role.OPERATIONAL), days_ago=5)
    send_from({"name": "Jean Carter", "contact": "07700 900999"}, by=author, days_ago=2)
    send_from({}, by=author)
    assert reviews(bureau) == []


@pytest.mark.parametrize(("asked", "reason"), [("will_ask_more", "tasked"), ("uses_relationship", "relationship")])
def test_tasking_or_a_relationship_opens_a_review_at_once(author, bureau, asked, reason):
    send_from({asked: True, "more_reason": "She sees him daily"}, by=author)
    (review,) = reviews(bureau)
    assert (review.reasons, review.contacts) == ([reason], 1)


def test_further_contacts_join_the_review_that_is_open_and_start_anew_after_a_decision(author, bureau):
    send_from({"will_ask_more": True, "more_reason": "She offered"}, by=author, days_ago=30)
    send_from({}, by=author, days_ago=20)
    send_from({}, by=author, days_ago=10)
    (review,) = reviews(bureau)
    assert (review.reasons, review.contacts, review.version) == (["repeated", "tasked"], 3, 2)
    with time_machine.travel(now() - timedelta(days=5), tick=False):
        decide_review(actor=bureau, review=review, version=2, outcome="stop", reason="Too close to him")
    send_from({}, by=author)
    assert len(reviews(bureau)) == 1


def test_a_review_is_decided_once_with_a_reason_and_not_by_the_author(author, bureau):
    send_from({"uses_relationship": True, "more_reason": "His sister"}, by=author)
    (review,) = reviews(bureau)
    for user in (author, make_bureau(make_unit().organisation)):
        with pytest.raises(NotPermitted):
            decide_review(actor=user, review=review, version=1, outcome="no_action", reason="Fine")
    for outcome, reason in (("", "Fine"), ("no_action", " ")):
        with pytest.raises(DomainError):
            decide_review(actor=bureau, review=review, version=1, outcome=outcome, reason=reason)
    with pytest.raises(StaleRecord):
        decide_review(actor=bureau, review=review, version=9, outcome="no_action", reason="Fine")
    decide_review(actor=bureau, review=review, version=1, outcome="authorisation", reason="Ask the covert unit")
    assert not Action.objects.waiting().filter(kind="source-review").exists()
    with pytest.raises(StaleRecord):
        decide_review(actor=bureau, review=review, version=2, outcome="stop", reason="No")


def test_an_intelligence_officer_does_not_see_the_review_of_an_own_report(bureau):
    send_from({"will_ask_more": True, "more_reason": "He offered"}, by=bureau)
    assert reviews(bureau) == []
    assert len(reviews(make_bureau(bureau.organisation))) == 1


def test_the_orm_s_rules_alone_hide_giver_and_review_too(author, bureau):
    send_from({"will_ask_more": True, "more_reason": "She offered"}, by=author)
    own = send_from({"will_ask_more": True, "more_reason": "He offered", "name": "Jean Carter", "contact": ""}, by=bureau)
    colleague, stranger = make_bureau(author.organisation), make_bureau(make_unit().organisation)
    with row_security(colleague):  # the database shows the rows: what stays away does so by the rules in Python
        readers = (bureau, colleague, stranger)
        shown = {user: set(InformationGiver.objects.for_user(user).values_list("report", flat=True)) for user in readers}
        assert (own.pk in shown[colleague], len(shown[colleague]), own.pk in shown[bureau], len(shown[bureau])) == (True, 2, False, 1)
        assert shown[stranger] == set()
        assert not InformationGiver.objects.for_user(author, "submit_report").exists()
        assert [SourceReview.objects.for_user(user).count() for user in (colleague, bureau, stranger, author)] == [2, 1, 0, 0]
