"""Officers, operators and agencies at work for one phase, in a process of its own: `python -m benchmarks.load.people`."""
from __future__ import annotations

import argparse
import json
import random
import re
import time
import uuid
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import gevent
from locust import HttpUser, between, task
from locust.env import Environment
from locust.exception import RescheduleTask

from benchmarks.load.forms import Form, read_form

A_SECOND = 1  # so many sign in each second, as at the beginning of a shift
POLL = 60  # seconds after which an open page asks for its numbers again
SECONDS = 60  # that anybody waits for a page
TOKEN_LASTS = 540
LINK = re.compile(r'href="/nominals/(V-[0-9]+)/card/"')
SIGNING_IN = ("sign-in: ", "API: token")
SAVED = "The visit has been saved."


def title_of(page: str) -> str:
    """Return the title of a page, which names nobody."""
    return page.partition("<title>")[2].partition("</title>")[0].strip() or "no title"


class Guest(HttpUser):
    """Somebody who asks for pages and looks whether they got them."""

    abstract = True
    cast: Mapping[str, Any] = {}
    page = address = ""

    def ask(self, name: str, method: str, url: str, mark: str, status: int = 200, **options: Any) -> str:
        """Ask for a page; anything but the page that has this mark is an error, and ends what they were about to do."""
        with self.client.request(method, url, name=name, catch_response=True, timeout=SECONDS, **options) as answer:
            self.page, self.address = answer.text or "", answer.url or url
            if answer.status_code != status:
                answer.failure(f"answered {answer.status_code} {answer.error or ''}".strip())
            elif mark not in self.page:
                answer.failure(f"answered with another page: {title_of(self.page)}")
            else:
                return self.page
        raise RescheduleTask

    def think(self) -> None:
        """Read, or write, for a while."""
        gevent.sleep(self.wait_time())


class Person(Guest):
    """Somebody in front of a browser, who signs in as everybody does."""

    abstract = True
    username = ""

    def on_start(self) -> None:
        """Sign in. A connection is not kept: people think for longer than the web server keeps one open."""
        self.client.headers["Connection"] = "close"
        self.polled = time.monotonic()
        self.ask("sign-in: page", "GET", "/sign-in/", 'name="password"')
        self.send("sign-in: form", "password", "/sign-out/", username=self.username, password=self.cast["password"])

    def send(self, name: str, field: str, mark: str, **words: str) -> str:
        """Fill in the form of the page that has this field, and send it."""
        form = self.form(field)
        return self.ask(name, "POST", form.action or self.address, mark, data={**form.fields, **words})

    def form(self, field: str) -> Form:
        """Return the form of the page that is open."""
        return read_form(self.page, field)


class Officer(Person):
    """An offender manager: own work, lists, records, visits, a report that is kept and not sent."""

    wait_time = between(3, 10)
    numbers = iter(())

    def on_start(self) -> None:
        """Come as one of the officers, each once."""
        self.me = next(self.numbers)
        self.username = self.me["username"]
        self.own = cycle(random.sample(self.me["references"], len(self.me["references"])))
        super().on_start()

    def open(self, name: str, url: str, title: str) -> None:
        """Open a page; meanwhile the numbers at its top are asked for again, as the page does."""
        self.ask(name, "GET", url, f">{title}</h1>")
        if time.monotonic() - self.polled > POLL:
            self.polled, page, address = time.monotonic(), self.page, self.address
            self.ask("counters of actions", "GET", "/actions/counters/", "action-counters")
            self.ask("counter of notifications", "GET", "/notifications/unread/", 'id="unread"')
            self.page, self.address = page, address

    @task(4)
    def look_at_work(self) -> None:
        """Home, then the actions."""
        self.open("home", "/", "My work")
        self.think()
        self.open("actions", "/actions/", "Actions")

    @task(2)
    def look_through_list(self) -> None:
        """The people of the unit."""
        self.open("list of people", "/nominals/?whose=unit", "People")

    @task(1)
    def read_notifications(self) -> None:
        """What one was told."""
        self.open("notifications", "/notifications/", "Notifications")

    @task(5)
    def read_record(self) -> None:
        """Overview, case file and card of somebody."""
        reference = next(self.own)
        self.open("overview", f"/nominals/{reference}/", "Overview")
        self.think()
        self.open("case file", f"/nominals/{reference}/case-file/", "Case file")
        self.think()
        self.ask("card", "GET", f"/nominals/{reference}/card/", "app-card__head")

    @task(2)
    def record_visit(self) -> None:
        """Go to the visits of somebody and record one."""
        reference = next(self.own)
        self.open("visits", f"/nominals/{reference}/visits/", "Visits")
        self.ask("visit: page", "GET", f"/nominals/{reference}/visits/record/", 'name="seen"')
        self.think()
        words = {"state": "done", "seen": "He and his sister", "said": "Settled. Works at the yard.", "risk": "unchanged"}
        words |= {"lone_reason": "" if self.form("seen").fields.get("second_officer") else "The second officer was called away."}
        self.send("visit: form", "seen", SAVED, **words)

    @task(2)
    def draft_report(self) -> None:
        """Begin a report; the page keeps it as it is typed; then save it."""
        self.ask("report: start", "GET", "/intelligence-reports/start/", 'name="danger"')
        self.send("report: start form", "danger", "It is kept as you type", danger="no", about="others")
        address, text = self.address, ""
        for words in ("Seen at the quay this morning. ", "He spoke to two people there. "):
            self.think()
            text += words
            typed = {**self.form("original").fields, "original": text}
            page, _ = self.page, self.ask("report: kept while typed", "POST", f"{address}keep/", "", 204, data=typed)
            self.page, self.address = page, address
        self.send("report: save", "original", text.strip(), original=text, save="yes")


