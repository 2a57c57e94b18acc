"""The whole tour: `make demo-tour`. Each act uses what the journeys of the tests use."""

from __future__ import annotations

import shutil

from playwright.sync_api import Error, expect

from tests.demonstration import BASE_DIR
from tests.site import address_of, running_browser
from tests.tour import daily, oversight, reports, sharing
from tests.tour.book import write_book
from tests.tour.walking import Tour

FOLDER = BASE_DIR / "build" / "tour"
PATIENCE = 30_000  # milliseconds, for a machine that is busy
JOURNEYS = {
    "Control room": daily.control_room,
    "Offender manager": daily.officer,
    "Supervisor": daily.supervisor,
    "A decision to share": sharing.share,
    "A travel alert": reports.border,
    "Intelligence": reports.bureau,
    "Audit": oversight.audit,
    "Retention": oversight.retention,
}


def main(url: str = "") -> None:
    """Walk all journeys and write the book; a step that does not come about ends it with status 1."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    expect.set_options(timeout=PATIENCE)
    with address_of(url) as site, running_browser() as browser:
        tour = Tour(browser, site, FOLDER)
        for name, journey in JOURNEYS.items():
            tour.journey = name
            try:
                journey(tour)
            except (AssertionError, Error) as error:
                last = tour.steps[-1].title if tour.steps else "the beginning"
                raise SystemExit(f"The tour stopped: {name}, after “{last}”: {error}") from error
        write_book(browser, tour.steps, FOLDER / "tour.pdf")
    print(f"{FOLDER / 'tour.pdf'} holds {len(tour.steps)} steps")
