"""Pictures of the main pages for docs/screens.md: `make screens`, of a demonstration of its own, or `make screens URL=...` of another.

The list below is all there is: docs/screens.md is made of it, and a test compares the two.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from offenders.demo.staff import LOGINS
from tests.demonstration import BASE_DIR
from tests.site import address_of, running_browser, sign_in

DOCS = BASE_DIR / "docs"
FOLDER, INDEX, CARD = DOCS / "screens", DOCS / "screens.md", DOCS / "card.png"
WIDE, NARROW = 1280, 320
TALLEST = {WIDE: 1280, NARROW: 900}  # what a reader of a document looks at; longer pages are cut
COLOURS = 96  # a page of text needs no more, and takes a third of the space
MOST_BYTES = 150_000
CARD_HEIGHT = 720  # all of the card stands above the fold of a common screen


def stay(_: Page) -> None:
    """Show the page as it opens."""


def open_first(selector: str) -> Callable[[Page], None]:
    """Show what the first such link leads to."""

    def go(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return go


def misspell(page: Page) -> None:
    """Search for a name as it was heard."""
    page.get_by_role("searchbox").fill("Arther Sampel")
    with page.expect_navigation():
        page.get_by_role("searchbox").press("Enter")


@dataclass(frozen=True)
class Screen:
    """One page as whoever uses it sees it: the file's name, the login, the address, and what a reader is told."""

    name: str
    who: str
    path: str
    title: str
    caption: str
    shows: str
    go: Callable[[Page], None] = stay
    widths: tuple[int, ...] = (WIDE,)

    def file(self, width: int) -> str:
        """Return the name of the picture."""
        return f"{self.name}-{width}.png"


EVERYWHERE = (WIDE, NARROW)
ARTHUR = "/nominals/V-000001/"
SCREENS = (
    Screen(
        "find", "control_room", "/find/", "Find a person",
        "A name as it was heard over the radio finds the person. It says what matched, how high the risk is and who manages them.",
        "A search for Arther Sampel, and one result: Sample, Arthur, very high risk, with the reasons why it matched.",
        misspell, EVERYWHERE,
    ),
    Screen(
        "card", "control_room", f"{ARTHUR}card/", "The operational card",
        "What an officer at the door must know, in the order in which it is needed. One button tells the offender manager.",
        "Very high risk to children; name and description; four lines on what to do now; how the person offends; conditions; people at"
        " risk; whom to tell.",
        stay, EVERYWHERE,
    ),
    Screen(
        "home", "offender_manager", "/", "The officer's home page",
        "What is overdue comes first, then what is due soon. Every person of the caseload stands below with their next action.",
        "Counters of overdue and coming work, notices that wait for an answer, and the caseload, the soonest action first.",
        stay, EVERYWHERE,
    ),
    Screen(
        "case-file", "offender_manager", f"{ARTHUR}case-file/", "The case file",
        "Addresses, people, online names and devices. Each fact says where it came from, when it was last verified and by whom.",
        "The name with its risk and licence, the parts of the record as tabs, and two addresses with their sources.",
    ),
    Screen(
        "visit", "offender_manager", f"{ARTHUR}visits/record/", "Record a visit",
        "The form begins with what has changed since the last visit, so that nobody knocks unprepared.",
        "A list of what happened since the last visit, above the form that records this one.", stay, EVERYWHERE,
    ),
    Screen(
        "team", "supervisor", "/team/", "The supervisor's team",
        "Who carries how much, measured against a ceiling, and what is overdue. Cases are moved from here.",
        "A table of officers with their cases by level of risk, visits and actions overdue, and whether they are above the ceiling.",
    ),
    Screen(
        "meeting", "mapp_chair", "/meetings/", "Minutes of a MAPPA meeting",
        "Attendance, what each agency brought, decisions and actions. The chair approves them; copies are numbered.",
        "Minutes of a level 2 meeting that wait for the chair: who attended, and the information from each agency.",
        open_first("main a[href$='/minutes/']"),
    ),
    Screen(
        "sharing", "offender_manager", f"{ARTHUR}sharing/", "A decision to share",
        "What goes to whom, why, by which power, and who must decide. Without an approved decision nothing leaves.",
        "An approved decision to share part of a record with children's services, and beside it who decides.",
        open_first("main table a"),
    ),
    Screen(
        "intelligence", "intelligence", "/intelligence-bureau/", "An intelligence report at the bureau",
        "The report as the patrol wrote it. The bureau grades it, takes out what would give somebody away, and releases it.",
        "A report that waits for the bureau, with a button to evaluate it, what was seen, when and where, and whom it is about.",
        open_first("main table a"),
    ),
    Screen(
        "travel-alert", "offender_manager", "/travel-alerts/", "A travel alert",
        "A travel alert beside the person it may be about, fact by fact. A person decides whether they are the same.",
        "What the border reported, and a table that compares it with a record: same, differs, or not known.", open_first("main table a"),
    ),
    Screen(
        "who-could-see", "auditor", f"{ARTHUR}who-could-see/", "Who could have seen it",
        "For any past day: everybody who could have opened a record, by which rule, and who did.",
        "How many people could see each part of the record that day, and a table of each person, the rule and what they did.",
    ),
    Screen(
        "partner", "partner", "/partner/", "What an agency sees",
        "A probation officer reads what was shared with them: how to handle it first, then the information. Each opening is recorded.",
        "What the police shared: how it must be handled, what it is for, under which law, until when, and the text itself.",
        open_first("main a[href^='/partner/shared/']"),
    ),
)  # fmt: skip


