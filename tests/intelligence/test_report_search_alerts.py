"""Searches that people keep: told of each new result once, with their rights of that moment, and made again when they are opened."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from accounts.choices import Role
from accounts.errors import DomainError, NotPermitted
from actions.models import Notification
from audit.models import Event
from intelligence.models import ReportSearch
from intelligence.reports.report_search import kept_by
from intelligence.services.information_evaluating import withdraw_report
from intelligence.services.report_search import (
    delete_old_report_searches,
    delete_report_search,
    keep_report_search,
    run_report_search,
    save_report_search,
)
from intelligence.services.report_search_alerts import run_again, tell_of_new_results
from offenders.services.silent_hits import look_at_searches
from tests.factories import make_exclusion, make_nominal, make_user
from tests.intelligence.making_reports import make_bureau, make_release, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user(Role.OPERATIONAL)


@pytest.fixture
def bureau(author):
    return make_bureau(author.organisation)


@pytest.fixture
def manager(author):
    return make_user(organisation=author.organisation)


def keep(user, text="canoe", *, name="Boats", tells=True):
    """A search that somebody keeps."""
    return keep_report_search(actor=user, search=save_report_search(actor=user, text=text), name=name, tells=tells)


def told(user):
    """What the user was told, the newest last."""
    return list(Notification.objects.filter(recipient=user, text__contains="saved search").order_by("pk").values_list("text", flat=True))


def unseen(user):
    """How many new results the list shows."""
    return [search.unseen for search in kept_by(user)]


def opened(user, search):
    """What the search finds when its owner opens it, and what of that is new."""
    return [(each.reference, each.is_new) for each in run_report_search(actor=user, search=search).found]


def test_the_owner_is_told_once_of_each_new_result_and_sees_which_it_is(author, bureau):
    old = make_sent(author=author, original="A canoe")
    search = keep(bureau)
    assert (tell_of_new_results(actor=None), told(bureau)) == (0, [])
    one, two = (make_sent(author=author, original=f"Two canoes {number}") for number in range(2))
    make_sent(author=author, original="A horse")
    assert [tell_of_new_results(actor=None), tell_of_new_results(actor=None)] == [2, 0]
    assert (told(bureau), unseen(bureau)) == (["Your saved search has new results"], [2])
    assert sorted(opened(bureau, search)) == [(old.reference, False), (one.reference, True), (two.reference, True)]
    assert opened(bureau, search)[0][0] == old.reference  # nothing is new any more: the likeliest comes first
    assert unseen(bureau) == [0]
    make_sent(author=author, original="A canoe")
    assert (tell_of_new_results(actor=None), told(bureau)[1:]) == (1, ["Your saved search has new results"])


def test_a_reader_is_told_when_it_is_released_and_not_of_corrections(author, bureau, manager):
    search, report = keep(manager), make_sent(author=author, nominal=make_nominal(offender_manager=manager))
    assert tell_of_new_results(actor=None) == 0
    make_release(report=report, by=bureau, sanitised="He keeps a canoe")
    assert tell_of_new_results(actor=None) == 1
    report.refresh_from_db()
    make_release(report=report, by=bureau, sanitised="He keeps a red canoe", reason="Clearer")
    assert tell_of_new_results(actor=None) == 0
    assert opened(manager, search) == [(report.reference, True)]


def test_what_can_no_longer_be_seen_is_not_in_the_list(author, bureau, manager):
    search, report = keep(manager), make_sent(author=author, nominal=make_nominal(offender_manager=manager))
    make_release(report=report, by=bureau, sanitised="He keeps a canoe")
    tell_of_new_results(actor=None)
    assert unseen(manager) == [1]
    report.refresh_from_db()
    withdraw_report(actor=bureau, report=report, reason="Wrong", version=report.version)
    assert (unseen(manager), opened(manager, search)) == ([0], [])


def test_nobody_is_told_of_what_they_must_not_know(author, bureau):
    hidden = make_nominal(unit=author.unit)
    make_exclusion(nominal=hidden, user=bureau)
    colleague = make_bureau(author.organisation)
    for user in (bureau, colleague):
        keep(user)
    make_sent(author=author, original="A canoe", nominal=hidden)
    assert (tell_of_new_results(actor=None), told(bureau), len(told(colleague))) == (1, [], 1)
    hidden.exclusions.update(ended_at=now())
    assert (tell_of_new_results(actor=None), len(told(bureau))) == (1, 1)  # it became visible


@pytest.mark.parametrize("lost", ["role", "training", "left"])
def test_who_lost_the_right_or_left_is_told_nothing(author, bureau, lost):
    search = keep(bureau)
    make_sent(author=author, original="A canoe")
    if lost == "role":
        bureau.groups.clear()
    else:
        bureau.is_active = lost != "left"
        bureau.trained_until = date(2020, 1, 1)
        bureau.save()
    assert (tell_of_new_results(actor=None), told(bureau), search.hits.count()) == (0, [], 0)


def test_who_is_not_told_keeps_the_search_and_who_begins_later_is_not_told_of_the_past(author, bureau):
    search = keep(bureau, tells=False)
    make_sent(author=author, original="A canoe")
    assert tell_of_new_results(actor=None) == 0
    keep_report_search(actor=bureau, search=search, name="All boats", tells=True)
    assert tell_of_new_results(actor=None) == 0
    make_sent(author=author, original="Another canoe")
    assert tell_of_new_results(actor=None) == 1
    assert [each.name for each in kept_by(bureau)] == ["All boats"]


def test_names_are_needed_and_differ_and_there_is_a_most(author, bureau, monkeypatch):
    keep(bureau)
    for name in (" ", "Boats"):
        with pytest.raises(DomainError):
            keep(bureau, name=name)
    keep(make_bureau(author.organisation))  # a colleague's may have the same
    monkeypatch.setattr(ReportSearch, "MOST_KEPT", 1)
    with pytest.raises(DomainError, match="Delete one"):
        keep(bureau, name="More boats")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportSearch.objects.create(user=bureau, text="canoe", tells=True)


def test_a_search_is_its_owners_alone(author, bureau):
    search, other = keep(bureau), make_bureau(author.organisation)
    for act in (run_report_search, delete_report_search):
        with pytest.raises(NotPermitted):
            act(actor=other, search=search)
    with pytest.raises(NotPermitted):
        keep_report_search(actor=other, search=search, name="Mine", tells=False)
    delete_report_search(actor=bureau, search=search)
    assert (kept_by(bureau), ReportSearch.objects.filter(name="Boats").exists()) == ([], False)


def test_what_was_typed_is_forgotten_after_hours_and_what_is_kept_after_a_year_without_being_opened(author, bureau):
    typed, kept, in_use = save_report_search(actor=bureau, text="canoe"), keep(bureau), keep(bureau, name="Used")
    with time_machine.travel(now() + timedelta(hours=13), tick=False):
        assert not ReportSearch.objects.for_user(bureau).filter(pk=typed.pk).exists()
        assert (delete_old_report_searches(), set(ReportSearch.objects.all())) == (1, {kept, in_use})
    with time_machine.travel(now() + timedelta(days=300), tick=False):
        bureau.vetted_until = bureau.trained_until = date(2099, 1, 1)
        run_report_search(actor=bureau, search=in_use)
    with time_machine.travel(now() + timedelta(days=366), tick=False):
        make_sent(author=author, original="A canoe")
        assert tell_of_new_results(actor=None) == 1  # nothing is told of what will be deleted
        delete_old_report_searches()
        assert set(ReportSearch.objects.all()) == {in_use}


def test_the_trail_tells_what_was_told_and_takes_it_for_nobodys_search(author, bureau):
    search = keep(bureau)
    look_at_searches(actor=None)
    report = make_sent(author=author, original="A canoe")
    tell_of_new_results(actor=None)
    event = Event.objects.get(verb="searched", subject_id=search.pk, subject_type="intelligence.reportsearch")
    assert (event.actor, event.detail["owner"], event.detail["ids"]) == (None, bureau.pk, [report.pk])
    assert look_at_searches(actor=None) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once():
    author = make_user(Role.OPERATIONAL)
    bureau = make_bureau(author.organisation)
    search = keep(bureau)
    make_sent(author=author, original="A canoe")

    def work():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        try:
            return tell_of_new_results(actor=None)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        assert run_again(actor=None, key=search.pk) == 1
        assert other.submit(work).result() == 0  # while the first is not done
    assert (tell_of_new_results(actor=None), len(told(bureau))) == (0, 1)
