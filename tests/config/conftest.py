"""A run of everything for the tests of set-up and for the drills."""
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config.embedded import Servers
from tests.config.runs import Run, belongs


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """A run whose leftovers, if a test finds any, do not outlive it."""
    made = Run(tmp_path / "state")
    made.folder.mkdir()
    yield made
    for each in [each for each in psutil.process_iter() if belongs(each, made.folder)]:
        each.kill()
    Servers(made.folder).remove()
