"""Temporary."""

import os

import pytest
from django.test import Client
from playwright.sync_api import sync_playwright

from accounts.choices import Role
from accounts.models import Delegation
from tests.accounts.signing_in import *
from tests.browser import chromium_path
from tests.factories import make_agency, make_user
from tests.journeys.conftest import ARGUMENTS
from tests.journeys.crawl import faults

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange


@pytest.mark.django_db(transaction=True)
def test_it(live_server, settings, request):
    settings.DEBUG = True
    admin = make_person(Role.ADMINISTRATOR, Role.DISCLOSURE_AUTHORITY, username="boss")
    for n in range(3):
        c = make_user(organisation=admin.organisation, unit=admin.unit)
    make_agency()
    Delegation.objects.create(
        authority="disclose_category_1_level_1",
        delegator=admin,
        delegate=c,
        reason="Leave " * 20,
        period=DateRange(date(2026, 1, 1), date(2099, 1, 1)),
    )
    Client().post(
        "/sign-in/",
        {"username": "boss", "password": PASSWORD},
        headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"},
    )
    out = []
    with sync_playwright() as pw:
        b = pw.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        ctx = b.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        page = ctx.new_page()
        page.on("console", lambda m: out.append(("console", m.text)) if m.type == "error" else None)

        def look(name):
            page.set_viewport_size({"width": 1280, "height": 900})
            page.screenshot(path=f"/tmp/h3_{name}.png", full_page=True)
            out.append((name, faults(page)))

        page.goto("/sign-in/?ended=idle")
        look("signin")
        page.fill("#id_username", "boss")
        page.fill("#id_password", PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        for name, u in {
            "account": "/account/",
            "users": "/users/",
            "usernew": "/users/new/",
            "user": f"/users/{c.pk}/",
            "orgs": "/users/organisations/",
            "unit": f"/users/units/{admin.unit_id}/",
            "agency": "/users/organisations/new/",
            "dels": "/delegations/",
            "delnew": "/delegations/new/",
            "pw": "/account/password/",
            "rc": "/account/recovery-codes/",
            "self": f"/users/{admin.pk}/",
        }.items():
            page.goto(u)
            look(name)
        page.goto("/delegations/new/")
        page.get_by_role("button", name="Lend authority").click()
        look("delerr")
        page.goto(f"/users/{c.pk}/")
        page.get_by_role("button", name="Set a temporary password").click()
        look("temp")
        page.goto("/account/recovery-codes/")
        page.fill("#id_current", PASSWORD)
        page.get_by_role("button", name="Make new codes").click()
        look("codes")
        settings.SECOND_FACTOR = True
        page.goto("/account/")
        look("setup")
        make_authenticator(admin)
        page.goto("/account/")
        look("code")
        ctx2 = b.new_context(base_url=live_server.url)
        page = ctx2.new_page()
        for _ in range(5):
            page.goto("/sign-in/")
            page.fill("#id_username", "boss")
            page.fill("#id_password", "wrong")
            page.get_by_role("button", name="Sign in").click()
        look("locked")
        b.close()
    for o in out:
        print(o)
    assert 0