class Operator(Person):
    """Somebody in the control room: a misspelt name, then the card."""

    wait_time = between(2, 5)
    numbers = iter(())

    def on_start(self) -> None:
        """Come as one of the operators, each once."""
        self.username = next(self.numbers)
        super().on_start()
        self.open_box()

    def open_box(self) -> None:
        """Open the page with the box, which stays open."""
        self.ask("find: page", "GET", "/find/", 'name="text"')
        self.token = self.form("text").fields["csrfmiddlewaretoken"]

    @task
    def find(self) -> None:
        """Type a name with a slip as the page sends it, and open the card of whoever was meant, or of the first who is shown."""
        wanted = random.choice(self.cast["searches"])
        typed = {"csrfmiddlewaretoken": self.token, "text": wanted["text"]}
        found = LINK.findall(self.ask("find: results", "POST", "/find/", 'id="find-status"', data=typed, headers={"HX-Request": "true"}))
        if wanted["reference"] in found:
            self.think()
            self.ask("card (control room)", "GET", f"/nominals/{wanted['reference']}/card/", "app-card__head")


class Agency(Guest):
    """The system of an agency, which asks every few seconds."""

    wait_time = between(4, 8)
    numbers = iter(())

    def on_start(self) -> None:
        """Come as one of the agencies, and get a token."""
        self.me = next(self.numbers)
        self.client.headers["Connection"] = "close"
        self.since, self.shown, self.token_ends = 0, [], 0.0

    def call(self, name: str, method: str, path: str, status: int = 200, **body: Any) -> Any:
        """Call an address of the API with a token that counts, for a person; an act has a key of its own."""
        if time.monotonic() > self.token_ends:
            grant = {"grant_type": "client_credentials", "client_id": self.me["client_id"], "client_secret": self.me["secret"]}
            token = json.loads(self.ask("API: token", "POST", "/api/token/", "access_token", data=grant))["access_token"]
            self.client.headers["Authorization"] = f"Bearer {token}"
            self.token_ends = time.monotonic() + TOKEN_LASTS
        headers = {"On-Behalf-Of": "A. Worker", **({"Idempotency-Key": str(uuid.uuid4())} if method == "POST" else {})}
        options = {"json": body} if method == "POST" else {}
        return json.loads(self.ask(f"API: {name}", method, f"/api/v1/{path}", "{", status, headers=headers, **options))

    @task(4)
    def poll(self) -> None:
        """What is there, and what changed."""
        self.shown = [row["id"] for row in self.call("shared records", "GET", "shared-records/?page_size=20")["results"]]
        self.since = self.call("changes", "GET", f"changes/?since={self.since}")["next_since"]

    @task(3)
    def read(self) -> None:
        """Read one thing that was shared."""
        if self.shown:
            self.call("one shared record", "GET", f"shared-records/{random.choice(self.shown)}/")

    @task(1)
    def tell(self) -> None:
        """Tell the police something."""
        words = {"happened_on": time.strftime("%Y-%m-%d"), "text": "He was seen at the quay.", "subject_name": "Load Sample"}
        self.call("give intelligence", "POST", "intelligence/", 201, needs_consent=False, **words)

    @task(1)
    def inquire(self) -> None:
        """Ask the police for something."""
        words = {"subject_name": "Load Sample", "purpose": "manage_risk", "power": "Criminal Justice Act 2003, section 325"}
        more = {"data_classes": ["risk"], "details": "Whether a visit by one person is safe.", "template": "general"}
        self.call("ask for information", "POST", "information-requests/", 201, **words, **more)


def main() -> None:
    """Let everybody come, work for the time of the phase, and finish what they are doing; write what they met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args()
    Guest.cast = json.loads((asked.folder / "cast.json").read_text(encoding="utf-8"))
    kinds: list[Any] = [Officer, Operator, Agency]
    for kind, who in zip(kinds, ("officers", "operators", "agencies"), strict=True):
        kind.numbers, kind.fixed_count = iter(Guest.cast[who]), len(Guest.cast[who])
    kinds = [kind for kind in kinds if kind.fixed_count]
    environment = Environment(user_classes=kinds, host=asked.host, stop_timeout=SECONDS)
    runner = environment.create_local_runner()
    environment.events.spawning_complete.add_listener(lambda user_count: count_anew(environment))
    runner.start(sum(kind.fixed_count for kind in kinds), spawn_rate=A_SECOND)
    gevent.spawn_later(asked.seconds, runner.quit)
    runner.greenlet.join()
    asked.output.write_text(json.dumps(told(environment)), encoding="utf-8")


def count_anew(environment: Environment) -> None:
    """Count pages from now on, when everybody is there, but for those of signing in. What went wrong before stays."""
    for entry in environment.stats.entries.values():
        if not entry.name.startswith(SIGNING_IN):
            entry.reset()


def told(environment: Environment) -> dict[str, Any]:
    """Return what was asked for, how long it took in milliseconds, and what went wrong."""
    stats = environment.stats
    pages = {
        entry.name: {
            "asked": entry.num_requests, "failed": entry.num_failures, "median": entry.median_response_time,
            "p95": entry.get_response_time_percentile(0.95), "longest": round(entry.max_response_time or 0, 1),
        }
        for entry in stats.entries.values()
        if entry.num_requests
    }  # fmt: skip
    errors = [f"{error.name}: {error.error}, {error.occurrences} times" for error in stats.errors.values()]
    errors += [f"the load test itself: {each['msg']}, {each['count']} times" for each in environment.runner.exceptions.values()]
    return {"pages": pages, "errors": errors}


if __name__ == "__main__":
    main()
