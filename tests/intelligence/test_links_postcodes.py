"""Where postcodes lie is read from a table of a national directory."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from intelligence.models import PostcodePoint

pytestmark = pytest.mark.django_db


def load(tmp_path, text):
    """Read a file of these words."""
    file = tmp_path / "postcodes.csv"
    file.write_text(text, encoding="utf-8-sig")
    call_command("load_postcodes", str(file), verbosity=0)


def test_postcodes_are_stored_as_they_are_written_and_the_newest_counts(tmp_path):
    load(tmp_path, "pcds,doterm,oseast1m,osnrth1m\nNM1 2AB,,400100,300200\nnm12ac,,400300,300400\nNM9 9ZZ,,,\n")
    load(tmp_path, "Postcode,Eastings,Northings\nNM1 2AB,400101,300201\n")
    assert list(PostcodePoint.objects.order_by("postcode").values_list("postcode", "easting", "northing")) == [
        ("NM1 2AB", 400_101, 300_201),
        ("NM1 2AC", 400_300, 300_400),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,easting,northing\n", "postcode"),
        ("postcode,easting,northing\nNM1 2AB,1,2\nNM1 2AC,east,2\n", "Line 3"),
        ("postcode,easting,northing\nnowhere,1,2\n", "Line 2"),
        ("", "first line"),
    ],
)
def test_a_table_that_cannot_be_read_stores_nothing_and_says_why(tmp_path, text, words):
    with pytest.raises(CommandError, match=words):
        load(tmp_path, text)
    assert not PostcodePoint.objects.exists()
