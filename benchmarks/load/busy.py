"""What runs beside in the busy phase, begun over HTTP as a user would and waited for: an import, a flood of alerts, bundles, figures."""
from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import requests

from benchmarks.load.forms import read_form

SECONDS = 120  # that anybody waits for an answer
EVERY = 10  # seconds between looks at how far it is
Ask = Callable[..., list[tuple[Any, ...]]]
STORED = "SELECT count(*) FROM offenders_nominal WHERE local_reference ^@ 'LOAD-'"
STATES = """
SELECT alert.state, count(*) FROM intelligence_travelalert alert JOIN intelligence_alertsource source ON source.id = alert.source_id
WHERE source.code = 'load' GROUP BY alert.state
"""
COLLECTING = "SELECT count(*) FROM disclosure_subjectrequest WHERE public_id::text = ANY(%s) AND collector_id IS NOT NULL"
COLLECTED = """
SELECT count(DISTINCT request.id), count(*) FROM disclosure_bundleitem item
JOIN disclosure_subjectrequest request ON request.id = item.request_id
WHERE request.public_id::text = ANY(%s)
"""


class Failed(Exception):
    """Something did not end as it should; the message says how it stands."""


class Visitor:
    """Somebody signed in who starts work and comes back to look."""

    def __init__(self, host: str, username: str, password: str) -> None:
        self.host, self.session = host, requests.Session()
        self.session.headers["Connection"] = "close"
        self.get("/sign-in/")
        self.send("password", username=username, password=password)

    def get(self, path: str) -> str:
        """Open a page."""
        return self.keep(self.session.get(urljoin(self.host, path), timeout=SECONDS))

    def send(self, field: str, files: dict[str, Any] | None = None, action: str = "", **words: str) -> str:
        """Send the form of the open page that has this field; `action` is where, if there are several."""
        form = read_form(self.page, field)
        address = urljoin(self.address, action or form.action)
        return self.keep(self.session.post(address, data={**form.fields, **words}, files=files, timeout=SECONDS))

    def keep(self, answer: requests.Response) -> str:
        """Remember the page that is open."""
        if not answer.ok:
            raise Failed(f"{answer.url.removeprefix(self.host)} answered {answer.status_code}")
        self.page, self.address = answer.text, answer.url
        return self.page


