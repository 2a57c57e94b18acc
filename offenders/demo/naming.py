"""Makes people's names: a main one, and the other names the same person is known by."""
from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from anyascii import anyascii

from offenders.choices import NameKind
from offenders.demo.names import ORIGINS, Origin, words
from offenders.demo.variants import NICKNAMES, SPELLINGS

OTHER_NAMES = (0, 1, 2, 3)
OTHER_NAME_WEIGHTS = (10, 20, 30, 40)  # with the main one, three names on average
ORIGIN_NAMES = tuple(ORIGINS)
ORIGIN_WEIGHTS = tuple(origin.weight for origin in ORIGINS.values())
ONLINE_WORDS = ("rider", "north", "quiet", "lucky", "pixel", "ghost", "coach", "gamer", "blue", "wolf", "mister", "real")
STREET_NAMES = words(
    "Baz Bez Blue Bones Bud Chalky Chips Coach Daz Deano Digger Dusty Flash Gaz Ginger Gizmo Hammer Jacko Jonno Kaz Lofty Mackie Mouse "
    "Nobby Pez Postie Razor Rocky Rusty Scouse Shaz Skip Slim Smudge Sparks Spike Spud Stretch Taff Tank Tiny Titch Whisky Wiz Woody Ziggy"
)


@dataclass(frozen=True)
class KnownName:
    """One name of a person, as it would stand in the record."""

    kind: str
    given: str
    surname: str
    source: str = ""


@cache
def surnames_of(origin_name: str, is_woman: bool) -> tuple[str, ...]:
    """Return every surname of an origin, the usual ones first."""
    origin = ORIGINS[origin_name]
    made = [*origin.surnames]
    made += [start + stem for stem in origin.stems for start in origin.starts]
    made += [stem + form_for(ending, is_woman) for ending in origin.endings for stem in origin.stems]
    return tuple(dict.fromkeys(made))


def form_for(ending: str, is_woman: bool) -> str:
    """Return the ending for a man or a woman, where they differ."""
    return ending.split("/")[-1 if is_woman else 0]


def often_early(rng: Random, choices: tuple[str, ...]) -> str:
    """Pick from a list so that its beginning comes often and its end seldom, as with real names."""
    return choices[int(len(choices) * rng.random() ** 2.2)]


def surname_for(rng: Random, origin_name: str, is_woman: bool) -> str:
    """Make a surname; now and then a double one."""
    surnames = surnames_of(origin_name, is_woman)
    surname = often_early(rng, surnames)
    return f"{surname}-{often_early(rng, surnames)}" if rng.random() < 0.03 else surname


def given_for(rng: Random, origin: Origin, is_woman: bool) -> str:
    """Make one or two given names."""
    choices = origin.women if is_woman else origin.men
    first, second = often_early(rng, choices), often_early(rng, choices)
    return f"{first} {second}" if rng.random() < 0.35 and first != second and not origin.has_one_given_name else first


def make_names(rng: Random, origin_name: str, is_woman: bool) -> list[KnownName]:
    """Make the names of one person, the main one first; no name twice."""
    main = KnownName(NameKind.PRIMARY, given_for(rng, ORIGINS[origin_name], is_woman), surname_for(rng, origin_name, is_woman))
    wanted = rng.choices(OTHER_NAMES, OTHER_NAME_WEIGHTS)[0]
    names, seen = [main], {(main.given, main.surname)}
    while len(names) <= wanted:
        other = other_name(rng, main, origin_name, is_woman)
        if (other.given, other.surname) not in seen:
            names.append(other)
            seen.add((other.given, other.surname))
    return names


def other_name(rng: Random, main: KnownName, origin_name: str, is_woman: bool) -> KnownName:
    """Make another name of the person: how papers spell it, a short form, an earlier one, an invented one."""
    chance = rng.random()
    if chance < 0.35 and (spelt := other_spelling(rng, main)):
        return spelt
    if chance < 0.55:
        return nickname(rng, main)
    if chance < 0.65:
        return KnownName(
            NameKind.ONLINE, "", f"{rng.choice(ONLINE_WORDS)}_{rng.choice(ONLINE_WORDS)}{rng.randrange(10, 1000)}", "Device examination"
        )
    if chance < 0.80:
        kind = NameKind.MAIDEN if is_woman and rng.random() < 0.5 else NameKind.PREVIOUS
        return KnownName(kind, main.given, surname_for(rng, origin_name, is_woman), "Marriage or deed poll")
    return KnownName(
        NameKind.ALIAS,
        given_for(rng, ORIGINS[origin_name], is_woman),
        rng.choice((main.surname, surname_for(rng, origin_name, is_woman))),
        "Custody record",
    )


def other_spelling(rng: Random, main: KnownName) -> KnownName | None:
    """Spell the name as other papers do: plain Latin letters, another transliteration, or the order swapped."""
    given, surname = anyascii(main.given), anyascii(main.surname)
    if (given, surname) == (main.given, main.surname):
        first, *rest = main.given.split()
        given = " ".join([rng.choice(SPELLINGS.get(first, (first,))), *rest])
        surname = rng.choice(SPELLINGS.get(main.surname, (main.surname,)))
    if (given, surname) == (main.given, main.surname):
        if " " in given or not given:
            return None
        given, surname = surname, given
    return KnownName(NameKind.ALIAS, given, surname, "Passport")


def nickname(rng: Random, main: KnownName) -> KnownName:
    """Return a short form with the surname, or a word that friends use."""
    first = main.given.split()[0]
    if first in NICKNAMES:
        return KnownName(NameKind.NICKNAME, rng.choice(NICKNAMES[first]), main.surname, "Associates")
    return KnownName(NameKind.NICKNAME, "", rng.choice(STREET_NAMES), "Associates")
