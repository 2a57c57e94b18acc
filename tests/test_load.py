"""The load test's own judgement: what it calls a failure, what it reads from a form, what it writes into its tables."""
from __future__ import annotations

from typing import Any

import pytest

from benchmarks.load import judging
from benchmarks.load.forms import read_form

PAGE = """
<form method="post" action="/sign-out/"><input type="hidden" name="csrfmiddlewaretoken" value="first"><button>Sign out</button></form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="second">
<input name="on_0" value="29"><input type="file" name="paper"><input type="submit" name="save" value="yes">
<input type="radio" name="state" value="done"><input type="radio" name="state" value="no_reply" checked>
<input type="checkbox" name="urgent"><input type="checkbox" name="sure" checked>
<select name="officer"><option value="">Select</option><option value="7" selected>DC Lathom</option></select>
<select name="purpose"><option value="home">Home</option><option value="work">Work</option></select>
<textarea name="said">
He &amp; his sister
by the quay</textarea><textarea name="home"></textarea></form>
"""


def phases(**quiet: Any) -> dict[str, Any]:
    """Return a quiet phase as it is told, with what differs."""
    page = {"asked": 1200, "failed": 0, "median": 31.0, "p95": 80.4, "longest": 1012.2}
    return {"quiet": {"pages": {"card": page}, "errors": [], **quiet}}


def marks(busy: float) -> dict[str, dict[str, float]]:
    """Return what the web server held, with how much at the end."""
    return {
        judging.WARM: {judging.WEB: 400.0, "The worker": 100.0},
        judging.QUIET: {judging.WEB: 440.0, "The worker": 100.0},
        judging.BUSY: {judging.WEB: busy, "The worker": 900.0},
    }


def test_form_holds_what_a_browser_would_send() -> None:
    form = read_form(PAGE, "said")

    assert form.action == ""
    assert form.fields == {
        "csrfmiddlewaretoken": "second", "on_0": "29", "state": "no_reply", "sure": "on", "officer": "7", "purpose": "home",
        "said": "He & his sister\nby the quay", "home": "",
    }  # fmt: skip


def test_first_form_with_the_field_is_taken_and_none_is_an_error() -> None:
    assert read_form(PAGE, "csrfmiddlewaretoken").action == "/sign-out/"
    assert read_form(PAGE, "urgent").fields["csrfmiddlewaretoken"] == "second"
    with pytest.raises(LookupError):
        read_form(PAGE, "password")


def test_a_run_within_the_bars_passes() -> None:
    work = {"what": "import", "end": "stored", "seconds": 12, "is_done": True}

    assert judging.faults(phases(), marks(busy=440.0), [work], []) == []


def test_everything_that_was_missed_is_named() -> None:
    work = {"what": "import", "end": "refused", "seconds": 12, "is_done": False}

    found = judging.faults(phases(errors=["card: answered 500, 2 times"], pages={}), marks(busy=444.0), [work], ["The worker"])

    assert found == [
        "quiet: card: answered 500, 2 times",
        "quiet: nobody came",
        "import: refused",
        "The worker ended by itself",
        "the web server grew by 11.0% from the warm-up to the end of busy, more than 10%",
    ]


def test_table_has_a_line_for_each_page_of_any_phase() -> None:
    both = phases() | {"busy": {"pages": {"home": phases()["quiet"]["pages"]["card"]}, "errors": []}}

    lines = judging.pages_table(both).splitlines()

    assert [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]] == [
        ["card", "1,200", "31", "80", "1,012", "", "", "", ""],
        ["home", "", "", "", "", "1,200", "31", "80", "1,012"],
    ]
