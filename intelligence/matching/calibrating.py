"""Finds, from alerts of which the truth is known, how weights become a likelihood and from which on an alert may file itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp, log, log2

from intelligence.matching.deciding import Scale, may_file_if_sure
from intelligence.matching.labelled import LabelledAlert
from intelligence.matching.match import CHUNK, Batch, prepare
from intelligence.matching.vocabulary import count_names
from intelligence.models import MatchingThreshold
from intelligence.rules.matching import UNSEEN, probability

WANTED = 0.999  # of what files itself, this share at least must be right
CONFIDENCE = 0.95
FOUND_ABOVE_LOWER = 0.99  # so many of the right nominals who come first are at or above the lower threshold
STIFFNESS = 1e-3  # keeps the fit finite where everything is told apart


@dataclass(frozen=True)
class Outcome:
    """What came of one labelled alert: its first candidate, whether that is the right one, whether it could file itself if sure enough."""

    alert: LabelledAlert
    weight: float | None  # less what the size of the register makes likely by chance; None: no candidate
    is_right: bool
    may_file: bool
    is_certain: bool


@dataclass(frozen=True)
class Point:
    """What would be filed at a threshold."""

    threshold: float
    filed: int
    right: int
    about_nominals: int

    @property
    def precision(self) -> float:
        """Share of what is filed that is right."""
        return self.right / self.filed if self.filed else 1.0

    @property
    def precision_at_least(self) -> float:
        """Lower bound of that share."""
        return lower_bound(self.filed - self.right, self.filed)

    @property
    def recall(self) -> float:
        """Share of the alerts about a nominal that are filed rightly."""
        return self.right / self.about_nominals if self.about_nominals else 0.0


@dataclass(frozen=True)
class Calibration:
    """What the labelled alerts gave."""

    slope: float
    intercept: float
    upper: float
    lower: float
    least: float
    gap: float
    alerts: int
    chosen: Point
    curve: list[Point]

    @property
    def is_proved(self) -> bool:
        """Whether there were enough alerts, and few enough wrong ones, to say that filing is right as often as it must be."""
        return self.chosen.precision_at_least >= WANTED


def calibrate(labelled: Sequence[LabelledAlert], *, today: date) -> Calibration:
    """Fit and choose; nothing is stored."""
    scale = Scale(count_names(), MatchingThreshold.objects.on(today).first())
    outcomes = [outcome for start in range(0, len(labelled), CHUNK) for outcome in outcomes_of(labelled[start : start + CHUNK], scale)]
    slope, intercept = fit([(outcome.weight, outcome.is_right) for outcome in outcomes if outcome.weight is not None])
    curve = curve_of(outcomes, lambda weight: likelihood(weight, slope, intercept))
    chosen = choose(curve)
    lower = lower_threshold(outcomes, slope, intercept)
    lower = min(max(scale.least, lower), chosen.threshold)
    return Calibration(slope, intercept, chosen.threshold, lower, min(scale.least, lower), scale.gap, len(labelled), chosen, curve)


def outcomes_of(labelled: Sequence[LabelledAlert], scale: Scale) -> list[Outcome]:
    """Match some alerts and hold the result against the truth."""
    batch = Batch([prepare(at, one.facts) for at, one in enumerate(labelled)], scale, None)
    twins = batch.with_twin()
    outcomes = []
    for at, one in enumerate(labelled):
        ranked = batch.ranked[at]
        first = ranked[0] if ranked else None
        outcomes.append(
            Outcome(
                one,
                first.weight - log2(scale.names + UNSEEN) if first else None,
                first is not None and first.nominal_id == one.nominal_id,
                may_file_if_sure(ranked, twins[at], scale.gap),
                first is not None and first.is_certain,
            )
        )
    return outcomes


def likelihood(weight: float, slope: float, intercept: float) -> float:
    """Return the likelihood of a weight from which the size of the register is taken off already."""
    return probability(weight + log2(UNSEEN), 0, slope, intercept)


def fit(points: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Fit a logistic curve through weights and truths (Platt's scaling) by Newton's method, held gently to 1 and 0."""
    slope, intercept = 1.0, 0.0
    for _ in range(50):
        gradient = [STIFFNESS * (slope - 1.0), STIFFNESS * intercept]
        a, b, c = STIFFNESS, 0.0, STIFFNESS
        for weight, is_right in points:
            likely = likelihood(weight, slope, intercept)
            wrong, spread = likely - is_right, likely * (1 - likely)
            gradient[0] += wrong * weight
            gradient[1] += wrong
            a, b, c = a + spread * weight * weight, b + spread * weight, c + spread
        determinant = a * c - b * b
        steps = (c * gradient[0] - b * gradient[1]) / determinant, (a * gradient[1] - b * gradient[0]) / determinant
        slope, intercept = max(0.05, slope - max(-0.5, min(0.5, steps[0]))), intercept - max(-2.0, min(2.0, steps[1]))
        if max(map(abs, steps)) < 1e-6:
            break
    return slope, intercept


def curve_of(outcomes: Sequence[Outcome], likely: Callable[[float], float]) -> list[Point]:
    """Return what would be filed at each threshold, from the surest down. What is certain is filed at every one."""
    about = sum(outcome.alert.nominal_id is not None for outcome in outcomes)
    able = [outcome for outcome in outcomes if outcome.may_file and outcome.weight is not None]
    certain = [outcome for outcome in able if outcome.is_certain]
    filed, right = len(certain), sum(outcome.is_right for outcome in certain)
    points = [Point(1.0, filed, right, about)]
    others = sorted(((likely(outcome.weight or 0.0), outcome.is_right) for outcome in able if not outcome.is_certain), reverse=True)
    for at, (score, is_right) in enumerate(others):
        filed, right = filed + 1, right + is_right
        if at + 1 == len(others) or others[at + 1][0] < score:
            points.append(Point(score, filed, right, about))
    return points


def choose(curve: Sequence[Point]) -> Point:
    """Return the lowest threshold at which filing is proved right often enough; where nothing is proved, the lowest without a mistake."""
    proved = [point for point in curve if point.precision_at_least >= WANTED]
    if proved:
        return proved[-1]
    clean = [point for point in curve if point.right == point.filed]
    return clean[-1] if clean else replace(curve[0], threshold=1.0)


def lower_threshold(outcomes: Sequence[Outcome], slope: float, intercept: float) -> float:
    """Return the likelihood that nearly all nominals reach who are the right ones and come first."""
    scores = sorted(likelihood(outcome.weight, slope, intercept) for outcome in outcomes if outcome.is_right and outcome.weight is not None)
    return scores[int(len(scores) * (1 - FOUND_ABOVE_LOWER))] if scores else 0.0


def lower_bound(wrong: int, count: int) -> float:
    """Return the share right that is true with 95 % confidence at least (Clopper and Pearson, one-sided)."""
    if count == 0:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(60):
        share = (low + high) / 2
        if at_most(wrong, count, 1 - share) < 1 - CONFIDENCE:
            low = share
        else:
            high = share
    return low


def at_most(wrong: int, count: int, chance: float) -> float:
    """Return how likely so few mistakes are in so many, when each is one with that chance."""
    if chance <= 0:
        return 1.0
    if chance >= 1:
        return float(wrong >= count)
    total, term = 0.0, count * log(1 - chance)
    for number in range(wrong + 1):
        total += exp(term)
        if number < count:
            term += log((count - number) / (number + 1)) + log(chance) - log(1 - chance)
    return total
