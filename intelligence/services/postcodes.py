"""Where postcodes lie: read from a table of a national directory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import User
from audit.choices import Verb
from audit.services import record_event
from intelligence.models import PostcodePoint
from intelligence.rules.links import read_postcode

# Headings by which national directories call the postcode and metres on the national grid.
HEADINGS = {
    "postcode": ("postcode", "pcds", "pcd", "pcd2"),
    "easting": ("easting", "eastings", "east1m", "oseast1m"),
    "northing": ("northing", "northings", "north1m", "osnrth1m"),
}
AT_ONCE = 5_000
BAD_LINE = gettext_noop("Line {number} cannot be read: a postcode and whole metres are needed.")


@transaction.atomic
def load_postcodes(*, actor: User | None, lines: Iterable[str]) -> int:
    """Store every postcode of a table with headings, over what was known of it; return how many.

    Postcodes without a position are left out. DomainError for missing headings, and for a line that cannot be read, with its number.
    """
    reader = csv.DictReader(lines)
    names = {heading.strip().casefold(): heading for heading in reader.fieldnames or ()}
    columns = {name: next((names[each] for each in headings if each in names), None) for name, headings in HEADINGS.items()}
    if missing := [name for name, column in columns.items() if column is None]:
        said = gettext_noop("The first line of the file must name a column for {column}: {headings}.")
        raise DomainError(said, column=missing[0], headings=", ".join(HEADINGS[missing[0]]))
    points, total = read_points(reader, {name: str(column) for name, column in columns.items()}), 0
    while batch := {point.postcode: point for point in islice(points, AT_ONCE)}:
        PostcodePoint.objects.bulk_create(
            batch.values(), update_conflicts=True, unique_fields=["postcode"], update_fields=["easting", "northing"]
        )
        total += len(batch)
    record_event(Verb.IMPORTED, None, act="Positions of postcodes loaded", postcodes=total)
    return total


def read_points(reader: csv.DictReader[str], columns: dict[str, str]) -> Iterator[PostcodePoint]:
    """Read line by line."""
    for row in reader:
        said = {name: (row[column] or "").strip() for name, column in columns.items()}
        if not (said["easting"] and said["northing"]) or said["easting"] == said["northing"] == "0":
            continue
        try:
            yield PostcodePoint(
                postcode=read_postcode(said["postcode"]), easting=int(said["easting"]), northing=int(said["northing"])
            )
        except ValueError as error:
            raise DomainError(BAD_LINE, number=reader.line_num) from error