def index() -> str:
    """Return docs/screens.md."""
    roles = {login.username: login.roles[0].label for login in LOGINS}
    opening = f"""# Screens

Made by `make screens` from a fresh demonstration: every name, number and event is invented. Each page is shown as the role that
uses it sees it, {WIDE} pixels wide; the most used ones also on a telephone, {NARROW} pixels wide. Long pages are cut.
`make demo-tour` walks through the main journeys.
"""
    return "\n".join([opening, *(section(screen, roles[screen.who]) for screen in SCREENS)])


def section(screen: Screen, role: str) -> str:
    """Return what the index says of one page."""
    pictures = [f"![{screen.shows}](screens/{screen.file(WIDE)})"]
    if NARROW in screen.widths:
        pictures.append(f"![{screen.title} on a telephone](screens/{screen.file(NARROW)})")
    return f"## {screen.title}\n\n{role} (`{screen.who}`). {screen.caption}\n\n" + "\n\n".join(pictures) + "\n"


def small(png: bytes, height: int) -> bytes:
    """Cut a picture, and write it with few colours."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    cut = picture.crop((0, 0, picture.width, min(height, picture.height)))
    written = io.BytesIO()
    cut.quantize(COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def save(path: Path, png: bytes, height: int) -> None:
    """Write a picture; refuse one that is too large for the repository."""
    content = small(png, height)
    if len(content) > MOST_BYTES:
        raise SystemExit(f"{path.name} has {len(content)} bytes; at most {MOST_BYTES} go into the repository.")
    path.write_bytes(content)


def photograph(browser: Browser, site: str, screen: Screen, width: int) -> bytes:
    """Sign in as whoever uses a page, go there and return a picture of it."""
    context = browser.new_context(base_url=site, viewport={"width": width, "height": CARD_HEIGHT})
    page = context.new_page()
    sign_in(page, screen.who)
    answer = page.goto(screen.path)
    if not answer or not answer.ok:
        raise SystemExit(f"{screen.path} does not open for {screen.who}.")
    screen.go(page)
    png = page.screenshot(full_page=True, animations="disabled", caret="hide")
    context.close()
    return png


def main(url: str = "") -> None:
    """Make all pictures and the index anew; what is not in the list any more goes."""
    FOLDER.mkdir(exist_ok=True)
    with address_of(url) as site, running_browser() as browser:
        for screen in SCREENS:
            for width in screen.widths:
                png = photograph(browser, site, screen, width)
                save(FOLDER / screen.file(width), png, TALLEST[width])
                if (screen.name, width) == ("card", WIDE):
                    save(CARD, png, CARD_HEIGHT)
                print(screen.file(width), flush=True)
    INDEX.write_text(index(), encoding="utf-8")
    for stale in {path.name for path in FOLDER.iterdir()} - {screen.file(width) for screen in SCREENS for width in screen.widths}:
        (FOLDER / stale).unlink()

