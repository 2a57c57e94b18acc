"""Names of staff in a passage: surnames as they are written, usernames and collar numbers. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from django.utils.translation import gettext_noop

STAFF = gettext_noop("Names of staff, which are removed as a rule")
WORD = re.compile(r"\w+")


class Member(NamedTuple):
    """How somebody of the staff is named."""

    surname: str
    username: str
    collar_number: str
    rank: str


def staff_finder(people: Iterable[Member], own: Collection[str] = ()) -> Callable[[str], bool]:
    """Return what says of a passage whether it names somebody of the staff.

    Surnames count as they are written, so that a colour is no officer; those that the person bears (`own`) count not at all. A collar
    number that is a bare number counts after a rank alone, so that a year is no officer.
    """
    people = list(people)
    ranks = "|".join(sorted({re.escape(each.rank) for each in people if each.rank}))
    names: dict[str, set[re.Pattern[str]]] = defaultdict(set)

    def add(name: str, before: str = "", flags: int = 0) -> None:
        if words := WORD.findall(name):
            names[words[0].casefold()].add(re.compile(rf"(?<!\w){before}{re.escape(name)}(?!\w)", flags))

    for each in people:
        if each.surname.casefold() not in own:
            add(each.surname)
            add(each.surname.upper())
        add(each.username, flags=re.IGNORECASE)
        if not each.collar_number.isdigit():
            add(each.collar_number, flags=re.IGNORECASE)
        elif ranks:
            add(each.collar_number, rf"(?:{ranks})\s+", re.IGNORECASE)

    def names_staff(text: str) -> bool:
        words = {word.casefold() for word in WORD.findall(text)}
        return any(pattern.search(text) for word in words & names.keys() for pattern in names[word])

    return names_staff