class Busy:
    """The work of the phase, each in a thread of its own, with how it ended."""

    def __init__(self, host: str, folder: Path, cast: dict[str, Any], ask: Ask, rows: int) -> None:
        self.host, self.folder, self.cast, self.ask, self.rows = host, folder, cast, ask, rows
        self.ends: list[dict[str, Any]] = []
        self.deadline = float("inf")
        self.is_over = threading.Event()
        self.threads: list[threading.Thread] = []

    def print_throughout(self) -> None:
        """Have the figures printed in both phases: a web server that never made a paper before would grow by that, once."""
        self.begin("figures", self.print_figures)

    def start(self, patience: float) -> None:
        """Begin everything else; what has not ended after so many seconds has failed."""
        self.deadline = time.monotonic() + patience
        for what, work in {"import": self.bring_in, "border reports": self.flood, "bundles": self.collect}.items():
            self.begin(what, work)

    def begin(self, what: str, work: Callable[[], str]) -> None:
        """Begin one thing."""
        self.threads.append(threading.Thread(target=self.run, args=(what, work), daemon=True))
        self.threads[-1].start()

    def wait(self) -> list[dict[str, Any]]:
        """Wait for all of it, and return how each ended."""
        self.is_over.set()
        for thread in self.threads:
            thread.join()
        return self.ends

    def run(self, what: str, work: Callable[[], str]) -> None:
        """Do one thing and note its end, whatever that is."""
        began = time.monotonic()
        try:
            end, is_done = work(), True
        except (Failed, requests.RequestException, LookupError) as error:
            end, is_done = str(error) or type(error).__name__, False
        self.ends.append({"what": what, "end": end, "seconds": round(time.monotonic() - began, 1), "is_done": is_done})

    def sign_in(self, username: str) -> Visitor:
        """Return somebody signed in."""
        return Visitor(self.host, username, self.cast["password"])

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Look now and then until it is so."""
        while not is_so():
            if time.monotonic() > self.deadline:
                raise Failed(f"not done in time: {what}")
            time.sleep(EVERY)

    def bring_in(self) -> str:
        """Hand the file in, watch the check, press the button, watch it stored."""
        visitor, began = self.sign_in(self.cast["importer"]), time.monotonic()
        visitor.get("/imports/new/")
        with (self.folder / "people.csv").open("rb") as file:
            visitor.send("file", files={"file": ("people.csv", file, "text/csv")})
        page = visitor.address
        self.until(lambda: self.stands(visitor, page, "Nothing is wrong with this file"), "the check of the import")
        checked = time.monotonic() - began
        visitor.send("csrfmiddlewaretoken", action=f"{page}store/")
        self.until(lambda: self.stands(visitor, page, "The records are stored"), "the storing of the import")
        (stored,) = self.ask(STORED)[0]
        if stored != self.rows:
            raise Failed(f"{stored:,} of {self.rows:,} records are stored")
        return f"{stored:,} people stored; checked after {checked:,.0f} s"

    @staticmethod
    def stands(visitor: Visitor, page: str, words: str) -> bool:
        """Whether a page says so by now; one that says that it was refused never will."""
        if "Nothing was stored" in visitor.get(page):
            raise Failed("the import was refused")
        return words in visitor.page

    def flood(self) -> str:
        """Send all reports from the border, call after call, and wait until each has come to an end."""
        grant = {"grant_type": "client_credentials", "client_id": self.cast["border"]["client_id"]}
        grant["client_secret"] = self.cast["border"]["secret"]
        token = self.call("/api/token/", data=grant)["access_token"]
        for call in self.cast["calls"]:
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())}
            self.call("/api/v1/travel-alerts/", json=call, headers=headers)
        sent, began = sum(map(len, self.cast["calls"])), time.monotonic()
        self.until(lambda: self.settled() == sent, "the border reports")
        states = ", ".join(f"{number:,} {state}" for state, number in sorted(self.states()))
        return f"{sent:,} of {sent:,} settled {time.monotonic() - began:,.0f} s after the last was sent: {states}"

    def call(self, path: str, **options: Any) -> dict[str, Any]:
        """Call the API as the border's system does."""
        answer = requests.post(urljoin(self.host, path), timeout=SECONDS, **options)
        if not answer.ok:
            raise Failed(f"{path} answered {answer.status_code}")
        found: dict[str, Any] = answer.json()
        return found

    def states(self) -> list[tuple[Any, ...]]:
        """How many reports are in each state."""
        return self.ask(STATES)

    def settled(self) -> int:
        """How many reports came to an end."""
        return sum(number for state, number in self.states() if state != "received")

    def collect(self) -> str:
        """Have a worker collect what is held about people who asked for it, and wait for the bundles."""
        for each in self.cast["bundles"]:
            visitor = self.sign_in(each["username"])
            visitor.get(f"{each['address']}collecting/")
            visitor.send("csrfmiddlewaretoken", action=f"{each['address']}collect/")
        keys = [each["id"] for each in self.cast["bundles"]]
        self.until(lambda: self.ask(COLLECTING, keys)[0][0] == 0, "the bundles")
        bundles, items = self.ask(COLLECTED, keys)[0]
        if bundles != len(self.cast["bundles"]):
            raise Failed(f"{bundles} of {len(self.cast['bundles'])} bundles hold anything")
        return f"{bundles} bundles collected, {items:,} pieces"

    def print_figures(self) -> str:
        """Open the annual figures and print them, again and again until the phase ends."""
        visitor, times = self.sign_in("information_governance"), 0
        while not times or not self.is_over.wait(3 * EVERY):
            visitor.get("/figures/")
            paper = visitor.session.get(urljoin(self.host, "/figures/figures.pdf"), timeout=SECONDS)
            if not paper.content.startswith(b"%PDF"):
                raise Failed(f"the figures as a paper answered {paper.status_code}")
            times += 1
        return f"looked at and printed {times} times"


def load(folder: Path) -> dict[str, Any]:
    """Read who takes part."""
    cast: dict[str, Any] = json.loads((folder / "cast.json").read_text(encoding="utf-8"))
    return cast
