"""Finds, for each word asked for, the known words it may stand for, and how surely."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from accounts.replica import reading
from offenders.search.words import consonants, nickname_group, spelling_keys

NEAREST = 25
LEAST_WEIGHT = 0.55
SHORTEST_PART = 2

# Words that share a key with one of the forms; words by their text. One statement for the whole question.
FIND_WORDS = """
SELECT asked.form, word.id, word.text, word.frequency, word.keys && asked.sounds
FROM (
    SELECT form, search_sounds(form) AS sounds, string_to_array(keys, ' ') AS keys
    FROM unnest(%s::text[], %s::text[]) AS given (form, keys) OFFSET 0
) asked
JOIN offenders_word word ON word.keys && (asked.keys || asked.sounds)
UNION ALL
SELECT text, id, text, frequency, false FROM offenders_word WHERE text = ANY (%s)
"""
# Words that look alike at a distance of several slips.
FIND_LOOKALIKES = """
SELECT asked.form, word.id, word.text, word.frequency, false
FROM unnest(%s::text[]) AS asked (form) JOIN offenders_word word ON word.text %% asked.form
"""


class Known(NamedTuple):
    """A word of the vocabulary, as found for a form that was asked for."""

    form: str
    id: int
    text: str
    frequency: int
    sounds_alike: bool


class Match(NamedTuple):
    """A known word (or several that together make one) that may be meant."""

    ids: tuple[int, ...]
    text: str
    weight: float
    how: str
    rarity: float


@dataclass
class Group:
    """One word asked for, with everything that it may stand for; `near` by key, `split` of several words at once."""

    word: str
    near: dict[int, Match] = field(default_factory=dict)
    split: list[Match] = field(default_factory=list)
    exact: int | None = None
    frequency: int = 0

    @property
    def is_initial(self) -> bool:
        """Whether only the first letter was given."""
        return len(self.word) == 1

    @property
    def ids(self) -> list[int]:
        """Keys of all words that may be meant."""
        return sorted({*self.near, *(key for match in self.split for key in match.ids)})

    @property
    def rarity(self) -> float:
        """How much a match of this word tells: by the best match, since a slip makes any word rare."""
        return max(((match.weight, match.rarity) for match in self.near.values()), default=(0.0, 1.0))[1]

    def add(self, match: Match) -> None:
        """Keep the better of two matches with the same word."""
        key = match.ids[0]
        if key not in self.near or self.near[key].weight < match.weight:
            self.near[key] = match


def rarity(frequency: int) -> float:
    """Return how much one word tells: 1 for a word of one person, less the more people bear it.

    Frequency counts by powers of two and only at the nightly count, and names of restricted records are not in it:
    a score tells nothing of a record that the searcher may not know of.
    """
    return max(0.25, 1 - frequency.bit_length() / 24)


def find_spellings(words: tuple[str, ...]) -> list[Group]:
    """Return a group for each word."""
    joined = ["".join(pair) for pair in pairwise(words) if all(len(word) > 1 for word in pair)]
    parts = {word: splits(word) for word in words}
    initials = [f"{word}." for word in words if len(word) == 1]
    by_form = fetch_words([*words, *joined], [*initials, *(part for pairs in parts.values() for pair in pairs for part in pair)])
    groups = [make_group(word, by_form) for word in words]
    for group in groups:
        add_splits(group, parts[group.word], by_form)
    for at, (one, other) in enumerate(pairwise(words)):
        add_joined(groups[at : at + 2], one + other, by_form)
    return groups


def splits(word: str) -> list[tuple[str, str]]:
    """Return every way to part a word in two."""
    return [(word[:at], word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]


def fetch_words(forms: list[str], texts: list[str]) -> dict[str, list[Known]]:
    """Fetch what shares a key with the forms, and the texts themselves."""
    asked = sorted({form for form in forms if len(form) > 1})
    keys = [" ".join(spelling_keys(form)) for form in asked]
    return fetch(FIND_WORDS, [asked, keys, sorted({*texts, *forms})])


def fetch(statement: str, parameters: list[list[str]]) -> dict[str, list[Known]]:
    """Run a statement and gather its rows by the form asked for."""
    by_form: dict[str, list[Known]] = defaultdict(list)
    with reading().cursor() as cursor:
        cursor.execute(statement, parameters)
        for row in cursor.fetchall():
            by_form[row[0]].append(Known(*row))
    return by_form


def make_group(word: str, by_form: dict[str, list[Known]]) -> Group:
    """Keep the nearest words; an initial stands for its own entry alone."""
    group = Group(word)
    if group.is_initial:
        for known in by_form.get(f"{word}.", []):
            group.add(Match((known.id,), known.text, 0.7, "initial", rarity(known.frequency)))
    for match in nearest(word, by_form.get(word, [])):
        group.add(match)
    own = next((known for known in by_form.get(word, []) if known.text == word), None)
    if own:
        group.exact, group.frequency = own.id, own.frequency
    return group


def nearest(form: str, found: Iterable[Known]) -> list[Match]:
    """Return the nearest words. Words that were not counted yet, or only on restricted records, take nobody's place."""
    scored = sorted(((*weigh(form, known), known) for known in found), key=lambda entry: (-entry[0], entry[2].text))
    good = [(weight, how, known) for weight, how, known in scored if weight >= LEAST_WEIGHT]
    counted = [entry for entry in good if entry[2].frequency][:NEAREST]
    uncounted = [entry for entry in good if not entry[2].frequency][:NEAREST]
    return [Match((known.id,), known.text, weight, how, rarity(known.frequency)) for weight, how, known in counted + uncounted]


def weigh(form: str, known: Known) -> tuple[float, str]:
    """Say how surely one word stands for another, and why."""
    if form == known.text:
        return 1.0, "equal"
    slips = OSA.distance(form, known.text)
    alike = max(JaroWinkler.similarity(form, known.text), 1 - slips / max(len(form), len(known.text)))
    if slips == 1 and len(form) > 3:
        return max(0.9, alike), "spelling"
    if nickname_group(form) & nickname_group(known.text):
        return 0.85, "short form"
    if known.sounds_alike or consonants(form) & consonants(known.text):
        return alike + (1 - alike) * 0.35, "sound"
    return alike * 0.92, "spelling"


def add_splits(group: Group, parts: list[tuple[str, str]], by_form: dict[str, list[Known]]) -> None:
    """Let one word stand for two that were written together."""
    for pair in parts:
        found = [known for part in pair for known in by_form.get(part, []) if known.text == part]
        if len({known.text for known in found}) == len(set(pair)):
            ids = tuple(sorted({known.id for known in found}))
            group.split.append(Match(ids, pair[-1], 0.95, "written apart", min(rarity(known.frequency) for known in found)))


def add_joined(groups: list[Group], joined: str, by_form: dict[str, list[Known]]) -> None:
    """Let two words stand for one that was written apart."""
    for match in nearest(joined, by_form.get(joined, [])):
        if OSA.distance(joined, match.text) <= 1:
            for group in groups:
                group.add(Match(match.ids, match.text, match.weight * 0.97, "written together", match.rarity))


def add_lookalikes(groups: list[Group]) -> None:
    """Second look, when nothing good was found: words that look alike at a distance of several slips."""
    by_form = fetch(FIND_LOOKALIKES, [[group.word for group in groups if not group.is_initial]])
    for group in groups:
        for match in nearest(group.word, by_form.get(group.word, [])):
            group.add(match)
