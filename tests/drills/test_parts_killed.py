"""Whichever part of a run is killed outright, the rest stops too, and the run says which one it was."""

import psutil
import pytest

from tests.config.runs import Run, belongs


def head_of(made: Run, word: str) -> psutil.Process:
    """The eldest process of a part."""
    members = [each for each in psutil.process_iter() if belongs(each, made.folder) and word in " ".join(each.cmdline())]
    return min(members, key=psutil.Process.create_time)


PARTS = [
    ("gunicorn", "The web server"),
    ("--queues=celery", "The worker"),
    ("--queues=long", "The worker for long jobs"),
    ("beat", "The scheduler"),
    ("bin/postgres", "An embedded server"),
    ("valkey-server", "An embedded server"),
]


@pytest.mark.parametrize(("word", "told"), PARTS)
def test_killed_part_ends_the_run(run: Run, word: str, told: str) -> None:
    process = run.start()
    head_of(run, word).kill()

    assert process.wait(90) == 1

    assert f"{told} ended by itself" in run.said.read_text()
    assert run.processes() == set()
