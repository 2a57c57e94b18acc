"""The frame of every page: marking, who is signed in, the way out, nothing inline."""

from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.ui.conftest import Page, Person

ROLES = [SimpleNamespace(value="auditor", label="Auditor"), SimpleNamespace(value="supervisor", label="Supervisor")]
MENU = [SimpleNamespace(url="/work/", text="My work", active=True), SimpleNamespace(url="/people/", text="People", active=False)]


def render_base(**context):
    signed_in = {"user": Person(), "roles": ROLES, "acting_role": ROLES[1], "navigation": MENU, "idle_seconds": 900, "csrf_token": "t"}
    return Page(render_to_string("base.html", signed_in | context))


def test_marking_and_banners():
    assert "OFFICIAL – SENSITIVE" in render_base().text
    assert "no person here is real" not in render_base().text
    assert "Training data: no person here is real." in render_base(demo=True).text
    assert "Second factor is switched off in this demonstration" in render_base(second_factor_off=True).text


def test_menu_marks_where_one_is():
    page = render_base()

    assert [attrs["href"] for attrs in page.named("a", **{"aria-current": "true"})] == ["/work/"]
    assert page.named("a", href="/people/")


def test_role_switch_is_offered_only_to_people_with_several():
    several = render_base()
    one = render_base(roles=ROLES[:1], acting_role=ROLES[0])

    assert [attrs["value"] for attrs in several.named("option")] == ["auditor", "supervisor"]
    assert [attrs["value"] for attrs in several.named("option") if "selected" in attrs] == ["supervisor"]
    assert one.named("option") == []
    assert "DS 2207 Example, Auditor" in one.text


def test_leaving_and_staying_are_posts():
    page = render_base()

    assert {attrs["action"]: attrs["method"] for attrs in page.named("form")} == {
        "/accounts/a/": "post",
        "/accounts/o/": "post",
        "/accounts/k/": "post",
    }
    assert page.named("dialog")[0]["data-idle-seconds"] == "900"


def test_nobody_signed_in_sees_no_menu_no_way_out_and_no_time_out():
    page = render_base(user=Person(is_authenticated=False), navigation=None, roles=None, acting_role=None)

    assert page.named("form") == page.named("nav") == page.named("dialog") == []


def test_nothing_is_inline():
    page = render_base()

    assert all("src" in attrs for attrs in page.named("script"))
    assert page.named("style") == []
    assert not [attrs for _tag, attrs in page.tags if "style" in attrs or any(name.startswith("on") for name in attrs)]


@pytest.mark.parametrize(
    ("level", "variant"),
    [(messages.SUCCESS, "success"), (messages.ERROR, "error"), (messages.INFO, "information"), (messages.WARNING, "warning")],
)
def test_messages_are_alerts(level, variant):
    page = render_base(messages=[messages.storage.base.Message(level, "Saved <here>")])

    assert [attrs["class"] for attrs in page.named("div", role="region")] == [f"moj-alert moj-alert--{variant}"]
    assert "Saved <here>" in page.text


@pytest.mark.parametrize(
    ("template", "said"), [("403.html", "You cannot do this"), ("404.html", "Page not found"), ("500.html", "Something went wrong")]
)
def test_error_pages_need_no_context(template, said):
    page = Page(render_to_string(template))

    assert said in page.text
    assert "OFFICIAL – SENSITIVE" in page.text


def test_forbidden_page_says_why_and_who_can_help():
    page = Page(render_to_string("403.html", {"refusal": "It is open to: auditor. Ask your supervisor."}))

    assert "It is open to: auditor. Ask your supervisor." in page.text


def test_error_reference_is_shown_when_known():
    assert "reference: abc-1" in Page(render_to_string("500.html", {"request_id": "abc-1"})).text


def test_pages_by_key_keep_the_filter():
    request = RequestFactory().get("/people/?risk=high&before=90")
    request.user = AnonymousUser()

    page = Page(render_to_string("ui/_pagination.html", {"next_before": 40, "is_first_page": False}, request=request))

    assert [attrs["href"] for attrs in page.named("a")] == ["/people/?risk=high", "/people/?risk=high&before=40"]


def test_one_page_has_no_page_links():
    assert Page(render_to_string("ui/_pagination.html", {"next_before": None, "is_first_page": True})).named("nav") == []


def test_empty_list_says_why_and_what_to_do():
    page = Page(
        render_to_string(
            "ui/_empty.html",
            {"text": "No cases yet.", "what_to_do": "Your supervisor gives you cases.", "link": "/find/", "link_text": "Find a person"},
        )
    )

    assert page.text == "No cases yet. Your supervisor gives you cases. Find a person"


def test_summary_row_says_what_is_missing_and_names_what_a_link_changes():
    page = Page(render_to_string("ui/_summary_row.html", {"key": "Licence conditions", "value": None, "change_url": "/c/"}))

    assert page.text == "Licence conditions Not recorded Change Licence conditions"
