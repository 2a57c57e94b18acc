"""`python -m benchmarks [--sizes 30000,300000] [--rounds 100]`: prepare a database of each size, measure, judge, print, keep."""
from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.databases import database_of_size
from benchmarks.growth import judge_growth
from benchmarks.plot import PLOT, draw
from benchmarks.results import Result, as_table, circumstances
from config.embedded import BASE_DIR, STATE, Servers, given_servers
from config.processes import ServerError, run_to_end, signals_end_it

RESULTS = BASE_DIR / "benchmarks" / "results.json"


def main(arguments: list[str]) -> int:
    """Measure every size and judge the growth between them; status 1 when a bar was missed."""
    asked = parse(arguments)
    results: list[Result] = []
    recall: dict[str, Any] = {}
    with servers() as environment, tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            ready = database_of_size(size, asked.seed, environment)
            answers = Path(folder) / f"{size}.json"
            common = ["--seed", str(asked.seed), "--output", str(answers)]
            run("measure", "--size", str(size), "--rounds", str(asked.rounds), *common, environment=ready)
            results += results_in(answers)
            run("matching", "--size", str(size), "--alerts", str(asked.alerts), *common, environment=ready)
            results += results_in(answers)
            print(f"\nHow often search finds the right person among {size:,}:", flush=True)
            run("search_recall", "--queries", str(asked.queries), *common, environment=ready)
            recall[str(size)] = json.loads(answers.read_text(encoding="utf-8"))
    results += judge_growth(results)
    print(f"\n{as_table(results)}")
    keep(results, recall, asked)
    draw(results, asked.plot)
    return 0 if all(result.passed for result in results) else 1


def results_in(answers: Path) -> list[Result]:
    """Read what a script wrote."""
    return [Result(**found) for found in json.loads(answers.read_text(encoding="utf-8"))]


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=sizes, default=[30_000, 300_000], help="numbers of nominals, with commas between")
    parser.add_argument("--rounds", type=int, default=100, help="samples of each thing measured")
    parser.add_argument("--alerts", type=int, default=10_000, help="border alerts to match, ours and Splink's")
    parser.add_argument("--queries", type=int, default=50, help="queries of each kind of mistake, for the table of recall")
    parser.add_argument("--seed", type=int, default=1, help="seed of the synthetic force and of what is asked")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where to keep the numbers")
    parser.add_argument("--plot", type=Path, default=PLOT, help="where to draw how times grow")
    return parser.parse_args(arguments)


def sizes(text: str) -> list[int]:
    """Read numbers with commas between, smallest first."""
    return sorted(int(word) for word in text.split(","))


@contextlib.contextmanager
def servers() -> Iterator[dict[str, str]]:
    """The servers that the environment names, else durable ones that keep the measured databases for the next run."""
    if given_servers():
        yield dict(os.environ)
        return
    own = Servers(STATE / "bench")
    try:
        own.start()
        yield os.environ | own.environment()
    finally:
        own.stop()


def run(script: str, *options: str, environment: dict[str, str]) -> None:
    """Run one of the scripts beside this one in a process of its own."""
    if run_to_end([sys.executable, "-m", f"benchmarks.{script}", *options], environment):
        raise ServerError(f"benchmarks/{script}.py failed; its message is above.")


def keep(results: list[Result], recall: dict[str, Any], asked: argparse.Namespace) -> None:
    """Write the numbers with the circumstances under which they were taken."""
    document = {"circumstances": circumstances(asked), "results": [result.as_dict() for result in results], "search_recall": recall}
    asked.output.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        with signals_end_it():
            sys.exit(main(sys.argv[1:]))
    except ServerError as error:
        sys.exit(str(error))
