"""docs/screens.md shows the pictures that are there, each small, of pages that exist and of people who can sign in."""

from django.urls import resolve
from PIL import Image

from offenders.demo.staff import LOGINS
from tests.tour.screens import CARD, CARD_HEIGHT, FOLDER, INDEX, MOST_BYTES, SCREENS, WIDE, index

MOST_TOGETHER = 2_000_000


def test_index_is_made_of_the_list() -> None:
    assert INDEX.read_text(encoding="utf-8") == index(), "run `make screens`"


def test_index_names_exactly_the_pictures_that_are_there() -> None:
    listed = {f"screens/{screen.file(width)}": width for screen in SCREENS for width in screen.widths}

    assert {f"screens/{path.name}" for path in FOLDER.iterdir()} == set(listed)
    assert [name for name in listed if f"]({name})" not in INDEX.read_text(encoding="utf-8")] == []
    assert {name: Image.open(FOLDER.parent / name).width for name in listed} == listed


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in [*FOLDER.iterdir(), CARD]}

    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) < MOST_TOGETHER
    assert Image.open(CARD).size == (WIDE, CARD_HEIGHT)


def test_pages_of_the_list_exist_and_somebody_uses_them() -> None:
    logins = {login.username for login in LOGINS}

    assert [screen.path for screen in SCREENS if not resolve(screen.path).view_name] == []
    assert {screen.who for screen in SCREENS} <= logins
    assert len(SCREENS) == len({screen.name for screen in SCREENS}) == 12
