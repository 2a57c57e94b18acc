"""Knows twins and other close relatives on record: who is easily taken for whom, however surely name and date of birth agree."""

from __future__ import annotations

from collections.abc import Collection

from intelligence.matching.comparing import compare_words
from intelligence.matching.people import BORN_THEN, Person, fetch_names, fill, fill_addresses, rows
from intelligence.rules.matching import Level


def nominals_with_twin(nominals: Collection[int]) -> set[int]:
    """Return those of the nominals who may have a twin among all on record, in a few statements."""
    pairs = rows(BORN_THEN, nominals)
    keys = {key for pair in pairs for key in pair}
    people = fetch_names(keys)
    fill(people, keys)
    fill_addresses(people, keys)
    return {one for one, other in pairs if is_relative(people[one], people[other])}


def is_relative(one: Person, other: Person) -> bool:
    """Whether two nominals may be twins: a surname and a whole date of birth in common, no forename, and no two addresses known apart."""
    born = {birth for birth in one.births if birth.day}
    if born.isdisjoint(other.births) or (one.addresses and other.addresses and one.addresses.isdisjoint(other.addresses)):
        return False
    surnames = {word for name in one.names for word in name.surname}
    same = any(compare_words(word, own) in {Level.EQUAL, Level.SLIP} for name in other.names for word in name.surname for own in surnames)
    return same and forenames(one).isdisjoint(forenames(other))


def forenames(person: Person) -> set[str]:
    """First given names, of all names."""
    return {name.given[0] for name in person.names if name.given}
