"""Every text of every record turned hostile: no browser runs it, on paper it is text, no export hands on a formula.

Generated from the tables and from the URL table; the browser is not helped by the policy for content.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Route as BrowserRequest
from playwright.sync_api import sync_playwright

from accounts.models import User
from offenders.models import Nominal
from offenders.search import index_names
from tests.browser import ARGUMENTS, chromium_path
from tests.drills.filling import filled
from tests.drills.test_two_at_once import ACTS
from tests.factories import make_nominal
from tests.journeys.test_every_page import NO_PAGES, THINGS, make_viewer, pages
from tests.routes import Route, all_routes
from tests.safety.test_access_matrix import Rollback
from tests.safety.test_query_counts import fill

pytestmark = pytest.mark.django_db

RAN = "IT-RAN"
# Out of an attribute in either quotes, out of a title or text area, out of a script: each would speak on the console.
MARKUP = f"""'"></textarea></title></script><img src=x onerror=console.log('{RAN}')>"""
SHORT = f"""<img src=x onerror=console.log('{RAN}')>"""
FORMULA = "=HYPERLINK(0)"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
# Columns that the service fills in itself, out of its own words: nobody types them.
OWN_WORDS = re.compile(
    r"(^|_)(code|codes|state|status|kind|key|route|rule|reference|username|password|sha256|digest|session_key|content_type|codename|"
    r"template|channel|law|scope|name_of|file|path|step|verb|token|secret|client_id|permission|form|question|basis|circumstance|number|"
    r"method|unit_of|model|app_label|action_kind|source|purpose|stage|outcome_kind|power|group|series|version|row|field|parts|section|act|table|column|label)$"
)
OURS = {"accounts", "actions", "offenders", "intelligence", "sharing", "disclosure", "governance"}


def typed_columns() -> Iterator[tuple[str, str, int]]:
    """Each column that holds what somebody typed: its table, its name, and how much it holds."""
    for model in apps.get_models():
        if model._meta.app_label in OURS and not model.__name__.endswith(("Rule", "Word")):
            for field in model._meta.concrete_fields:
                is_text = type(field) in {models.CharField, models.TextField} and not field.choices
                if is_text and not (field.unique or field.primary_key or OWN_WORDS.search(field.column)):
                    yield model._meta.db_table, field.column, field.max_length or 10**6


def poison(text: str, short: str = "") -> int:
    """Put the text into every column that can hold it; return how many could."""
    done = 0
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("RESET ROLE")
        for table, column, size in typed_columns():
            value = text if len(text) <= size else short
            if not value or len(value) > size:
                continue
            try:
                with transaction.atomic():
                    cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
                    cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE "{column}" <> \'\'', [value])  # noqa: S608 - our own tables
                    done += cursor.rowcount > 0
                    cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            except DatabaseError:  # a rule of the table's own keeps it out
                continue
        cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")
    return done


def make_records() -> tuple[User, Nominal]:
    """Somebody who reaches every page, and a record with much on it."""
    viewer = make_viewer()
    full = make_nominal(unit=viewer.unit, offender_manager=viewer)
    for number in (0, 1):
        fill(full, viewer, number)
    index_names(None)
    return viewer, full


def addresses(routes: list[Route], viewer: User, full: Nominal) -> dict[str, str]:
    """Make what each page is about, on a record of its own; return the addresses."""
    made = {}
    for route in routes:
        with suppress(IntegrityError), transaction.atomic():  # some things are one of their kind, and were made for another page
            bare = make_nominal(unit=viewer.unit, offender_manager=viewer)
            kwargs = THINGS[route.name](bare) if route.name in THINGS else dict.fromkeys(route.kwargs, full.reference)
            made[route.name] = reverse(route.name, kwargs=kwargs)
    assert len(made) > 0.9 * len(routes)
    return made


def ran(answers: dict[str, HttpResponse]) -> dict[str, list[str]]:
    """Open each answer in a browser without the policy for content; return the pages on which something ran, or a link would run."""
    found: dict[str, list[str]] = {}
    with sync_playwright() as playwright, closing(playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)) as browser:
        page = browser.new_page()
        shown: list[HttpResponse] = []
        said: list[str] = []

        def answer(request: BrowserRequest) -> None:
            path = urlsplit(request.request.url).path
            if path.startswith("/static/"):
                request.fulfill(path=finders.find(path.removeprefix("/static/")))
            elif request.request.resource_type == "document":
                request.fulfill(body=shown[-1].content, headers={"Content-Type": shown[-1]["Content-Type"]})
            else:
                request.fulfill(status=404, body="")

        page.on("console", lambda message: said.append(message.text) if RAN in message.text else None)
        page.route("**/*", answer)
        for name, response in answers.items():
            shown.append(response)
            page.goto(f"https://vigil.test{response.request['PATH_INFO']}")
            links = page.eval_on_selector_all("[href],[action]", "all => all.map(e => e.getAttribute('href') || e.getAttribute('action'))")
            if bad := said + [link for link in links if link.strip().lower().startswith(("javascript:", "data:"))]:
                found[name] = list(bad)
            said.clear()
    return found


