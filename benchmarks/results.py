"""One judged number, and the table of all."""
from __future__ import annotations

import argparse
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.embedded import BASE_DIR


@dataclass(frozen=True)
class Result:
    """What was measured against a limit, both in the unit given; for a speed-up the measured number must reach the limit.

    Without a limit the number is shown and not judged, since its bar is set for a larger size. `baseline` is what `peer` took in the same
    run, on the same machine; `peer_unit` is its unit where
    that is another; `series` is what growth is followed by, where `what` says the size.
    """

    bar: str
    what: str
    size: int
    measured: float
    limit: float | None
    unit: str = "ms"
    baseline: float | None = None
    at_least: bool = False
    peer: str = ""
    peer_unit: str = ""
    series: str = ""

    @property
    def passed(self) -> bool:
        """Whether the bar was met, or is none at this size."""
        if self.limit is None:
            return True
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    def as_dict(self) -> dict[str, Any]:
        """Return it for the file."""
        return asdict(self) | {"passed": self.passed}


def circumstances(asked: argparse.Namespace) -> dict[str, Any]:
    """Return when, on what and with which options numbers were taken."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": subprocess.run(["git", "rev-parse", "HEAD"], cwd=BASE_DIR, capture_output=True, text=True, check=False).stdout.strip(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        **{name: value for name, value in vars(asked).items() if not isinstance(value, Path)},
    }


HEADINGS = ("Bar", "Nominals", "What", "Measured", "Limit here", "Peer", "Of limit", "")


def as_table(results: list[Result]) -> str:
    """Return a table in Markdown, which is also easy to read as it stands."""
    rows = [HEADINGS, *(cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def cells(result: Result) -> tuple[str, ...]:
    """Return one row of the table."""
    sign = "≥" if result.at_least else "≤"
    start = (result.bar, f"{result.size:,}", result.what, in_unit(result.measured, result.unit))
    held = "" if result.baseline is None else in_unit(result.baseline, result.peer_unit or result.unit)
    peer = f"{result.peer} {held}".strip()
    if result.limit is None:
        return (*start, "", peer, "", "shown")
    verdict = "pass" if result.passed else "FAIL"
    return (*start, f"{sign} {in_unit(result.limit, result.unit)}", peer, f"{result.measured / result.limit:.2f}", verdict)


def in_unit(number: float, unit: str) -> str:
    """Write a number with its unit: thousands without fractions, shares with more."""
    written = f"{number:,.0f}" if abs(number) >= 1_000 else f"{number:.2f}" if unit else f"{number:.4f}"
    return f"{written} {unit}".strip()
