"""P6: how much longer a look-up takes for each tenfold of nominals."""
from __future__ import annotations

from itertools import pairwise
from math import log10

from benchmarks.results import Result

BAR_PER_TENFOLD = 1.3
LOOKUPS = {"P1", "P2"}


def judge_growth(results: list[Result]) -> list[Result]:
    """Compare each look-up between sizes that follow each other."""
    times: dict[tuple[str, str], list[Result]] = {}
    for result in sorted(results, key=lambda result: result.size):
        if result.bar in LOOKUPS and result.unit == "ms":
            times.setdefault((result.bar, result.what), []).append(result)
    return [judge(bar, what, *pair) for (bar, what), found in times.items() for pair in pairwise(found)]


def judge(bar: str, what: str, small: Result, large: Result) -> Result:
    """Return the growth of one look-up, brought to a tenfold."""
    growth = (large.measured / small.measured) ** (1 / log10(large.size / small.size))
    return Result("P6", f"{bar} {what}, from {small.size:,}", large.size, growth, BAR_PER_TENFOLD, unit="×")
