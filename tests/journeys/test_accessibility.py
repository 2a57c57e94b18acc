"""Every page that any role can reach: WCAG 2.2 AA by axe, at two widths, and nothing off the side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from accounts.choices import Role
from tests.journeys.crawl import faults, walk

pytestmark = pytest.mark.xdist_group("journeys")


@pytest.fixture(scope="module")
def examined() -> set[str]:
    """Kinds of page that were looked at already."""
    return set()


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_a_role(role: Role, visit: Callable[..., Page], examined: set[str]):
    page = visit(role.value)
    wrong: dict[str, list[str]] = {}
    for kind in walk(page):
        if kind not in examined and (found := faults(page)):
            wrong[kind] = found
        examined.add(kind)
    assert wrong == {}


def test_sign_in_page(visit: Callable[..., Page]):
    page = visit()
    page.goto("/sign-in/")
    assert faults(page) == []
    page.get_by_role("button", name="Sign in").click()
    assert page.locator(".govuk-error-summary").count() == 1
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert faults(page) == []


def test_a_missing_label_and_a_missing_text_are_found(visit: Callable[..., Page]):
    """The gate can fail."""
    page = visit()
    page.goto("/sign-in/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/app/icon.svg\"><input>')")
    assert {fault.split(": ")[1] for fault in faults(page)} >= {"image-alt", "label"}
