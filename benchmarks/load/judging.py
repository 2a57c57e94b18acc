"""What counts as a failure of the load test, and the tables that it prints."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

GROWTH = 0.10  # of the web server, after the warm-up
WEB = "The web server"
START, WARM, QUIET, BUSY, AFTER = "start", "after the warm-up", "end of quiet", "end of busy", "when all work is done"
Marks = Mapping[str, Mapping[str, float]]
Phases = Mapping[str, Mapping[str, Any]]


def faults(phases: Phases, marks: Marks, works: Sequence[Mapping[str, Any]], ended: Sequence[str]) -> list[str]:
    """Name everything that the run missed; nothing where it passed."""
    found = [f"{phase}: {error}" for phase, told in phases.items() for error in told["errors"]]
    found += [f"{phase}: nobody came" for phase, told in phases.items() if not told["pages"]]
    found += [f"{work['what']}: {work['end']}" for work in works if not work["is_done"]]
    found += [f"{part} ended by itself" for part in ended]
    for moment in (QUIET, BUSY, AFTER):
        grown = growth(marks, moment)
        if grown > GROWTH:
            found.append(f"the web server grew by {grown:.1%} from the warm-up to the {moment}, more than {GROWTH:.0%}")
    return found


def growth(marks: Marks, moment: str) -> float:
    """By which share the web server grew from the warm-up to a moment; 0 where nobody looked."""
    if WARM not in marks or moment not in marks:
        return 0.0
    return round(marks[moment][WEB] / marks[WARM][WEB] - 1, 3)


def pages_table(phases: Phases) -> str:
    """One line for each page, with both phases beside each other; milliseconds."""
    names = sorted({name for told in phases.values() for name in told["pages"]})
    heads = [f"{phase}: {what}" for phase in phases for what in ("asked", "median", "p95", "longest")]
    rows = [["Page", *heads]]
    for name in names:
        cells = [cell for told in phases.values() for cell in page_cells(told["pages"].get(name))]
        rows.append([name, *cells])
    return table(rows)


def page_cells(page: Mapping[str, float] | None) -> list[str]:
    """The cells of one page in one phase."""
    if page is None:
        return ["", "", "", ""]
    return [f"{page[key]:,.0f}" for key in ("asked", "median", "p95", "longest")]


def memory_table(marks: Marks, highest: Mapping[str, float]) -> str:
    """One line for each part of the service; MiB."""
    rows = [["Part", *marks, "highest"]]
    rows += [[part, *(f"{held[part]:,.0f}" for held in marks.values()), f"{most:,.0f}"] for part, most in highest.items()]
    return table(rows)


def works_table(works: Sequence[Mapping[str, Any]]) -> str:
    """One line for each thing that ran beside."""
    return table([["Beside", "Took", "End"], *([work["what"], f"{work['seconds']:,.0f} s", work["end"]] for work in works)])


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown, which is also easy to read as it stands."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
