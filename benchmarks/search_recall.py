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
from dataclasses import dataclass, field
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from anyascii import anyascii  # noqa: E402  (Django first)
from django.db.models import Max  # noqa: E402
from django.utils.timezone import localdate  # noqa: E402

from accounts.choices import Role  # noqa: E402
from accounts.models import User  # noqa: E402
from intelligence.matching.corrupting import CLASSES  # noqa: E402
from offenders.choices import NameKind  # noqa: E402
from offenders.models import Name, Nominal  # noqa: E402
from offenders.search import find_nominals  # noqa: E402

Rng = random.Random


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
