"""The look in a real browser, under the strict content policy: the card fits, errors are reached, the time-out asks."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import render_to_string
from playwright.sync_api import sync_playwright

from tests.browser import ARGUMENTS, chromium_path
from tests.ui.conftest import Person
from tests.ui.test_base import MENU, ROLES
from tests.ui.test_forms import EveryForm

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
CARD_PARTS = ("strip", "head", "do", "grid", "ack")
CARD = (Path(__file__).parent / "card.html").read_text(encoding="utf-8")
LINES = [
    "Double-crew. Do not leave alone with any child, and do not let anybody else leave with one.",
    "If a child is present: safeguard first, then call 4417, the on-call inspector, before you do anything else at the address.",
    "If at Northport Leisure Centre or out after 9pm: breach of licence. Arrest power: ask the duty sergeant about recall.",
    "Record what you saw, with whom, and each telephone and computer, before you finish duty.",
]
CONDITIONS = [
    "No unsupervised contact with anyone under 18",
    "Not to enter Northport Leisure Centre",
    "Curfew 9pm to 7am, tag",
    "No device that reaches the internet without approval",
    "Not to leave the county",
]


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, settings):
    """Open a page as the service would send it; whatever the browser complains about fails the test."""
    policy = "; ".join(" ".join([name, *sources]) for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items())
    complaints, pages = [], []

    def open_html(html, width=1280):
        def answer(route):
            path = urlsplit(route.request.url).path
            if path.startswith("/static/"):
                route.fulfill(path=finders.find(path.removeprefix("/static/")))
            elif route.request.method == "POST":
                route.fulfill(status=204)
            else:
                route.fulfill(body=html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy})

        page = chromium.new_page(viewport={"width": width, "height": 720})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.clock.install()
        page.route("**/*", answer)
        page.goto("http://vigil.test/")
        page.wait_for_load_state("networkidle")
        pages.append(page)
        return page

    yield open_html
    for page in pages:
        page.close()
    assert complaints == []


def context(**values):
    signed_in = {"user": Person(), "roles": ROLES, "acting_role": ROLES[1], "navigation": MENU, "idle_seconds": 900, "csrf_token": "t"}
    return signed_in | {"demo": True, "second_factor_off": True} | values


def card_page():
    return engines["django"].from_string(CARD).render(context(lines=LINES, conditions=CONDITIONS))


def form_page(**values):
    return render_to_string("ui/form_page.html", context(title="Record it", back_url="/", cancel_url="/", **values))


def violations(page):
    return [(found["id"], found["nodes"][0]["html"]) for found in Axe().run(page, options=RULES).response["violations"]]


def test_every_part_of_a_full_card_ends_above_720_pixels(open_page):
    page = open_page(card_page())

    boxes = [page.locator(f".app-card__{part}").bounding_box() for part in CARD_PARTS]

    ends = [box["y"] + box["height"] for box in boxes]
    assert ends == sorted(ends)
    assert ends[-1] <= 720
    assert page.locator(".app-card__level").evaluate("element => getComputedStyle(element).fontSize") == "48px"


def test_a_full_card_prints_on_one_a5_page(open_page):
    printed = open_page(card_page()).pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert [round(float(size)) for size in re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed).groups()] == [420, 595]


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_are_accessible_and_never_scroll_sideways(open_page, width):
    for html in (card_page(), form_page(form=EveryForm()), form_page(form=EveryForm({})), render_to_string("404.html", context())):
        page = open_page(html, width)

        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_accessibility_check_sees_what_is_wrong(open_page):
    page = open_page(form_page(form=EveryForm()))
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")

    assert [rule for rule, _html in violations(page)] == ["label"]


def test_errors_are_reached_by_keyboard(open_page):
    form = EveryForm({"born_year": "1971", "born_day": "3"})
    page = open_page(form_page(form=form))

    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    for name in ("text", "radio", "ticks", "born", "agreed"):
        page.locator(f'.govuk-error-summary a[href="#{form[name].focus_id}"]').first.press("Enter")
        assert page.evaluate("document.activeElement.id") == form[name].focus_id


def test_time_out_asks_and_staying_is_one_press(open_page):
    page = open_page(form_page(form=EveryForm()))
    dialog = page.locator("dialog")
    page.clock.fast_forward("12:50")
    assert not dialog.is_visible()

    page.clock.fast_forward("00:15")
    assert dialog.is_visible()
    assert "2 minutes" in dialog.inner_text()
    assert violations(page) == []

    page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    page.clock.fast_forward("12:50")
    assert not dialog.is_visible()


def test_time_out_clears_the_screen(open_page):
    page = open_page(form_page(form=EveryForm()))

    page.clock.fast_forward("15:05")

    page.wait_for_url("**/accounts/i/")


def test_polling_keeps_nobody_signed_in(open_page):
    page = open_page(form_page(form=EveryForm()))
    answered = """trigger => {
        const element = document.createElement("div");
        element.setAttribute("hx-trigger", trigger);
        document.body.append(element);
        htmx.trigger(element, "htmx:afterRequest", { elt: element, successful: true });
    }"""

    page.clock.fast_forward("10:00")
    page.evaluate(answered, "load, every 30s")
    page.clock.fast_forward("03:05")
    assert page.locator("dialog").is_visible()

    page.evaluate(answered, "click")
    assert not page.locator("dialog").is_visible()
