"""Measures one prepared database, which the environment names, and writes the numbers to a file."""
from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random

import django

django.setup()

from benchmarks.browsing import web_server  # noqa: E402
from benchmarks.control_room import measure_control_room  # noqa: E402
from benchmarks.could_see import measure_could_see  # noqa: E402
from benchmarks.flags import measure_flags  # noqa: E402
from benchmarks.partner_api import measure_partner_api  # noqa: E402
from benchmarks.seals import measure_seals  # noqa: E402
from benchmarks.visible import measure_visible  # noqa: E402


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--size", "--rounds", "--seed"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args()
    results = measure_visible(asked.size, asked.rounds) + measure_flags(asked.size) + measure_seals(asked.size)
    with web_server() as port:
        results += measure_control_room(asked.size, asked.rounds, Random(asked.seed), port)
        results += measure_partner_api(asked.size, asked.rounds, port)
        results += measure_could_see(asked.size, port)
    asked.output.write_text(json.dumps([vars(result) for result in results]), encoding="utf-8")


if __name__ == "__main__":
    main()
