"""Taking times fairly: everything compared is measured in turn in one run, after a warm-up."""
from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from statistics import median, quantiles
from time import perf_counter

Samples = dict[str, list[float]]
WARM_UP = 5


def in_turn(acts: Mapping[str, Callable[[int], object]], rounds: int, warm_up: int = WARM_UP) -> Samples:
    """Do each act once a round, in an order that rotates, and return the milliseconds; the warm-up is not counted.

    Each act is given the number of the round, so that all can work on the same case.
    """
    samples: Samples = {name: [] for name in acts}
    names = list(acts)
    gc.disable()
    try:
        for turn in range(-warm_up, rounds):
            shift = turn % len(names)
            for name in names[shift:] + names[:shift]:
                taken = time(acts[name], turn % rounds)
                if turn >= 0:
                    samples[name].append(taken)
    finally:
        gc.enable()
    return samples


def time(act: Callable[[int], object], turn: int) -> float:
    """Milliseconds that one act takes."""
    start = perf_counter()
    act(turn)
    return (perf_counter() - start) * 1000


def p95(samples: list[float]) -> float:
    """The time that 95 of 100 samples stay within."""
    return quantiles(samples, n=20, method="inclusive")[-1]


def sums(*lists: list[float]) -> list[float]:
    """Add samples round by round."""
    return [sum(together) for together in zip(*lists, strict=True)]


def p50(samples: list[float]) -> float:
    """The middle sample."""
    return median(samples)
