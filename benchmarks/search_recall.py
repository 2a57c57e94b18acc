"""How often the search finds the right person from a corrupted name, and how fast: by class of corruption.

Run against a database with the synthetic force: python benchmarks/search_recall.py --queries 100 --output results.json
"""
from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from anyascii import anyascii  # noqa: E402  (Django first)
from django.db.models import Max  # noqa: E402
from django.utils.timezone import localdate  # noqa: E402
from nicknames import NickNamer  # noqa: E402

from accounts.choices import Role  # noqa: E402
from accounts.models import User  # noqa: E402
from offenders.choices import NameKind  # noqa: E402
from offenders.models import Name, Nominal  # noqa: E402
from offenders.search import find_nominals  # noqa: E402

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NICKNAMES = NickNamer()
# Ways in which clerks write the same foreign sound.
SPELLINGS = (
    *(("kh", "h"), ("gh", "g"), ("sh", "sch"), ("sch", "sh"), ("zh", "j"), ("ch", "tch"), ("ou", "u"), ("oo", "u"), ("ee", "i")),
    *(("aa", "a"), ("ei", "ai"), ("ai", "ay"), ("ya", "ia"), ("yu", "iu"), ("v", "w"), ("w", "v"), ("q", "k"), ("k", "c")),
    *(("c", "k"), ("y", "i"), ("i", "y"), ("j", "dj"), ("z", "s"), ("u", "ou"), ("e", "i"), ("o", "u"), ("ph", "f"), ("f", "ph")),
    *(("tz", "ts"), ("x", "ks"), ("th", "t"), ("dd", "d")),
)

Rng = random.Random
Corrupt = Callable[[Rng, str, str], tuple[str, str] | None]


def a_slip(rng: Rng, word: str) -> str:
    """One wrong, missing or extra letter, not the first."""
    at, letter = rng.randrange(1, len(word)), rng.choice(LETTERS)
    return word[:at] + rng.choice(["", letter, letter + word[at]]) + word[at + 1 :]


def a_swap(rng: Rng, word: str) -> str:
    """Two neighbouring letters swapped."""
    at = rng.randrange(0, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def other_spelling(rng: Rng, word: str) -> str:
    """The word as another clerk would write it: one or two sounds spelt otherwise."""
    rules = [rule for rule in SPELLINGS if rule[0] in word]
    for old, new in rng.sample(rules, min(len(rules), 2)):
        word = word.replace(old, new, 1)
    return word


def changed(old: tuple[str, str], new: tuple[str, str]) -> tuple[str, str] | None:
    """The corrupted name, or nothing when it came out the same."""
    return new if new != old else None


def both_spelt_otherwise(rng: Rng, given: str, surname: str) -> tuple[str, str] | None:
    """Both names as another clerk would write them."""
    return changed((given, surname), (other_spelling(rng, given), other_spelling(rng, surname)))


def nickname(rng: Rng, given: str, surname: str) -> tuple[str, str] | None:
    """The given name's short or full form."""
    forms = sorted(NICKNAMES.nicknames_of(given) | NICKNAMES.canonicals_of(given))
    return (rng.choice(forms), surname) if forms else None


def parted(rng: Rng, given: str, surname: str) -> tuple[str, str] | None:
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


@dataclass
class Tally:
    """What one class of queries gave."""

    ranks: list[int | None] = field(default_factory=list)
    alike: list[bool] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        """Shares found first and among 20, mean reciprocal rank, times. `alike20`: that person or one with the very same name."""
        count = len(self.ranks)
        found = [rank for rank in self.ranks if rank]
        times = sorted(self.milliseconds)
        return {
            "queries": count,
            "r1": sum(rank == 1 for rank in found) / count,
            "r20": len(found) / count,
            "alike20": sum(self.alike) / count,
            "mrr": sum(1 / rank for rank in found) / count,
            "p50_ms": statistics.median(times),
            "p95_ms": times[int(len(times) * 0.95)],
        }


def plain(text: str) -> str:
    """A name in small plain letters and single spaces."""
    return " ".join(re.sub(r"[^a-z ]", "", anyascii(text).replace("-", " ").lower()).split())


def sample_names(rng: Rng, count: int) -> list[Name]:
    """Main names with both parts, of records that everybody may know of, drawn at random."""
    last = Nominal.objects.aggregate(last=Max("pk"))["last"] or 0
    rows = Name.objects.filter(kind=NameKind.PRIMARY, nominal__is_restricted=False).select_related("nominal")
    keys = rng.sample(range(1, last + 1), min(last, count))
    names = rows.filter(nominal__in=keys).prefetch_related("nominal__dates_of_birth").order_by("pk")
    return [name for name in names if min(len(plain(name.given_names)), len(plain(name.surname))) > 2]


def ask(searcher: User, name: Name, text: str, tally: Tally) -> None:
    """Ask one query and note where the right person came."""
    start = time.perf_counter()
    result = find_nominals(user=searcher, text=text, today=localdate())
    tally.milliseconds.append((time.perf_counter() - start) * 1000)
    keys = [hit.nominal.pk for hit in result.hits]
    tally.ranks.append(keys.index(name.nominal_id) + 1 if name.nominal_id in keys else None)
    shown = {plain(held.full_name) for hit in result.hits for held in hit.nominal.names.all()}
    tally.alike.append(name.nominal_id in keys or plain(name.full_name) in shown)


def measure(searcher: User, queries: int, seed: int) -> dict[str, dict[str, float]]:
    """Ask queries of every class, without and with the year of birth."""
    rng = Rng(seed)
    tallies: dict[str, Tally] = {}
    for label, corrupt in CLASSES.items():
        without, with_year = tallies.setdefault(label, Tally()), tallies.setdefault(f"{label}, year of birth", Tally())
        for name in sample_names(rng, queries * 8):
            made = corrupt(rng, plain(name.given_names).split()[0], plain(name.surname))
            births = name.nominal.dates_of_birth.all()
            if not made or not births or len(without.ranks) >= queries:
                continue
            ask(searcher, name, " ".join(made), without)
            ask(searcher, name, f"{' '.join(made)} {births[0].year}", with_year)
    return {label: tally.summary() for label, tally in tallies.items() if tally.ranks}


def main() -> None:
    """Measure and print a table; write the figures as JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    searcher = User.objects.filter(groups__name=Role.SUPERVISOR).order_by("pk")[0]
    results = measure(searcher, options.queries, options.seed)
    print(f"{Nominal.objects.count():,} nominals, {Name.objects.count():,} names")
    print(f"{'class':45}{'r1':>7}{'r20':>7}{'alike20':>9}{'mrr':>7}{'p50 ms':>9}{'p95 ms':>9}")
    for label, row in results.items():
        print(f"{label:45}{row['r1']:7.2f}{row['r20']:7.2f}{row['alike20']:9.2f}{row['mrr']:7.2f}{row['p50_ms']:9.1f}{row['p95_ms']:9.1f}")
    if options.output:
        options.output.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
