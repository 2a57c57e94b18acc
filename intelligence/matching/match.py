"""Matches many alerts with all nominals at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from intelligence.matching.candidates import Asked, find_candidates
from intelligence.matching.deciding import Scale, decide, rank
from intelligence.matching.facts import AlertFacts, Match
from intelligence.matching.people import fetch_names, fill
from intelligence.matching.relatives import nominals_with_twin
from intelligence.matching.scoring import compare_pair, is_alike
from intelligence.matching.vocabulary import Vocabulary, count_names, read_name, read_vocabulary
from intelligence.models import MatchingThreshold
from intelligence.rules.matching import rarity
from offenders.choices import IdentifierKind
from offenders.rules import canonical_identifier

CHUNK = 1_000


def match_alerts(alerts: Sequence[AlertFacts], *, today: date, among: Collection[int] | None = None) -> list[Match]:
    """Compare alerts with all nominals and say of each what may happen with it, in the order given.

    This runs as the system: it looks at every record, restricted ones and those of other forces too. What it returns is for services;
    whoever shows candidates to a person filters them with `Nominal.objects.for_user`, and words nothing so that it tells of the others.

    The thresholds are those in force on the day `today`. With `among` only these nominals can be candidates, and then nothing files
    itself, since nobody looked whether somebody else fits better. The number of statements does not grow with the number of alerts,
    up to a thousand; the memory never does.
    """
    scale = Scale(count_names(), MatchingThreshold.objects.on(today).first())
    return [match for start in range(0, len(alerts), CHUNK) for match in match_chunk(alerts[start : start + CHUNK], scale, among)]


def match_chunk(alerts: Sequence[AlertFacts], scale: Scale, among: Collection[int] | None) -> list[Match]:
    """Match as many alerts as are held in memory together."""
    batch = Batch([prepare(at, alert) for at, alert in enumerate(alerts)], scale, among)
    twins = batch.with_twin()
    return [decide(alert.key, batch.ranked[at], twins[at], scale, may_file=among is None) for at, alert in enumerate(alerts)]


def prepare(at: int, alert: AlertFacts) -> Asked:
    """Make an alert ready: plain words, the number in its canonical form."""
    name = read_name(alert.given_names, alert.surname)
    return Asked(at, name, frozenset(name.every), alert.birth, canonical(alert.document_number), alert.sex)


def canonical(number: str) -> str:
    """Return a passport number as records hold it; empty when it can be none."""
    try:
        return canonical_identifier(IdentifierKind.PASSPORT, number)
    except ValueError:
        return ""


class Batch:
    """Some alerts with the nominals who may be meant, and the pairs worth a look of each."""

    def __init__(self, asked: list[Asked], scale: Scale, among: Collection[int] | None) -> None:
        self.asked = asked
        self.vocabulary = read_vocabulary(
            [alert.name for alert in asked], [alert.name for alert in asked if not (alert.birth and alert.birth.day)], scale.names
        )
        self.found = find_candidates(asked, self.vocabulary, among)
        self.people = fetch_names({nominal for found in self.found.values() for nominal in found.keys})
        alike = {alert.at: self.alike(alert) for alert in asked}
        near = {nominal for nominals in alike.values() for nominal in nominals}
        fill(self.people, near)
        self.vocabulary.read_exact(word for nominal in near for name in self.people[nominal].names for word in name.every)
        rarity_of = partial(rarity_in, self.vocabulary)
        self.ranked = {
            alert.at: rank([compare_pair(alert, nominal, self.people[nominal], rarity_of) for nominal in alike[alert.at]], scale)
            for alert in asked
        }

    def alike(self, alert: Asked) -> list[int]:
        """Return the nominals with any name in common, or with the number."""
        found = self.found.get(alert.at)
        if not found:
            return []
        return [
            nominal
            for nominal in found.keys
            if nominal in found.by_number or any(is_alike(alert, name) for name in self.people[nominal].names)
        ]

    def with_twin(self) -> dict[int, set[int]]:
        """Return for each alert the candidates who could file themselves and have a close relative on record."""
        able = {alert.at: {pair.nominal_id for pair in self.ranked[alert.at] if pair.may_be_filed} for alert in self.asked}
        twins = nominals_with_twin({nominal for nominals in able.values() for nominal in nominals}) if any(able.values()) else set()
        return {at: nominals & twins for at, nominals in able.items()}


def rarity_in(vocabulary: Vocabulary, word: str, most: float) -> float:
    """Return how rarely a word is met among the names on record."""
    return rarity(vocabulary.frequency.get(word, 0), vocabulary.names, most)
