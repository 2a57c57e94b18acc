"""Decides from the pairs of one alert whether it files itself, waits for a person, or is like nobody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from intelligence.matching.facts import INDEX_VERSION, Candidate, Match, Verdict
from intelligence.matching.scoring import Pair
from intelligence.models import MatchingThreshold
from intelligence.rules.matching import Passport, probability

MOST = 10
# Where no thresholds hold: good enough to put candidates in order for a person. Nothing files itself by these.
SLOPE, INTERCEPT, LEAST, GAP = 0.6, -2.5, 0.01, 6.0


@dataclass(frozen=True)
class Scale:
    """How weights become a probability, and from which on an alert may file itself today; without thresholds nothing does."""

    names: int
    threshold: MatchingThreshold | None

    def score(self, pair: Pair) -> float:
        """Return how likely the pair is one person."""
        slope, intercept = (self.threshold.slope, self.threshold.intercept) if self.threshold else (SLOPE, INTERCEPT)
        return probability(pair.weight, self.names, slope, intercept)

    @property
    def least(self) -> float:
        """How likely somebody must be to be a candidate."""
        return self.threshold.least if self.threshold else LEAST

    @property
    def gap(self) -> float:
        """How much more must speak for the first than for the next."""
        return self.threshold.gap if self.threshold else GAP

    @property
    def may_file(self) -> bool:
        """Whether the thresholds were measured with the comparison as it is now."""
        return self.threshold is not None and self.threshold.index_version == INDEX_VERSION


def rank(pairs: list[Pair], scale: Scale) -> list[Pair]:
    """Return the pairs worth a look, likeliest first, at most ten."""
    worthy = [pair for pair in pairs if pair.is_worth_a_look and (pair.passport == Passport.EQUAL or scale.score(pair) >= scale.least)]
    return sorted(worthy, key=lambda pair: (-pair.weight, pair.nominal_id))[:MOST]


def decide(key: int, ranked: list[Pair], with_twin: Collection[int], scale: Scale, *, may_file: bool) -> Match:
    """Return the verdict. `with_twin`: nominals with a close relative on record; `may_file`: everybody on record was looked at."""
    candidates = tuple(
        Candidate(pair.nominal_id, scale.score(pair), pair.reasons(), pair.is_certain, pair.nominal_id in with_twin) for pair in ranked
    )
    verdict = Verdict.TRIAGE if ranked else Verdict.NONE
    if may_file and files_itself(ranked, candidates, with_twin, scale):
        verdict = Verdict.FILE
    return Match(key, verdict, candidates, scale.threshold.pk if scale.threshold else None)


def files_itself(ranked: list[Pair], candidates: tuple[Candidate, ...], with_twin: Collection[int], scale: Scale) -> bool:
    """Say whether nobody need look, by today's thresholds."""
    threshold = scale.threshold
    if threshold is None or not scale.may_file or not may_file_if_sure(ranked, with_twin, scale.gap):
        return False
    return candidates[0].is_certain or candidates[0].score >= threshold.upper


def may_file_if_sure(ranked: list[Pair], with_twin: Collection[int], gap: float) -> bool:
    """Say whether nothing but its likelihood can keep the first from being filed: no relative, and nobody else nearly as likely."""
    if not ranked or not ranked[0].may_be_filed or ranked[0].nominal_id in with_twin:
        return False
    return len(ranked) == 1 or ranked[0].weight - ranked[1].weight >= gap
