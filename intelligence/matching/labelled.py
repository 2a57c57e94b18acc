"""Alerts of which the truth is known: invented from the nominals on record, or read from a file (docs/matching.md)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from anyascii import anyascii
from django.db.models import Max

from intelligence.matching.corrupting import CLASSES
from intelligence.matching.facts import AlertFacts
from offenders.choices import IdentifierKind
from offenders.models import DateOfBirth, Description, Identifier, Name, Nominal
from offenders.search.births import Birth

ABOUT_NOMINALS, ABOUT_RELATIVES = 0.10, 0.03  # the others are travellers who have nothing to do with anybody on record
FROM_ALIAS, IN_OWN_SCRIPT = 0.25, 0.1
# How often each kind of mistake is made, of 100.
MISTAKES = {
    "as recorded": 58,
    "slip in the surname": 6,
    "slip in the given name": 6,
    "slip in both": 2,
    "letters swapped": 4,
    "two slips in the surname": 1,
    "order swapped": 4,
    "surname spelt otherwise": 5,
    "both spelt otherwise": 3,
    "nickname": 4,
    "initial and surname": 1,
    "written together": 1,
    "written apart": 2,
    "one more surname": 3,
}
DATES = {"equal": 90, "swapped": 3, "one part wrong": 3, "no day": 2, "year only": 1, "none": 1}
PASSPORTS = {"same": 60, "one digit wrong": 3, "another": 34, "none": 3}
RELATIVES = ("twin", "namesake", "namesake born nearly then", "parent of the same name", "sibling")
COLUMNS = ("surname", "given_names", "birth", "document_number", "sex", "reference")


@dataclass(frozen=True)
class LabelledAlert:
    """An alert and whom it is about; None: nobody on record."""

    facts: AlertFacts
    nominal_id: int | None
    kind: str = "given"


@dataclass
class Source:
    """A nominal from whom alerts are made."""

    nominal_id: int
    names: list[tuple[str, str]] = field(default_factory=list)
    birth: Birth | None = None
    passports: list[str] = field(default_factory=list)
    sex: str = ""


def make_labelled(*, size: int, seed: int) -> list[LabelledAlert]:
    """Invent so many alerts from the nominals on record; the same seed gives the same. Most are about nobody on record, as at a border.

    ValueError: there are too few nominals with a name and a whole date of birth.
    """
    rng = Random(seed)  # noqa: S311  (invented data, not a secret)
    sources = draw_sources(rng, size)
    whole = [source for source in sources if source.birth and source.birth.day and all(source.names[0])]
    if len(whole) < 20:
        raise ValueError("At least 20 nominals with both names and a whole date of birth are needed to invent alerts from.")
    alerts = []
    for key in range(size):
        chance = rng.random()
        if chance < ABOUT_NOMINALS:
            alerts.append(about_nominal(rng, key, rng.choice(whole)))
        elif chance < ABOUT_NOMINALS + ABOUT_RELATIVES:
            alerts.append(about_relative(rng, key, rng.choice(whole), whole))
        else:
            alerts.append(about_nobody(rng, key, whole))
    return alerts


def draw_sources(rng: Random, size: int) -> list[Source]:
    """Draw nominals at random, restricted ones too: matching must find them as well."""
    last = Nominal.objects.aggregate(last=Max("pk"))["last"] or 0
    keys = rng.sample(range(1, last + 1), min(last, max(500, size)))
    sources = {key: Source(key) for key in sorted(Nominal.objects.filter(pk__in=keys).values_list("pk", flat=True))}
    names = Name.objects.filter(nominal__in=sources).order_by("nominal", "-kind", "pk").exclude(kind__in=["online", "nickname"])
    for key, given, surname, kind in names.values_list("nominal", "given_names", "surname", "kind"):
        sources[key].names.insert(0 if kind == "primary" else len(sources[key].names), (given, surname))
    births = DateOfBirth.objects.filter(nominal__in=sources).order_by("nominal", "is_primary", "pk")
    for key, year, month, day in births.values_list("nominal", "year", "month", "day"):
        sources[key].birth = Birth(year, month, day)
    passports = Identifier.objects.filter(nominal__in=sources, kind=IdentifierKind.PASSPORT).order_by("nominal", "pk")
    for key, value in passports.values_list("nominal", "value"):
        sources[key].passports.append(value)
    for key, sex in Description.objects.filter(nominal__in=sources).values_list("nominal", "sex"):
        sources[key].sex = sex
    return [source for source in sources.values() if source.names]


def pick(rng: Random, shares: dict[str, int]) -> str:
    """Pick one kind by its share."""
    return rng.choices(list(shares), list(shares.values()))[0]


def about_nominal(rng: Random, key: int, source: Source) -> LabelledAlert:
    """A nominal travels, and the border wrote down what it did."""
    given, surname = rng.choice(source.names) if rng.random() < FROM_ALIAS else source.names[0]
    mistake = pick(rng, MISTAKES)
    made = corrupted(rng, mistake, given, surname)
    birth, number = date_given(rng, source.birth), passport_given(rng, source.passports)
    facts = AlertFacts(key, made[1].title(), made[0].title(), birth, number, "", sex_given(rng, source))
    return LabelledAlert(facts, source.nominal_id, mistake)


def corrupted(rng: Random, mistake: str, given: str, surname: str) -> tuple[str, str]:
    """The name as it was written: mostly in plain letters, as papers have it; as recorded where the mistake cannot be made in it."""
    if mistake == "as recorded" and rng.random() < IN_OWN_SCRIPT:
        return given, surname
    given, surname = plain(given), plain(surname)
    if min(len(given), len(surname)) < 3:
        return given, surname
    first, *others = given.split()
    made = CLASSES[mistake](rng, first, surname)
    if made is None:
        return given, surname
    keeps_others = others and rng.random() < 0.6 and mistake not in {"order swapped", "written together"}
    return (" ".join([made[0], *others]) if keeps_others else made[0]), made[1]


def plain(text: str) -> str:
    """A name in small plain letters and single spaces."""
    return " ".join("".join(char for char in anyascii(text).replace("-", " ").lower() if char.isalpha() or char == " ").split())


def date_given(rng: Random, birth: Birth | None) -> Birth | None:
    """The date of birth as the border had it."""
    kind = pick(rng, DATES)
    if birth is None or kind == "none":
        return None
    if kind == "swapped":
        return birth.swapped or birth
    if kind == "one part wrong":
        return one_part_wrong(rng, birth)
    return {"equal": birth, "no day": Birth(birth.year, birth.month), "year only": Birth(birth.year)}[kind]


def one_part_wrong(rng: Random, birth: Birth) -> Birth:
    """The same date with another day, month or year."""
    other = random_date(rng, birth.year)
    other_day = Birth(birth.year, birth.month, min(other.day or 1, 28))
    other_month = Birth(birth.year, other.month, min(birth.day or 1, 28))
    other_year = Birth(birth.year + rng.choice([-10, -2, -1, 1, 2, 10]), birth.month, min(birth.day or 1, 28))
    return rng.choice([other_day, other_month, other_year])


def random_date(rng: Random, year: int) -> Birth:
    """Any day of the year."""
    day = date(year, 1, 1) + timedelta(days=rng.randrange(365))
    return Birth(day.year, day.month, day.day)


def other_date(rng: Random, year: int, born: Birth) -> Birth:
    """Any day of the year but that one: two people of one name and one date of birth cannot be told apart by either."""
    day = random_date(rng, year)
    return day if day != born else Birth(year, (day.month or 1) % 12 + 1, min(day.day or 1, 28))


def passport_given(rng: Random, held: list[str]) -> str:
    """The number of the document: people renew passports, and some have several."""
    kind = pick(rng, PASSPORTS)
    if kind == "none":
        return ""
    if kind == "another" or not held:
        return new_passport(rng)
    number = rng.choice(held)
    if kind == "same":
        return number
    at = rng.randrange(len(number))
    return number[:at] + rng.choice("0123456789") + number[at + 1 :]


def new_passport(rng: Random) -> str:
    """A number that nobody on record has, but for an accident."""
    return f"{rng.randrange(100_000_000, 1_000_000_000)}"


def sex_given(rng: Random, source: Source) -> str:
    """The sex, seldom wrong, sometimes left out."""
    chance = rng.random()
    if chance < 0.1 or source.sex not in {"male", "female"}:
        return ""
    return {"male": "M", "female": "F"}[source.sex] if chance > 0.11 else {"male": "F", "female": "M"}[source.sex]


def about_nobody(rng: Random, key: int, sources: list[Source]) -> LabelledAlert:
    """Somebody travels who has nothing to do with anybody: common names come as often as they do among the nominals."""
    one, other, third = rng.choice(sources), rng.choice(sources), rng.choice(sources)
    given, surname = plain(one.names[0][0]), plain(other.names[0][1])
    birth = random_date(rng, third.birth.year if third.birth else 1980)
    facts = AlertFacts(key, surname.title(), given.title(), birth, new_passport(rng), "", sex_given(rng, one))
    return LabelledAlert(facts, None, "nobody")


def about_relative(rng: Random, key: int, source: Source, sources: list[Source]) -> LabelledAlert:
    """Somebody travels who is easily taken for a nominal and is another person."""
    kind = rng.choice(RELATIVES)
    given, surname = (plain(part) for part in source.names[0])
    birth = source.birth or Birth(1980)
    own = {word for name in source.names for word in plain(name[0]).split()}
    others = [name for name in (plain(rng.choice(sources).names[0][0]) for _ in range(5)) if name and name.split()[0] not in own]
    if kind in {"twin", "sibling"}:
        given = others[0] if others else "Quentin"
    if kind == "parent of the same name":
        birth = random_date(rng, birth.year - rng.randrange(19, 35))
    elif kind == "namesake born nearly then":
        birth = other_date(rng, birth.year, birth)
    elif kind != "twin":
        birth = other_date(rng, birth.year + rng.randrange(-6, 7), birth)
    facts = AlertFacts(key, surname.title(), given.title(), birth, new_passport(rng), "", sex_given(rng, source))
    return LabelledAlert(facts, None, kind)


def read_labelled(path: Path) -> Iterator[LabelledAlert]:
    """Read alerts from a CSV file with a heading; ValueError says in which line something is wrong."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := set(COLUMNS) - set(reader.fieldnames or ()):
            raise ValueError(f"The file has no column {', '.join(sorted(missing))}.")
        known: dict[str, int] = dict(Nominal.objects.values_list("reference", "pk"))
        for line, row in enumerate(reader, start=2):
            yield read_row(row, line, known)


def read_row(row: dict[str, str], line: int, known: dict[str, int]) -> LabelledAlert:
    """Read one alert; `reference` says whom it is about, empty: nobody on record."""
    try:
        parts = [int(part) for part in row["birth"].split("-")] if row["birth"] else []
        birth = Birth(*parts) if parts else None
    except (ValueError, TypeError) as error:
        raise ValueError(f"Line {line}: the date of birth must be like 1980-05-03, 1980-05 or 1980.") from error
    if row["reference"] and row["reference"] not in known:
        raise ValueError(f"Line {line}: no record has this reference.")
    facts = AlertFacts(line, row["surname"], row["given_names"], birth, row["document_number"], "", row["sex"])
    return LabelledAlert(facts, known.get(row["reference"]))
