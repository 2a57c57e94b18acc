"""How much work a caseload is: points for each level of risk against a ceiling, dated, with the source, because policy changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from offenders.choices import RiskLevel

NOT_SET = 0


@dataclass(frozen=True)
class Measure:
    """What one case counts by its level, and what one officer can carry; holds until a later one begins."""

    since: date
    points: Mapping[int, int]  # by level; NOT_SET: nobody has set one
    cases: int  # up to here inspectors are content
    too_many: int  # at so many they are not
    ceiling: int  # points
    source: str


MEASURES = (
    Measure(
        since=date(2015, 1, 1),
        points={RiskLevel.VERY_HIGH: 12, RiskLevel.HIGH: 4, RiskLevel.MEDIUM: 2, RiskLevel.LOW: 1, NOT_SET: 12},
        cases=50,
        too_many=100,
        ceiling=150,
        source=(
            "HMICFRS inspection reports: about 50 cases an officer are acceptable, 100 are not. No law sets a ceiling. "
            "Points: visits a year at each level; the ceiling in points is to be confirmed by the force"
        ),
    ),
)


@dataclass(frozen=True)
class Load:
    """What somebody carries: cases by level."""

    by_level: Mapping[int, int]
    measure: Measure

    @property
    def cases(self) -> int:
        """All cases."""
        return sum(self.by_level.values())

    @property
    def points(self) -> int:
        """All points."""
        return sum(self.measure.points[level] * number for level, number in self.by_level.items())

    @property
    def very_high(self) -> int:
        """Cases at very high risk."""
        return self.by_level.get(RiskLevel.VERY_HIGH, 0)

    @property
    def state(self) -> str:
        """Within the ceiling, above it, or far too much."""
        if self.cases >= self.measure.too_many:
            return "too many"
        return "above" if self.cases > self.measure.cases or self.points > self.measure.ceiling else "within"

    @property
    def percent(self) -> int:
        """Points as a share of the ceiling."""
        return round(100 * self.points / self.measure.ceiling)

    def with_cases(self, levels: Mapping[int, int], sign: int = 1) -> Load:
        """Return the load with these cases added, or with sign -1 taken away."""
        every = {**dict.fromkeys(levels, 0), **self.by_level}
        return Load({level: number + sign * levels.get(level, 0) for level, number in every.items()}, self.measure)


def measure_on(day: date) -> Measure:
    """Return the measure that holds on a day: the one that began last."""
    return max((measure for measure in MEASURES if measure.since <= day), key=lambda measure: measure.since)
