"""The look is tested without a database: pages are rendered from a given context."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest


@dataclass
class Person:
    """As much of a user as the base page needs."""

    display_name: str = "DS 2207 Example"
    is_authenticated: bool = True


@dataclass
class Page(HTMLParser):
    """What a rendered page holds: ids, links inside it, described-by and label references, its text."""

    html: str
    ids: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self):
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append((tag, values))
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and values.get("href", "").startswith("#"):
            self.hashes.append(values["href"][1:])
        self.references += [*(values.get("aria-describedby") or "").split(), *filter(None, [values.get("for")])]

    def handle_data(self, data):
        self.text = " ".join(f"{self.text} {data}".split())

    def named(self, tag, **wanted):
        """Return the attributes of each such tag."""
        return [attrs for name, attrs in self.tags if name == tag and all(attrs.get(key) == value for key, value in wanted.items())]


@pytest.fixture(autouse=True)
def plain_page(settings):
    settings.ROOT_URLCONF = "tests.ui.urls"
