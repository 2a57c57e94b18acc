"""A table of a million reports is read to the end in no more memory than one of ten thousand; a long one is stored line for line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from intelligence.models import TravelAlert
from intelligence.services.reading import read_message
from tests.intelligence.making_doors import make_alert_source, take
from tests.intelligence.writing_reports import table

READ = """
import resource, sys
import django
django.setup()
from intelligence.parsing import Content, Limits
from intelligence.parsing.tables import Table
with open(sys.argv[1], "rb") as file:
    size = file.seek(0, 2)
    found = Table().read(Content(file, size), Limits(seconds=3000))
    count = sum(not alert.problem for alert in found)
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def read(path: Path, count: int) -> tuple[int, int]:
    """Read a table of so many lines in a process of its own; return how many reports can be used, and its peak in megabytes."""
    header, line = table(1).splitlines()
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        file.writelines(line.replace("900000000", f"9{number:08}") + "\n" for number in range(count))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": "."}
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True, env=environment)
    used, peak = done.stdout.split()
    return int(used), int(peak)


def test_a_million_lines_take_no_more_memory_than_ten_thousand(tmp_path: Path) -> None:
    few, low = read(tmp_path / "few.csv", 10_000)
    many, high = read(tmp_path / "many.csv", 1_000_000)

    assert (few, many) == (10_000, 1_000_000)
    assert high - low < 20


@pytest.mark.django_db
def test_a_hundred_thousand_lines_are_stored_to_the_last() -> None:
    message = take(make_alert_source(code="border-files", door="folder"), table(100_000))

    while read_message(actor=None, message_id=message.pk):
        message.refresh_from_db()

    assert TravelAlert.objects.filter(message=message, state="received").count() == 100_000
