"""What each table is to the person that a record is about: nothing is forgotten, and what is kept apart is read by nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from django.apps import apps

from accounts.access import ScopedQuerySet
from accounts.permissions import Perm
from audit.personal import Apart, Held, declared
from disclosure.migrations._subject_access_sql import APART
from disclosure.reports.personal import held_sources, told_fields
from tests.test_architecture import our_models

GROUNDS = {"others", "prevention", "privileged", "security"}


def differences(tables: Iterable[str], told: Iterable[str]) -> dict[str, set[str]]:
    """Compare the tables that there are with those that are declared."""
    there, counted = set(tables), Counter(told)
    twice = {name for name, times in counted.items() if times > 1}
    found = {"missing": there - counted.keys(), "surplus": counted.keys() - there, "twice": twice}
    return {word: names for word, names in found.items() if names}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (["a.One", "b.Two"], {}),
        (["a.One"], {"missing": {"b.Two"}}),
        (["a.One", "b.Two", "b.Three"], {"surplus": {"b.Three"}}),
        (["a.One", "b.Two", "a.One"], {"twice": {"a.One"}}),
    ],
)
def test_a_table_that_is_forgotten_or_invented_is_found(told: list[str], found: dict[str, set[str]]) -> None:
    assert differences(["a.One", "b.Two"], told) == found


def test_every_table_is_declared_once() -> None:
    assert differences((model._meta.label for model in our_models()), (f"{app}.{name}" for app, name, _ in declared())) == {}


def test_what_is_not_held_says_why() -> None:
    others = [each for _, _, each in declared() if not isinstance(each, Held)]

    assert all(each.why for each in others)
    assert {each.ground for each in others if hasattr(each, "ground")} == GROUNDS


def test_what_stands_behind_the_gates_is_apart() -> None:
    gates = {Perm.VIEW_CONFIDENTIAL, Perm.VIEW_APPLICATION, Perm.VIEW_REPORT, Perm.REVIEW_SOURCE, Perm.GRANT_ACCESS, Perm.VIEW_ACCESS_LOG}
    behind = {model._meta.label_lower for model in our_models() if getattr(model, "read_permission", None) in gates}
    apart = {f"{app}.{name}".lower() for app, name, each in declared() if isinstance(each, Apart)}

    assert {*behind, *APART} - apart == set()


def test_every_table_that_is_held_leads_to_its_record_and_knows_its_readers() -> None:
    sources = held_sources()

    assert len({source.name for source in sources}) == len({source.heading for source in sources}) == len(sources)
    for source in sources:
        assert str(source.about([1]).values("pk").query), source.name
        assert isinstance(source.model._default_manager.all(), ScopedQuerySet), source.name
        assert type(source.model._default_manager.all()).visible_to is not ScopedQuerySet.visible_to, source.name
        assert source.permission, source.name


def test_what_is_left_out_of_a_table_exists() -> None:
    for source in held_sources():
        names = {field.name for field in source.model._meta.concrete_fields}
        assert set(source.declaration.without) <= names, source.name
        assert told_fields(source), source.name


def test_no_table_tells_who_of_the_staff_wrote_something() -> None:
    user = apps.get_model("accounts.User")

    assert [source.name for source in held_sources() if any(field.related_model is user for field in told_fields(source))] == []
