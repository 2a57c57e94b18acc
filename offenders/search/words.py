"""Words of names in plain letters, whatever script they came in, and the keys that different spellings share."""
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from nicknames import NickNamer

LONGEST_WORD = 40
MOST_WORDS = 16
APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´ʹ"))
# Between the parts of a name; they tell little, and some people leave them out.
PARTICLES = frozenset(
    [
        *("al", "el", "ul", "ur", "ad", "bin", "bint", "ibn", "binti"),
        *("da", "das", "de", "dei", "del", "della", "den", "der", "di", "do", "dos", "du", "la", "las", "le", "los"),
        *("van", "von", "ten", "ter", "zu"),
        *("mac", "mc", "of", "san", "st", "the", "y", "e"),
    ]
)
# Spellings of one sound in the languages that clerks here meet most, longest first.
SAME_CONSONANTS = (
    *(("dzh", "j"), ("tch", "ch"), ("sch", "sh"), ("dj", "j"), ("zh", "j"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t")),
    *(("tz", "s"), ("ts", "s"), ("ck", "k"), ("x", "ks"), ("c", "k"), ("q", "k"), ("z", "s")),
)

nicknames = NickNamer()


@lru_cache(maxsize=200_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name in small plain letters; hyphens part words, apostrophes do not."""
    plain = unicodedata.normalize("NFKC", text).translate(APOSTROPHES)
    chunks = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in plain).split()
    found = [word[:LONGEST_WORD] for chunk in chunks for word in transliterate(chunk)]
    return tuple(found[:MOST_WORDS])


def transliterate(chunk: str) -> list[str]:
    """Return one chunk in plain letters: several words where the script writes them without a space."""
    if chunk.isascii():
        return [chunk.lower()]
    if "\u0600" <= chunk[0] <= "\u06ff":
        # The Arabic article is part of the word in its own script; its ayn is most often heard and written as "a".
        plain = re.sub(r"[^a-z0-9]", "", anyascii(re.sub("^ال(?=..)", "", chunk)).replace("`", "a").lower())
        return [plain] if plain else []
    plain = re.sub(r"[^A-Za-z0-9]", "", anyascii(chunk))
    if chunk.lower() == chunk.upper():  # no capitals in this script, so capitals in the result begin syllables
        return [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", plain)]
    return [plain.lower()] if plain else []


def forms_of(text: str) -> set[str]:
    """Return the words of a part of a name and, where hyphens or particles tie them, all of them written together."""
    words = words_of(text)
    tied = len(words) > 1 and ("-" in text or not PARTICLES.isdisjoint(words))
    return {*words, "".join(words)[:LONGEST_WORD]} if tied else set(words)


def without_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave the particles out where at least two other words remain."""
    others = tuple(word for word in words if word not in PARTICLES)
    return others if len(others) >= 2 else words


def spelling_keys(word: str) -> list[str]:
    """Return what a word shares with its misspellings, its short forms and its other spellings; sounds come from the database."""
    if len(word) < 2 or word.isdigit():
        return []
    return sorted({*deletions(word), *full_forms(word), *consonants(word)})


def deletions(word: str) -> set[str]:
    """The word itself and the word with one letter missing: one slip leaves one of them in common."""
    shorter = {word[:at] + word[at + 1 :] for at in range(len(word))} if len(word) > 2 else set()
    return {f"d{form}" for form in {word, *shorter}}


def full_forms(word: str) -> set[str]:
    """The names that this is a short form of, and the word itself when it has short forms."""
    return {f"n{form}" for form in nickname_group(word)}


@lru_cache(maxsize=20_000)
def nickname_group(word: str) -> frozenset[str]:
    """Full forms of a given name, itself among them when it is one."""
    own = {word} if nicknames.nicknames_of(word) else set()
    return frozenset(nicknames.canonicals_of(word) | own)


@lru_cache(maxsize=20_000)
def consonants(word: str) -> frozenset[str]:
    """The consonants alone, for scripts that write no vowels and spellings that differ in them; w is one, or a vowel."""
    for spelling, sound in SAME_CONSONANTS:
        word = word.replace(spelling, sound)
    bare = {re.sub(r"(.)\1+", r"\1", re.sub("[aeiouy]", "", form)) for form in (word.replace("w", ""), word.replace("w", "v"))}
    return frozenset(f"s{form}" for form in bare if len(form) >= 2)
