"""Corrupts names as clerks, carriers and border systems do, to try what still finds the person."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from nicknames import NickNamer

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NICKNAMES = NickNamer()
# Ways in which clerks write the same foreign sound.
SPELLINGS = (
    *(("kh", "h"), ("gh", "g"), ("sh", "sch"), ("sch", "sh"), ("zh", "j"), ("ch", "tch"), ("ou", "u"), ("oo", "u"), ("ee", "i")),
    *(("aa", "a"), ("ei", "ai"), ("ai", "ay"), ("ya", "ia"), ("yu", "iu"), ("v", "w"), ("w", "v"), ("q", "k"), ("k", "c")),
    *(("c", "k"), ("y", "i"), ("i", "y"), ("j", "dj"), ("z", "s"), ("u", "ou"), ("e", "i"), ("o", "u"), ("ph", "f"), ("f", "ph")),
    *(("tz", "ts"), ("x", "ks"), ("th", "t"), ("dd", "d")),
)

Corrupt = Callable[[Random, str, str], tuple[str, str] | None]


def a_slip(rng: Random, word: str) -> str:
    """One wrong, missing or extra letter, not the first."""
    at, letter = rng.randrange(1, len(word)), rng.choice(LETTERS)
    return word[:at] + rng.choice(["", letter, letter + word[at]]) + word[at + 1 :]


def a_swap(rng: Random, word: str) -> str:
    """Two neighbouring letters swapped."""
    at = rng.randrange(0, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def other_spelling(rng: Random, word: str) -> str:
    """The word as another clerk would write it: one or two sounds spelt otherwise."""
    rules = [rule for rule in SPELLINGS if rule[0] in word]
    for old, new in rng.sample(rules, min(len(rules), 2)):
        word = word.replace(old, new, 1)
    return word


def changed(old: tuple[str, str], new: tuple[str, str]) -> tuple[str, str] | None:
    """The corrupted name, or nothing when it came out the same."""
    return new if new != old else None


def both_spelt_otherwise(rng: Random, given: str, surname: str) -> tuple[str, str] | None:
    """Both names as another clerk would write them."""
    return changed((given, surname), (other_spelling(rng, given), other_spelling(rng, surname)))


def nickname(rng: Random, given: str, surname: str) -> tuple[str, str] | None:
    """The given name's short or full form."""
    forms = sorted(NICKNAMES.nicknames_of(given) | NICKNAMES.canonicals_of(given))
    return (rng.choice(forms), surname) if forms else None


def parted(rng: Random, given: str, surname: str) -> tuple[str, str] | None:
    """One name written as two."""
    if len(surname) < 7:
        return None
    at = rng.randrange(3, len(surname) - 2)
    return given, f"{surname[:at]} {surname[at:]}"


CLASSES: dict[str, Corrupt] = {
    "as recorded": lambda rng, given, surname: (given, surname),
    "slip in the surname": lambda rng, given, surname: (given, a_slip(rng, surname)),
    "slip in the given name": lambda rng, given, surname: (a_slip(rng, given), surname),
    "slip in both": lambda rng, given, surname: (a_slip(rng, given), a_slip(rng, surname)),
    "letters swapped": lambda rng, given, surname: changed((given, surname), (given, a_swap(rng, surname))),
    "two slips in the surname": lambda rng, given, surname: (given, a_slip(rng, a_slip(rng, surname))),
    "order swapped": lambda rng, given, surname: (surname, given),
    "surname spelt otherwise": lambda rng, given, surname: changed((given, surname), (given, other_spelling(rng, surname))),
    "both spelt otherwise": both_spelt_otherwise,
    "nickname": nickname,
    "initial and surname": lambda rng, given, surname: (given[0], surname),
    "written together": lambda rng, given, surname: (given + surname, "") if " " not in given + surname else None,
    "written apart": parted,
    "one more surname": lambda rng, given, surname: (given, f"{surname} {rng.choice(['Okafor', 'Pereira', 'Lindqvist', 'Harcourt'])}"),
}
