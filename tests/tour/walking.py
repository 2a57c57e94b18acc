"""What a walk through the product leaves: numbered pictures, each with what happens, who does it and what it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from offenders.demo.staff import LOGINS
from tests.site import sign_in
from tests.tour.screens import WIDE, small

TALLEST = 1330  # of a picture, so that one stands on a page with its words
NAMES = {login.username: [login.rank, login.collar_number, f"{login.surname}, {login.roles[0].label}"] for login in LOGINS}


@dataclass(frozen=True)
class Step:
    """One page of the tour."""

    journey: str
    title: str
    says: str
    who: str
    requirement: str
    picture: Path


@dataclass
class Tour:
    """A walk: the windows of the people who take part, and the steps that came about."""

    browser: Browser
    site: str
    folder: Path
    journey: str = ""
    steps: list[Step] = field(default_factory=list)
    windows: dict[str, Page] = field(default_factory=dict)

    def window(self, who: str) -> Page:
        """Return somebody's window, signed in; the same one each time."""
        if who not in self.windows:
            context = self.browser.new_context(base_url=self.site, viewport={"width": WIDE, "height": 800})
            self.windows[who] = context.new_page()
            sign_in(self.windows[who], who)
        return self.windows[who]

    def shows(self, who: str, title: str, says: str, requirement: str, *, expected: str) -> None:
        """Take the next picture of somebody's window, once these words stand on the page."""
        page = self.window(who)
        page.set_viewport_size({"width": WIDE, "height": 800})
        found = page.locator("main").get_by_text(expected).first
        expect(found).to_be_visible()
        bottom = found.evaluate("one => one.getBoundingClientRect().bottom + window.scrollY")
        assert bottom <= TALLEST, f"“{expected}” is not on the picture"
        number = len(self.steps) + 1
        picture = self.folder / f"{number:02}-{who.replace('_', '-')}.png"
        picture.write_bytes(small(page.screenshot(full_page=True, animations="disabled", caret="hide"), TALLEST))
        self.steps.append(Step(self.journey, title, says, " ".join(filter(None, NAMES[who])), requirement, picture))
        print(f"{number:02} {self.journey}: {title}", flush=True)