def test_nothing_that_was_typed_runs_on_any_page(client: Client) -> None:
    viewer, full = make_records()
    urls = addresses(pages(), viewer, full)
    client.force_login(viewer)
    assert poison(MARKUP, SHORT) > 200
    answers, broken = {}, {}
    client.raise_request_exception = False
    for name, url in urls.items():
        with transaction.atomic():
            answers[name] = client.get(url)
            transaction.set_rollback(True)
        if answers[name].status_code >= 500:
            broken[name] = answers[name].status_code
    answers = {name: each for name, each in answers.items() if each.get("Content-Type", "").startswith("text/html")}
    showing = [name for name, each in answers.items() if RAN in each.content.decode()]
    print(f"{len(answers)} pages, {len(showing)} show what was typed")
    assert len(showing) > 150
    assert ran(answers) == {}
    assert broken == {}


def test_a_page_that_runs_what_was_typed_is_found() -> None:
    """The drill can fail."""
    page = HttpResponse(f"<!DOCTYPE html><title>Sample</title><p>{SHORT}</p>")
    page.request = {"PATH_INFO": "/sample/"}
    assert ran({"sample": page}) == {"sample": [RAN]}


def cells(answer: HttpResponse) -> list[str]:
    """The cells of an export that a spreadsheet would take for formulas if they begin like one; formulas of a workbook as they stand."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer["Content-Type"].startswith("text/csv"):
        return [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in line]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return [f"={cell.text}" for sheet in sheets for cell in ET.fromstring(sheet).iter() if cell.tag.endswith("}f")]  # noqa: S314 - our own


def is_sheet(answer: HttpResponse) -> bool:
    """Whether a spreadsheet program would open it."""
    return answer.get("Content-Type", "").startswith(("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml"))


def test_no_export_hands_on_a_formula(client: Client) -> None:
    viewer, full = make_records()
    gets = [
        route for route in all_routes() if route.method == "get" and route.name in NO_PAGES and (route.name in THINGS or not route.kwargs)
    ]
    exports = addresses(gets, viewer, full)
    posts = addresses([route for route in ACTS if re.search("export|csv|workbook", route.name)], viewer, full)
    client.force_login(viewer)
    assert poison(FORMULA) > 200
    answers = {name: client.get(url) for name, url in exports.items()}
    answers |= {name: client.post(url, filled(client, url, 1)) for name, url in posts.items()}
    sheets = {name: cells(answer) for name, answer in answers.items() if is_sheet(answer)}
    print({name: len(found) for name, found in sheets.items()})
    bad = {name: [cell for cell in found if cell.startswith(FORMULAS) and not NUMBER.fullmatch(cell)] for name, found in sheets.items()}
    assert {name: found for name, found in bad.items() if found} == {}
    named = {route.name for route in all_routes() if re.search("export$|csv$|workbook$", route.name)}
    assert sheets.keys() == named - {"offenders:contacts-export"}  # a paper


def test_on_paper_it_is_text(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer, full = make_records()
    routes = [route for route in ACTS if re.search("print|paper|sheet|letter|copy|contacts-export", route.name)]
    urls = addresses(routes, viewer, full)
    client.force_login(viewer)
    assert poison(MARKUP, SHORT) > 200
    papers: list[str] = []

    def set_paper(html: Any, *_args: Any, **_kwargs: Any) -> bytes:
        papers.append(ET.tostring(html.etree_element, encoding="unicode"))
        return b"%PDF-1.7"

    monkeypatch.setattr("weasyprint.HTML.write_pdf", set_paper)
    client.raise_request_exception = False
    for url in urls.values():
        for variant in (0, 1):
            try:
                with transaction.atomic():
                    client.post(url, filled(client, url, variant))
                    raise Rollback
            except Rollback:
                pass
    print(f"{len(papers)} papers, {sum(RAN in paper for paper in papers)} with what was typed")
    assert sum(RAN in paper for paper in papers) > 5
    assert [paper[:200] for paper in papers if 'onerror="' in paper] == []
