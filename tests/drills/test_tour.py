"""The tour for evaluators: every step of it comes about, and leaves its pictures and its book; where one does not, the tour says so."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from pypdf import PdfReader

from config.processes import free_port
from tests.demonstration import BASE_DIR
from tests.tour.journeys import FOLDER, JOURNEYS

MINUTES = 60  # a busy machine takes its time; what counts is whether the steps come about
STEP = re.compile(r"(\d\d) ([^:]+): (.+)")
# A step is one call in the sources of the tour.
PLANNED = sum(path.read_text(encoding="utf-8").count(" tour.shows(") for path in (BASE_DIR / "tests" / "tour").glob("*.py"))


def walk(*url: str) -> subprocess.CompletedProcess[str]:
    """Run what `make demo-tour` runs."""
    command = [sys.executable, "-m", "tests.tour", "journeys", *url]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, timeout=60 * MINUTES, check=False)


def test_a_step_that_does_not_come_about_ends_the_tour() -> None:
    done = walk(f"http://127.0.0.1:{free_port()}")
    assert done.returncode == 1
    assert "The tour stopped: Control room, after “the beginning”" in done.stderr
    assert not (FOLDER / "tour.pdf").exists()


def test_every_step_comes_about_and_stands_in_the_book() -> None:
    done = walk()
    assert done.returncode == 0, done.stdout + done.stderr
    steps = [found.groups() for found in map(STEP.fullmatch, done.stdout.splitlines()) if found]
    assert [int(number) for number, _, _ in steps] == list(range(1, PLANNED + 1))
    assert list(dict.fromkeys(journey for _, journey, _ in steps)) == list(JOURNEYS)
    assert [path.name[:2] for path in sorted(FOLDER.glob("*.png"))] == [number for number, _, _ in steps]

    cover, *pages = [" ".join(page.extract_text().split()) for page in PdfReader(FOLDER / "tour.pdf").pages]
    assert f"{PLANNED} steps." in cover
    assert [title for (_, _, title), text in zip(steps, pages, strict=True) if title not in text] == []
