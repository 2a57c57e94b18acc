"""`manage.py calibrate_matching`: measure on alerts of which the truth is known from which likelihood on an alert may file itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from accounts.errors import DomainError
from audit.choices import Channel
from audit.context import acting_as
from intelligence.matching.calibrating import CONFIDENCE, WANTED, Calibration, Point, calibrate
from intelligence.matching.facts import INDEX_VERSION
from intelligence.matching.labelled import LabelledAlert, make_labelled, read_labelled
from intelligence.services.matching import set_thresholds
from ui.charts import Curve, line_chart

SHOWN = 12


class Command(BaseCommand):
    """Find the thresholds of matching."""

    help = "Finds the thresholds of matching border alerts on labelled pairs, given or invented. Stores nothing without --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say from which pairs, and what to do with the result."""
        parser.add_argument("--pairs", type=Path, metavar="FILE.csv", help="labelled alerts (docs/matching.md); else they are invented")
        parser.add_argument("--seed", type=int, default=1, help="the same number invents the same alerts")
        parser.add_argument("--size", type=int, default=60_000, help="how many alerts to invent; fewer prove less")
        parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw precision and recall by threshold")
        parser.add_argument("--apply", action="store_true", help="let the thresholds hold from --starts-on")
        parser.add_argument("--starts-on", type=date.fromisoformat, help="first day, like 2026-11-27; tomorrow unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, print, draw, and store if asked to."""
        today = localdate()
        pairs, source = self.labelled(options)
        found = calibrate(pairs, today=today)
        self.stdout.write(as_table(found))
        if options["plot"]:
            options["plot"].write_text(as_chart(found), encoding="utf-8")
        if not found.is_proved:
            self.stdout.write(
                f"Not proved: with {CONFIDENCE:.0%} confidence filing is right only {found.chosen.precision_at_least:.5f} of the time "
                f"({WANTED} is wanted). Give more labelled alerts."
            )
        if options["apply"]:
            self.apply(found, source, options["starts_on"] or today + timedelta(days=1))

    def labelled(self, options: dict[str, Any]) -> tuple[list[LabelledAlert], str]:
        """Return the labelled alerts and where they came from."""
        try:
            if options["pairs"]:
                return list(read_labelled(options["pairs"])), f"labelled pairs of the force, file {options['pairs'].name}"[:200]
            made = make_labelled(size=options["size"], seed=options["seed"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        return made, f"synthetic labelled pairs, seed {options['seed']}; to be confirmed by the force"

    def apply(self, found: Calibration, source: str, starts_on: date) -> None:
        """Store the thresholds, unless nothing was proved."""
        if not found.is_proved:
            raise CommandError("Nothing was stored: thresholds that are not proved must file nothing.")
        try:
            with acting_as(None, Channel.COMMAND):
                row = set_thresholds(actor=None, starts_on=starts_on, source=source, **values_of(found))
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Stored: row {row.pk} holds from {starts_on.isoformat()}.")


def values_of(found: Calibration) -> dict[str, Any]:
    """Return what is stored."""
    scale = {"slope": found.slope, "intercept": found.intercept, "index_version": INDEX_VERSION, "pairs": found.alerts}
    thresholds = {"upper": found.upper, "lower": found.lower, "least": found.least, "gap": found.gap}
    chosen = found.chosen
    return {**scale, **thresholds, "precision": chosen.precision, "precision_at_least": chosen.precision_at_least, "recall": chosen.recall}


def as_table(found: Calibration) -> str:
    """Return the curve in some lines, and what was chosen."""
    lines = [f"{'threshold':>10}{'filed':>9}{'wrong':>7}{'right':>10}{'at least':>10}{'recall':>8}"]
    lines += [as_line(point, " *" if point == found.chosen else "") for point in some_of(found)]
    lines.append(f"{found.alerts} alerts, {found.chosen.about_nominals} about nominals.")
    lines.append(f"Slope {found.slope:.4f}, intercept {found.intercept:.4f}.")
    lines.append(f"Upper {found.upper:.6f}, lower {found.lower:.6f}, least {found.least:.6f}, gap {found.gap:.1f}.")
    return "\n".join(lines)


def as_line(point: Point, mark: str) -> str:
    """One threshold."""
    shares = f"{point.precision:>10.5f}{point.precision_at_least:>10.5f}{point.recall:>8.3f}"
    return f"{point.threshold:>10.6f}{point.filed:>9}{point.filed - point.right:>7}{shares}{mark}"


def some_of(found: Calibration) -> list[Point]:
    """Return about a dozen points of the curve, the chosen one among them."""
    every = max(1, len(found.curve) // SHOWN)
    return [point for at, point in enumerate(found.curve) if at % every == 0 or point == found.chosen or at + 1 == len(found.curve)]


def as_chart(found: Calibration) -> str:
    """Draw what is right and what is found, by threshold."""
    curves = (
        Curve("right", [(point.threshold, point.precision) for point in found.curve]),
        Curve("right, at least", [(point.threshold, point.precision_at_least) for point in found.curve]),
        Curve("found", [(point.threshold, point.recall) for point in found.curve]),
    )
    return line_chart(title="Alerts that file themselves", across="threshold", up="share", curves=curves, marks=[("upper", found.upper)])
