"""`python -m benchmarks.plot [RESULTS.json] [FILE.svg]`: draw how the times of P1 to P4 grow with the number of nominals."""
from __future__ import annotations

import json
import sys
from dataclasses import fields
from pathlib import Path

import pygal
from pygal.style import CleanStyle

from benchmarks.growth import in_series
from benchmarks.results import Result
from config.embedded import BASE_DIR

RESULTS, PLOT = BASE_DIR / "benchmarks" / "results.json", BASE_DIR / "docs" / "growth.svg"
KNOWN = {field.name for field in fields(Result)}


def draw(results: list[Result], path: Path) -> None:
    """Write the drawing: a line for each series, sizes by tenfold across, milliseconds by tenfold upwards."""
    series = in_series(results)
    sizes = sorted({result.size for found in series.values() for result in found})
    chart = pygal.Line(
        logarithmic=True, style=CleanStyle, js=[], disable_xml_declaration=True, pretty_print=True, width=1200, height=800,
        title="Time by number of nominals", x_title="Nominals", y_title="Milliseconds", legend_at_bottom=True, legend_at_bottom_columns=2,
        truncate_legend=-1, no_prefix=True,
    )  # fmt: skip
    chart.x_labels = [f"{size:,}" for size in sizes]
    for (bar, what), found in series.items():
        at = {result.size: result.measured for result in found}
        chart.add(f"{bar} {what}", [at.get(size) for size in sizes])
    path.write_text(f"{chart.render().strip()}\n", encoding="utf-8")


def main(results: str = str(RESULTS), path: str = str(PLOT)) -> None:
    """Draw what a run kept."""
    kept = json.loads(Path(results).read_text(encoding="utf-8"))["results"]
    draw([Result(**{name: value for name, value in each.items() if name in KNOWN}) for each in kept], Path(path))


if __name__ == "__main__":
    main(*sys.argv[1:])
