"""Every page that any role can reach by links answers; what test_every_page.py cannot make is looked at here: WCAG 2.2 AA by axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import resolve
from playwright.sync_api import Page, expect

from accounts.choices import Role
from accounts.permissions import ROLE_RIGHTS
from tests.journeys.crawl import faults, walk
from tests.journeys.test_every_page import WALKED

pytestmark = pytest.mark.xdist_group("journeys")


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """Names of pages that axe has looked at."""
    return set()


def test_journeys_stay_with_one_worker(request: pytest.FixtureRequest):
    """One site and one browser for all: the groups of pytest-xdist show in the names of tests."""
    assert not hasattr(request.config, "workerinput") or request.node.nodeid.endswith("@journeys")


# Roles of which each has other rights than the rest: two with the same see the same links.
DIFFERENT = sorted({frozenset(ROLE_RIGHTS[role].items()): role for role in reversed(Role)}.values())


@pytest.mark.parametrize("role", DIFFERENT)
def test_every_link_of_a_role(role: Role, visit: Callable[..., Page], looked_at: set[str]):
    page = visit(role.value)
    wrong: dict[str, list[str]] = {}
    for path in walk(page):
        name = resolve(path).view_name
        if name in WALKED - looked_at:
            page.goto(path)
            if found := faults(page):
                wrong[name] = found
        looked_at.add(name)
    assert wrong == {}


def test_pages_that_only_links_lead_to_were_looked_at(looked_at: set[str]):
    assert WALKED - looked_at == set()


def test_sign_in_page(visit: Callable[..., Page]):
    page = visit()
    page.goto("/sign-in/")
    assert faults(page) == []
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".govuk-error-summary")).to_have_count(1)
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert faults(page) == []


def test_a_missing_label_and_a_missing_text_are_found(visit: Callable[..., Page]):
    """The gate can fail."""
    page = visit()
    page.goto("/sign-in/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/app/icon.svg\"><input>')")
    assert {fault.split(": ")[1] for fault in faults(page)} >= {"image-alt", "label"}


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.CONTROL_ROOM])
def test_main_pages_in_welsh(role: Role, visit: Callable[..., Page]):
    """Another language, the same rules: names of things, contrast of longer words, and a language that is said."""
    page = visit(role.value)
    for path in ("/language/cy/?next=/", "/account/", "/find/", "/sign-in/"):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "cy"
        assert faults(page) == []
    page.goto("/language/en-gb/")
