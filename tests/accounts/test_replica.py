"""When a replica is asked, and what happens where it cannot be; tests/drills/test_replica.py asks a real one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, transaction

from accounts import replica
from accounts.models import User
from accounts.replica import PRIMARY, REPLICA, Router, from_replica, reading, reading_from
from tests.factories import make_user


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[str]:
    """A replica that has everything, which is not there: only the alias is looked at. What it was asked for."""
    positions: list[str] = []
    monkeypatch.setitem(settings.DATABASES, REPLICA, {})
    monkeypatch.setattr(replica, "_rests_until", 0.0)
    monkeypatch.setattr(replica, "has_all_up_to", lambda position: not positions.append(position))
    return positions


@from_replica
def place() -> str:
    """Where a marked function reads."""
    return Router().db_for_read(User)


@pytest.mark.django_db(transaction=True)
def test_a_marked_function_reads_the_replica_and_nothing_else_does(asked: list[str]) -> None:
    assert (place(), Router().db_for_read(User)) == (REPLICA, PRIMARY)
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_the_database_itself_is_read(asked: list[str]) -> None:
    with transaction.atomic():
        assert place() == PRIMARY
    assert asked == []


@pytest.mark.django_db(transaction=True)
def test_a_replica_that_lacks_something_is_not_read(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replica, "has_all_up_to", lambda position: False)

    assert place() == PRIMARY


@pytest.mark.django_db(transaction=True)
def test_a_read_that_breaks_there_is_done_here_and_the_replica_is_left_alone(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    places = []
    monkeypatch.setattr(replica, "leave_alone", lambda error: monkeypatch.setattr(replica, "_rests_until", float("inf")))

    @from_replica
    def read() -> str:
        places.append(Router().db_for_read(User))
        if places[-1] == REPLICA:
            raise OperationalError("ended so that it can follow")
        return places[-1]

    assert (read(), read()) == (PRIMARY, PRIMARY)
    assert places == [REPLICA, PRIMARY, PRIMARY]
    assert len(asked) == 1


@pytest.mark.django_db
def test_without_a_replica_nothing_is_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert place() == PRIMARY


@pytest.mark.django_db
def test_a_row_that_was_read_there_is_changed_here() -> None:
    user = make_user()
    user._state.db = REPLICA

    user.collar_number = "4711"
    user.save()

    assert User.objects.get(pk=user.pk).collar_number == "4711"
    assert reading().alias == PRIMARY


def test_the_block_ends_with_an_error_too() -> None:
    with pytest.raises(ValueError, match="wrong"), reading_from(REPLICA):
        raise ValueError("wrong")
    assert Router().db_for_read(User) == PRIMARY
