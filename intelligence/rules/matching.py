"""How much each thing that agrees or differs tells about whether a traveller is the nominal.

Weights are powers of two, after Fellegi and Sunter: 10 says "a thousand times likelier than without it". For something that agrees it is
how seldom that happens by chance, less how often it fails to happen for the right person. Names bring their own rarity. Whether the sum
of weights is enough is no matter of these numbers: the thresholds are dated data, measured on pairs of which the truth is known
(docs/decisions/0012-matching-alerts.md). Whoever changes a number here raises INDEX_VERSION, and the thresholds must be measured anew.
"""

from __future__ import annotations

from enum import StrEnum
from math import exp, log2

SPREAD_OF_BIRTHS = 14.0  # most people on record were born on one of some 16,000 days
RARITY_OF_SURNAME, RARITY_OF_GIVEN = 14.0, 10.0  # nothing rarer is believed: a small register has not met most names
UNSEEN = 1_000  # so many names are taken to be known besides those on record, each word once among them


class Level(StrEnum):
    """How two names, surname or given, agree."""

    EQUAL = "equal"
    TOGETHER = "written apart or together"
    SLIP = "spelt nearly alike"
    SHORT = "a short or full form"
    SOUND = "sounds alike"
    PART = "one of several equal"
    ALIKE = "somewhat alike"
    INITIAL = "initial equal"
    MISSING = "not given"
    DIFFERS = "differs"


# What is taken off the rarity of the name for each level; the last three have a weight of their own.
LESS = {
    Level.EQUAL: 0.2,
    Level.TOGETHER: 1.5,
    Level.SLIP: 3.0,
    Level.SHORT: 4.0,
    Level.SOUND: 4.5,
    Level.PART: 3.0,
    Level.ALIKE: 7.0,
}
SURNAME = {Level.DIFFERS: -6.0, Level.MISSING: 0.0, Level.INITIAL: 0.0}
GIVEN = {Level.DIFFERS: -7.0, Level.MISSING: 0.0, Level.INITIAL: 2.5}
OTHER_ORDER = -2.0
SECOND_GIVEN_EQUAL, SECOND_GIVEN_DIFFERS = 3.0, -2.0

# Good enough to file by: what twins and cousins have in common is not among them.
NAMES_AGREE = frozenset({Level.EQUAL, Level.TOGETHER, Level.SLIP, Level.SHORT})
# With the same passport and date of birth another spelling of the sound is the same name, and a double name may be shortened.
NAMES_AGREE_BESIDE_PASSPORT = NAMES_AGREE | {Level.SOUND, Level.PART}


class Dates(StrEnum):
    """How two dates of birth agree."""

    EQUAL = "Date of birth equal"
    SWAPPED = "Date of birth with day and month swapped"
    MONTH = "Month and year of birth equal, the day is not known"
    YEAR = "Year of birth equal, the month is not known"
    ONE_PART = "Date of birth differs in one part"
    MISSING = "No date of birth to compare"
    DIFFERS = "Date of birth differs"


DATE_WEIGHTS = {
    Dates.EQUAL: SPREAD_OF_BIRTHS,
    Dates.SWAPPED: SPREAD_OF_BIRTHS - 5.0,
    Dates.MONTH: 8.5,
    Dates.YEAR: 5.0,
    Dates.ONE_PART: 2.5,
    Dates.MISSING: 0.0,
    Dates.DIFFERS: -9.0,
}
WHOLE_DATES = frozenset({Dates.EQUAL, Dates.SWAPPED})


class Passport(StrEnum):
    """How the document agrees with the passports on record."""

    EQUAL = "Passport number equal"
    NEARLY = "Passport number differs in one character"
    DIFFERS = "Another passport than on record"
    MISSING = "No passport to compare"


PASSPORT_WEIGHTS = {Passport.EQUAL: 20.0, Passport.NEARLY: 12.0, Passport.DIFFERS: -2.0, Passport.MISSING: 0.0}
SEX_EQUAL, SEX_DIFFERS = 0.5, -5.0


def rarity(frequency: float, names: int, most: float) -> float:
    """Return how rarely a word is met by chance, as a power of two: 10 for one name in a thousand."""
    return min(most, log2((names + UNSEEN) / (frequency + 1)))


def probability(weight: float, names: int, slope: float, intercept: float) -> float:
    """Return how likely it is that the traveller is the nominal: the more names are on record, the more agree by chance."""
    strength = slope * (weight - log2(names + UNSEEN)) + intercept
    return 1 / (1 + exp(-strength)) if strength > 0 else exp(strength) / (1 + exp(strength))
