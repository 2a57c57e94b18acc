"""P3: border alerts matched, a second and worker process, and how well, against Splink on the same alerts and nominals.

Both sides run in this one process with one thread; ours asks PostgreSQL, Splink asks DuckDB in memory. The alerts are invented with another
seed than the thresholds were measured with. What a side says of an alert is its likeliest nominal, if that is likely enough.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

import django

django.setup()

from django.utils.timezone import localdate  # noqa: E402

from benchmarks.results import Result  # noqa: E402
from benchmarks.splink_side import Splink  # noqa: E402
from config.memory import spare_what_is_loaded  # noqa: E402
from intelligence.matching import Match, Verdict, match_alerts  # noqa: E402
from intelligence.matching.labelled import LabelledAlert, make_labelled  # noqa: E402
from intelligence.models import MatchingThreshold  # noqa: E402

ALERTS = 10_000
BATCH = 1_000  # as a worker takes them
OTHER_SEED = 1_000  # apart from the seeds that calibrating uses
Answer = tuple[float, int | None]  # how likely, and who


@dataclass(frozen=True)
class Quality:
    """How good the answers at one threshold are."""

    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"F1 {self.f1:.4f}, precision {self.precision:.4f}, recall {self.recall:.4f}, from {self.threshold:.6f}"


def quality(labelled: Sequence[LabelledAlert], answers: Sequence[Answer], threshold: float) -> Quality:
    """Judge what is said at or above a threshold."""
    said = [(one.nominal_id, who) for one, (likely, who) in zip(labelled, answers, strict=True) if who is not None and likely >= threshold]
    right = sum(truth == who for truth, who in said)
    about = sum(one.nominal_id is not None for one in labelled)
    return Quality(threshold, right / len(said) if said else 1.0, right / about)


def best(labelled: Sequence[LabelledAlert], answers: Sequence[Answer]) -> Quality:
    """Return the quality at the threshold with the best F1 of all."""
    about = sum(one.nominal_id is not None for one in labelled)
    pairs = sorted(zip(answers, labelled, strict=True), key=lambda pair: -pair[0][0])
    found, right, said = Quality(1.0, 1.0, 0.0), 0, 0
    for at, ((likely, who), one) in enumerate(pairs):
        if who is None:
            continue
        said, right = said + 1, right + (who == one.nominal_id)
        if at + 1 < len(pairs) and pairs[at + 1][0][0] == likely:
            continue
        found = max(found, Quality(likely, right / said, right / about), key=lambda one: one.f1)
    return found


def ours(labelled: Sequence[LabelledAlert]) -> tuple[float, list[Match]]:
    """Match in batches; return the seconds and the matches."""
    facts, matches = [one.facts for one in labelled], []
    start = perf_counter()
    for at in range(0, len(facts), BATCH):
        matches += match_alerts(facts[at : at + BATCH], today=localdate())
    return perf_counter() - start, matches


def answer(match: Match) -> Answer:
    """The likeliest nominal."""
    return (match.candidates[0].score, match.candidates[0].nominal_id) if match.candidates else (0.0, None)


def filed(match: Match) -> Answer:
    """The nominal with whom the alert files itself."""
    return (1.0, match.candidates[0].nominal_id) if match.verdict == Verdict.FILE else (0.0, None)


def measure(size: int, alerts: int, seed: int) -> list[Result]:
    """Measure both sides, print all there is, and judge."""
    labelled = make_labelled(size=alerts, seed=seed + OTHER_SEED)
    spare_what_is_loaded()  # as a worker does
    seconds, matches = ours(labelled)
    again, _ = ours(labelled)  # as a worker that has run for a while
    splink = Splink([one.facts for one in labelled], BATCH)
    theirs = splink.answers
    own = [answer(match) for match in matches]
    upper = MatchingThreshold.objects.on(localdate()).get().upper
    best_of_ours, best_of_theirs = best(labelled, own), best(labelled, theirs)
    about = sum(one.nominal_id is not None for one in labelled)
    print(f"\n{alerts:,} alerts, {about:,} of them about nominals, {size:,} nominals")
    print(f"  ours:   {alerts / seconds:,.0f} alerts/s from a cold start, {alerts / again:,.0f} warm")
    print(f"          at its best threshold: {best_of_ours}")
    print(f"          at the upper threshold: {quality(labelled, own, upper)}")
    print(f"          what files itself:     {quality(labelled, [filed(match) for match in matches], 0.5)}")
    whole = splink.training + splink.predicting
    print(f"  Splink: {alerts / splink.predicting:,.0f} alerts/s trained, {alerts / whole:,.0f} with training")
    print(f"          {alerts / splink.in_batches:,.0f} alerts/s trained, in batches of {BATCH:,}")
    print(f"          {splink.loading:.1f} s loading, {splink.training:.1f} s training, {splink.predicting:.1f} s predicting")
    print(f"          at its best threshold: {best_of_theirs}")
    print(f"          at our upper threshold: {quality(labelled, theirs, upper)}", flush=True)
    files = [filed(match) for match in matches]
    own_files, count = quality(labelled, files, 0.5), sum(who is not None for _, who in files)
    rate, alone, reading = alerts / seconds, alerts / splink.predicting, alerts / (splink.loading + splink.predicting)
    batches = alerts / splink.in_batches
    shown, better = partial(Result, "P3", size=size, limit=None), partial(Result, "P3", size=size, at_least=True)
    what, f1, theirs_f1 = f"alerts matched, batches of {BATCH:,}", best_of_ours.f1, best_of_theirs.f1
    return [
        better(what, measured=rate, limit=batches, unit="alerts/s", baseline=batches, peer="Splink predicting, the same batches"),
        shown(what, measured=rate, unit="alerts/s", baseline=alone, peer="Splink predicting all at once"),
        shown(what, measured=rate, unit="alerts/s", baseline=reading, peer="Splink that reads the records too"),
        shown(what, measured=rate, unit="alerts/s", baseline=alerts / whole, peer="Splink that trains and predicts"),
        shown("time for an alert", measured=1_000 / rate, baseline=1_000 / batches, peer="Splink predicting, the same batches"),
        better("F1 at the best threshold", measured=f1, limit=theirs_f1, unit="", baseline=theirs_f1, peer="Splink"),
        better(f"precision of the {count} that file themselves", measured=own_files.precision, limit=0.999, unit=""),
    ]


def main() -> None:
    """Measure the database that the environment names, and write the numbers to a file when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, required=True, help="number of nominals, for the table")
    parser.add_argument("--alerts", type=int, default=ALERTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    results = measure(asked.size, asked.alerts, asked.seed)
    if asked.output:
        asked.output.write_text(json.dumps([vars(result) for result in results]), encoding="utf-8")


if __name__ == "__main__":
    main()
