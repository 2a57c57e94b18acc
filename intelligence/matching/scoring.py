"""Weighs one nominal against one alert, and knows close relatives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import JaroWinkler

from intelligence.matching.candidates import Asked
from intelligence.matching.comparing import (
    NameAgreement,
    Rarity,
    compare_births,
    compare_names,
    compare_passports,
)
from intelligence.matching.facts import Reason
from intelligence.matching.people import Person
from intelligence.matching.vocabulary import NameWords
from intelligence.rules.matching import (
    DATE_WEIGHTS,
    LESS,
    NAMES_AGREE,
    NAMES_AGREE_BESIDE_PASSPORT,
    PASSPORT_WEIGHTS,
    SEX_DIFFERS,
    SEX_EQUAL,
    WHOLE_DATES,
    Dates,
    Passport,
)

ALIKE = 0.8


@dataclass(frozen=True)
class Pair:
    """An alert and a nominal, compared."""

    nominal_id: int
    name: NameAgreement
    dates: Dates
    passport: Passport
    sexes: float

    @cached_property
    def weight(self) -> float:
        """How many times likelier everything together makes it that they are one person, as a power of two."""
        return self.name.weight + DATE_WEIGHTS[self.dates] + PASSPORT_WEIGHTS[self.passport] + self.sexes

    @property
    def is_certain(self) -> bool:
        """Whether passport, name and date of birth all say so. A passport alone never does."""
        levels = {self.name.surname.level, self.name.given.level}
        return self.passport == Passport.EQUAL and self.dates in WHOLE_DATES and levels <= NAMES_AGREE_BESIDE_PASSPORT

    @property
    def may_be_filed(self) -> bool:
        """Whether nothing that must agree is missing or differs: both names and, as it stands, the whole date of birth."""
        levels = {self.name.surname.level, self.name.given.level}
        return self.is_certain or (self.dates == Dates.EQUAL and levels <= NAMES_AGREE)

    @property
    def is_worth_a_look(self) -> bool:
        """Whether a name agrees at all; everybody with the same date of birth comes this far."""
        return self.passport in {Passport.EQUAL, Passport.NEARLY} or bool({self.name.surname.level, self.name.given.level} & LESS.keys())

    def reasons(self) -> tuple[Reason, ...]:
        """Say what speaks for it and what against, in words."""
        said = self.name.reasons()
        said.append(Reason(self.dates.value, DATE_WEIGHTS[self.dates]))
        if self.passport != Passport.MISSING:
            said.append(Reason(self.passport.value, PASSPORT_WEIGHTS[self.passport]))
        if self.sexes:
            said.append(Reason("Sex equal" if self.sexes > 0 else "Sex differs", self.sexes))
        return tuple(said)


def is_alike(asked: Asked, held: NameWords) -> bool:
    """Say quickly whether two names have anything in common."""
    if not asked.words.isdisjoint(held.every):
        return True
    ends = held.ends
    return any(one and other and JaroWinkler.similarity(one, other) >= ALIKE for one in asked.name.ends for other in ends)


def compare_pair(asked: Asked, nominal_id: int, person: Person, rarity: Rarity) -> Pair:
    """Compare an alert with a nominal, by the name that fits best."""
    alike = [name for name in person.names if is_alike(asked, name)]
    names = [compare_names(asked.name, name, rarity) for name in alike or person.names[:1] or [NameWords.of((), ())]]
    return Pair(
        nominal_id,
        max(names, key=lambda agreement: agreement.weight),
        compare_births(asked.birth, person.births),
        compare_passports(asked.number, person.passports),
        compare_sexes(asked.sex, person.sex),
    )


def compare_sexes(asked: str, held: str) -> float:
    """Weigh the sexes, where both say male or female."""
    known = {"m", "f"}
    one, other = asked[:1].lower(), held[:1].lower()
    if one not in known or other not in known:
        return 0.0
    return SEX_EQUAL if one == other else SEX_DIFFERS
