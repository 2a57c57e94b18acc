"""An auditor sees the log whole; somebody who has the database to themselves changes an entry, and the auditor sees where."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from contextlib import closing

import psycopg2
import pytest
from playwright.sync_api import Page, expect

from tests.demonstration import BASE_DIR, MANAGE
from tests.journeys.crawl import faults
from tests.journeys.filling import follow, press
from tests.site import Site

pytestmark = pytest.mark.xdist_group("journeys")
PATIENCE = 30_000


def seal(site: Site) -> None:
    """Do what beat has the worker do every minute."""
    command = [*MANAGE, "shell", "--verbosity=0", "--command", "from audit.tasks import seal_log; seal_log()"]
    subprocess.run(command, cwd=BASE_DIR, env=os.environ | site.environment, check=True)


def tamper(site: Site) -> int:
    """Change a sealed entry as the owner of its table; return its number."""
    owner = os.environ["DATABASE_OWNER_URL"].rpartition("/")[0] + "/" + site.environment["DATABASE_URL"].rpartition("/")[2]
    with closing(psycopg2.connect(owner)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET verb = 'printed' WHERE id = (SELECT min(id) + 2 FROM audit_event) RETURNING id")
        [(number,)] = cursor.fetchall()
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    return number


def verify(page: Page) -> None:
    """Have it verified and watch it to its end."""
    press(page, "Verify now")
    expect(page.get_by_role("button", name="Verify now")).to_be_visible(timeout=PATIENCE)


def test_a_tampered_log_is_seen_by_the_auditor(visit: Callable[..., Page], site_parts: Site, worker: None):
    auditor = visit("auditor")
    seal(site_parts)
    auditor.goto("/audit/")
    follow(auditor.get_by_role("link", name="Seal of the log").last)
    expect(auditor.get_by_role("heading", name="Seal of the log")).to_be_visible()
    assert faults(auditor) == []
    verify(auditor)
    expect(auditor.get_by_text("Whole", exact=True).first).to_be_visible()
    expect(auditor.get_by_text("the anchor outside says the same up to seal")).to_be_visible()
    auditor.goto("/audit/?verb=signed+in")
    follow(auditor.get_by_role("table").get_by_role("link").first)
    auditor.get_by_text("Show the proof").or_(auditor.get_by_text("Not sealed yet")).first.click()
    assert faults(auditor) == []

    number = tamper(site_parts)
    auditor.goto("/audit/seal/")
    verify(auditor)
    expect(auditor.get_by_text("Not whole", exact=True).first).to_be_visible()
    expect(auditor.get_by_text(re.compile(rf"event {number}: an entry was changed")).first).to_be_visible()
    assert faults(auditor) == []
    narrow = visit("auditor", width=320)
    narrow.goto("/audit/seal/")
    assert faults(narrow) == []
