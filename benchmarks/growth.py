"""P6: how much longer a look-up, and work on all records, takes for each tenfold of nominals."""
from __future__ import annotations

from itertools import pairwise
from math import log10

from benchmarks.results import Result

LOOKUPS, BATCHES = {"P1", "P2"}, {"P3", "P4"}
PER_TENFOLD = dict.fromkeys(LOOKUPS, 1.3) | dict.fromkeys(BATCHES, 10.0)  # work on all records may grow with them, and no faster
Series = dict[tuple[str, str], list[Result]]


def in_series(results: list[Result]) -> Series:
    """Return the times that are followed over sizes, smallest first, by their bar and name."""
    series: Series = {}
    for result in sorted(results, key=lambda result: result.size):
        if result.bar in PER_TENFOLD and result.unit == "ms":
            series.setdefault((result.bar, result.series or result.what), []).append(result)
    return series


def judge_growth(results: list[Result]) -> list[Result]:
    """Compare each time between sizes that follow each other."""
    return [judge(bar, what, *pair) for (bar, what), found in in_series(results).items() for pair in pairwise(found)]


def judge(bar: str, what: str, small: Result, large: Result) -> Result:
    """Return the growth of one time, brought to a tenfold."""
    growth = (large.measured / small.measured) ** (1 / log10(large.size / small.size))
    return Result("P6", f"{bar} {what}, from {small.size:,}", large.size, growth, PER_TENFOLD[bar], unit="×")
