"""The number of database queries of a page does not grow with the rows on it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Access, Perm
from offenders.choices import ConditionKind, IdentifierKind, WarningKind
from offenders.models import Condition, Nominal, WarningMarker
from offenders.search import index_names
from offenders.views.history import HistoryPage
from tests.factories import (
    make_birth,
    make_exclusion,
    make_grant,
    make_identifier,
    make_name,
    make_nominal,
    make_notice,
    make_opening,
    make_partnership,
    make_reason,
    make_section,
    make_unit,
    make_user,
)
from tests.routes import all_routes
from tests.safety.test_access_matrix import ask
from tests.safety.things import SUBJECTS

pytestmark = pytest.mark.django_db

OF_AGENCIES = {Perm.VIEW_SHARED, Perm.ASK_POLICE, Perm.TELL_POLICE}  # pages that no police officer reaches: tests/sharing
PAGES = [
    route
    for route in all_routes()
    if route.method == "get" and not route.kwargs and route.permission not in {Access.PUBLIC, *OF_AGENCIES} and not route.is_for_tokens
]
RECORD_PAGES = [
    route for route in all_routes() if route.method == "get" and route.kwargs == ("reference",) and isinstance(route.permission, Perm)
]


@pytest.fixture
def officer() -> User:
    """Somebody with every role that lists something, so that one person reaches every page."""
    unit = make_unit()
    roles = (
        Role.SUPERVISOR,
        Role.OFFENDER_MANAGER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
        Role.DISCLOSURE_AUTHORITY,
        Role.MAPP_CHAIR,
        Role.MAPPA_COORDINATOR,
        Role.INTELLIGENCE,
        Role.PRESS_OFFICER,
        Role.INFORMATION_GOVERNANCE,
    )
    return make_user(*roles, unit=unit)


def fill(nominal: Nominal, officer: User, number: int) -> None:
    """Hang one more of everything on a record."""
    colleague = make_user(unit=officer.unit)
    make_name(nominal=nominal, surname=f"Other{number}")
    make_birth(nominal=nominal, year=1950 + number, is_primary=False)
    make_identifier(nominal=nominal, kind=IdentifierKind.PHONE, value=f"016329602{number:02}")
    make_notice(nominal=nominal)
    make_notice(nominal=nominal, reported_by=officer)
    make_section(nominal=nominal, owner=officer, body=f"Section {number}")
    make_grant(nominal=nominal, user=colleague)
    make_reason(nominal=nominal, user=colleague)
    make_exclusion(nominal=nominal, user=make_user(unit=officer.unit))
    make_partnership(nominal=nominal, force=make_unit().organisation)
    make_opening(nominal=nominal, user=make_user(Role.SUPERVISOR, unit=officer.unit), hours=-1)
    Condition.objects.create(nominal=nominal, kind=ConditionKind.LICENCE, text=f"Not to enter place {number}")
    kinds = list(WarningKind)
    WarningMarker.objects.create(
        nominal=nominal, kind=kinds[number % len(kinds)], ended_on=None if number < len(kinds) else date(2026, 1, 1)
    )
    for subject in SUBJECTS:
        subject.fill(nominal, officer, number)


def count(client: Client, url: str) -> int:
    """Count the queries of a page."""
    with CaptureQueriesContext(connection) as captured:
        response = ask(client, "get", url)
    assert response.status_code == 200, (url, response.status_code)
    return len(captured)


def urls_of(nominal: Nominal) -> dict[str, str]:
    """The address of each page that opens with a plain GET."""
    skipped = {"accounts:second-factor", "accounts:second-factor-set-up", "accounts:second-factor-image", "accounts:recovery-codes"}
    pages = {route.name: reverse(route.name) for route in PAGES if route.permission != Perm.VIEW_SHARED and route.name not in skipped}
    return pages | {route.name: reverse(route.name, args=[nominal.reference]) for route in RECORD_PAGES}


def test_pages_take_as_many_queries_for_many_rows_as_for_few(officer: User, client: Client, monkeypatch: pytest.MonkeyPatch):
    # With all rows on one page both counts are of the same kinds of rows; the history names each kind with a query of its own.
    monkeypatch.setattr(HistoryPage, "page_size", 10_000)
    nominal = make_nominal(unit=officer.unit, offender_manager=officer)
    for number in (0, 1):
        fill(nominal, officer, number)
        fill(make_nominal(unit=officer.unit, offender_manager=officer), officer, number)
    index_names(None)
    client.force_login(officer)
    few = {name: count(client, url) for name, url in urls_of(nominal).items()}
    for number in (2, 3):
        fill(nominal, officer, number)
        fill(make_nominal(unit=officer.unit, offender_manager=officer), officer, number)
    index_names(None)
    many = {name: count(client, url) for name, url in urls_of(nominal).items()}
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}


def test_searches_take_as_many_queries_for_many_hits_as_for_few(officer: User, client: Client):
    client.force_login(officer)
    counts = []
    for hits in (2, 15):
        for number in range(hits):
            make_name(nominal=make_nominal(unit=officer.unit), surname="Quillfeather", given_names=f"Person{number}")
        index_names(None)
        with CaptureQueriesContext(connection) as captured:
            response = client.post(reverse("offenders:find"), {"text": "Quillfeather"}, headers={"HX-Request": "true"})
        assert response.status_code == 200
        counts.append(len(captured))
    assert counts[1] <= counts[0]
