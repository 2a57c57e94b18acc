"""Compares what an alert said with what a record holds, field by field, and says in words what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from intelligence.matching.facts import Reason
from intelligence.matching.vocabulary import NameWords
from intelligence.rules.matching import (
    DATE_WEIGHTS,
    GIVEN,
    LESS,
    OTHER_ORDER,
    RARITY_OF_GIVEN,
    RARITY_OF_SURNAME,
    SECOND_GIVEN_DIFFERS,
    SECOND_GIVEN_EQUAL,
    SURNAME,
    Dates,
    Level,
    Passport,
)
from offenders.search.births import Birth
from offenders.search.words import consonants, nickname_group

RARE, COMMON = 11.0, 8.0  # of a surname, in the words of a reason
SOUNDS, LOOKS = 0.72, 0.87  # how alike two words look that have the same consonants, or nothing else in common
Rarity = Callable[[str, float], float]  # how rarely a word is met, and the most that is believed


@dataclass(frozen=True)
class PartAgreement:
    """How a surname, or the given names, agree. `rarity` is that of the word on record."""

    level: Level
    weight: float
    rarity: float = 0.0


@dataclass(frozen=True)
class NameAgreement:
    """How two whole names agree."""

    surname: PartAgreement
    given: PartAgreement
    is_other_order: bool = False

    @property
    def weight(self) -> float:
        """How many times likelier the name makes it, as a power of two."""
        return self.surname.weight + self.given.weight + OTHER_ORDER * self.is_other_order

    def reasons(self) -> list[Reason]:
        """Say it in words."""
        said = [Reason("Names in the other order", OTHER_ORDER)] if self.is_other_order else []
        return [in_words("Surname", self.surname), in_words("Given name", self.given), *said]


def in_words(part: str, agreement: PartAgreement) -> Reason:
    """Say how a part of the name agrees and, where that tells something, how rare it is."""
    words = {Level.EQUAL: f"{part} equal", Level.INITIAL: f"{part}: initial equal", Level.PART: f"{part}: one of several equal"}
    said = words.get(agreement.level, f"{part} {agreement.level.value}")
    if agreement.level in LESS:
        said += ", rare on record" if agreement.rarity >= RARE else ", common on record" if agreement.rarity < COMMON else ""
    return Reason(said, round(agreement.weight, 1))


def compare_names(asked: NameWords, held: NameWords, rarity: Rarity) -> NameAgreement:
    """Compare two names, also with surname and given names taken for each other, or not told apart at all."""
    best = compare_parts(asked, held, rarity, is_other_order=False)
    if best.surname.level in LESS and best.given.level in LESS:
        return best
    tries = (compare_parts(other, held, rarity, is_other_order=True) for other in other_readings(asked))
    return max((best, *tries), key=lambda agreement: agreement.weight)


def other_readings(name: NameWords) -> Iterator[NameWords]:
    """Yield the other ways in which the words may be meant."""
    if name.given and name.surname:
        yield NameWords.of(name.surname, name.given)
    elif len(name.every) > 1:
        yield NameWords.of(name.every[:-1], name.every[-1:])
        yield NameWords.of(name.every[1:], name.every[:1])


def compare_parts(asked: NameWords, held: NameWords, rarity: Rarity, *, is_other_order: bool) -> NameAgreement:
    """Compare surname with surname and given names with given names."""
    if not (asked.given and asked.surname) and len(held.every) > 1 and "".join(asked.every) in written_together(held):
        surname = weighed(Level.TOGETHER, held.surname, RARITY_OF_SURNAME, rarity)
        return NameAgreement(surname, weighed(Level.TOGETHER, held.given[:1], RARITY_OF_GIVEN, rarity))
    surname = compare_surnames(asked.surname, held.surname, rarity)
    return NameAgreement(surname, compare_given(asked.given, held.given, rarity), is_other_order)


def written_together(name: NameWords) -> tuple[str, str]:
    """The whole name as one word, in both orders."""
    return "".join(name.every), "".join(name.surname + name.given)


def weighed(level: Level, words: tuple[str, ...], most: float, rarity: Rarity) -> PartAgreement:
    """Weigh a part that agrees by its rarest word, which is at least as common as all of them together."""
    told = max((rarity(word, most) for word in words), default=0.0)
    return PartAgreement(level, max(0.5, told - LESS[level]), told)


def compare_surnames(asked: tuple[str, ...], held: tuple[str, ...], rarity: Rarity) -> PartAgreement:
    """Compare surnames of one or several words."""
    if not asked or not held:
        return PartAgreement(Level.MISSING, SURNAME[Level.MISSING])
    if asked == held or set(asked) == set(held):
        return weighed(Level.EQUAL, held, RARITY_OF_SURNAME, rarity)
    if "".join(asked) == "".join(held):
        return weighed(Level.TOGETHER, held, RARITY_OF_SURNAME, rarity)
    if common := tuple(word for word in held if word in asked and len(word) > 1):
        return weighed(Level.PART, common, RARITY_OF_SURNAME, rarity)
    level, words = nearest_words(asked, held)
    if level not in LESS:
        return PartAgreement(level, SURNAME[level])
    if level != Level.ALIKE and max(len(asked), len(held)) > 1 and "".join(words) != "".join(held):
        level = Level.PART
    return weighed(level, words, RARITY_OF_SURNAME, rarity)


def compare_given(asked: tuple[str, ...], held: tuple[str, ...], rarity: Rarity) -> PartAgreement:
    """Compare given names: the first counts, a second one adds or takes; a middle name may be the one that is used."""
    if not asked or not held:
        return PartAgreement(Level.MISSING, GIVEN[Level.MISSING])
    if "".join(asked) == "".join(held) and len(asked) != len(held):
        return weighed(Level.TOGETHER, held, RARITY_OF_GIVEN, rarity)
    level = compare_words(asked[0], held[0])
    if level in LESS:
        first = weighed(level, held[:1], RARITY_OF_GIVEN, rarity)
        return PartAgreement(level, first.weight + second_given(asked[1:], held[1:]), first.rarity)
    if level == Level.INITIAL:
        return PartAgreement(level, GIVEN[level] + second_given(asked[1:], held[1:]))
    if common := tuple(word for word in held if word in asked and len(word) > 1):
        return weighed(Level.PART, common, RARITY_OF_GIVEN, rarity)
    return PartAgreement(level, GIVEN[level])


def second_given(asked: tuple[str, ...], held: tuple[str, ...]) -> float:
    """Return what further given names tell; papers often leave them out."""
    if not asked or not held:
        return 0.0
    level = compare_words(asked[0], held[0])
    if level in {Level.EQUAL, Level.SLIP, Level.SHORT}:
        return SECOND_GIVEN_EQUAL
    return SECOND_GIVEN_DIFFERS if level == Level.DIFFERS else 0.0


def nearest_words(asked: tuple[str, ...], held: tuple[str, ...]) -> tuple[Level, tuple[str, ...]]:
    """Return how the most alike words agree, and the word on record; several words may have been written as one."""
    tries: list[tuple[Level, tuple[str, ...]]] = [(compare_words(one, other), (other,)) for one in asked for other in held]
    if len(asked) != len(held):
        tries.append((compare_words("".join(asked), "".join(held)), held))
    return min(tries, key=lambda pair: (LESS.get(pair[0], 99.0), pair[0]))


@lru_cache(maxsize=100_000)
def compare_words(asked: str, held: str) -> Level:
    """Say how two words agree. A slip in the first letter is no slip: clerks rarely err there, and names of twins rhyme."""
    if asked == held:
        return Level.EQUAL
    shorter, longer = sorted((len(asked), len(held)))
    if shorter <= 1:
        return Level.INITIAL if asked[:1] == held[:1] else Level.DIFFERS
    slips = OSA.distance(asked, held)
    if slips == 1 and shorter > 3:
        return Level.SLIP if asked[0] == held[0] or asked[:2] == held[1::-1] else Level.ALIKE
    if nickname_group(asked) & nickname_group(held):
        return Level.SHORT
    alike = max(JaroWinkler.similarity(asked, held), 1 - slips / longer)
    if alike >= SOUNDS and consonants(asked) & consonants(held):
        return Level.SOUND
    return Level.ALIKE if alike >= LOOKS else Level.DIFFERS


def compare_births(asked: Birth | None, held: list[Birth]) -> Dates:
    """Return the best agreement with any date of birth on record."""
    if asked is None or not held:
        return Dates.MISSING
    return max((compare_dates(asked, birth) for birth in held), key=DATE_WEIGHTS.__getitem__)


def compare_dates(asked: Birth, held: Birth) -> Dates:
    """Say how two dates agree, parts that are not known aside."""
    if asked == held and held.day is not None:
        return Dates.EQUAL
    if asked.swapped == held:
        return Dates.SWAPPED
    same = [one == other for one, other in zip(asked, held, strict=True) if one is not None and other is not None]
    if all(same):
        return Dates.MONTH if len(same) == 2 else Dates.YEAR
    return Dates.ONE_PART if len(same) == 3 and sum(same) == 2 else Dates.DIFFERS


def compare_passports(asked: str, held: frozenset[str]) -> Passport:
    """Say how a number in its canonical form agrees; people have several passports, and renew them."""
    if not asked or not held:
        return Passport.MISSING
    if asked in held:
        return Passport.EQUAL
    if len(asked) >= 8 and any(OSA.distance(asked, number, score_cutoff=1) == 1 for number in held):
        return Passport.NEARLY
    return Passport.DIFFERS
