"""What addresses and messages to the worker can carry: keys alone, and never a name. Titles: the access matrix."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from config.celery import app

# Parts of addresses that are neither numbers nor drawn by chance, each with what it can say.
WORDS_IN_ADDRESSES = {
    "reference": "the number of a record or a paper", "other": "the number of another record", "code": "a row of a list that we keep",
    "kind": "a kind of thing", "permission": "a right", "step": "an act", "stage": "a stage", "role": "a part that people have in a case",
    "question": "a question that we ask", "template": "a kind of letter", "circumstance": "a row of the rules",
    "key": "a number of a paper", "source": "a table and the number of a row", "number": "the number of a message's report",
    "slug": "a text of help", "language": "one of two languages",
}  # fmt: skip
# What a task takes besides the number of a row.
WORDS_IN_MESSAGES = {("actions.tasks.recompute_clocks", "code"), ("actions.tasks.recompute_clocks", "nation")}


def words(resolver: URLResolver) -> Iterator[tuple[str, str]]:
    """Yield each part of an address that takes words, with the address."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from words(entry)
        elif isinstance(entry, URLPattern):
            taken = {name: entry.pattern.converters.get(name) for name in entry.pattern.regex.groupindex}
            yield from ((name, str(entry.pattern)) for name, by in taken.items() if not isinstance(by, IntConverter | UUIDConverter))


def test_addresses_take_keys_and_no_words_but_these():
    found = dict(words(get_resolver()))
    assert {name: address for name, address in found.items() if name not in WORDS_IN_ADDRESSES} == {}
    assert found.keys() == WORDS_IN_ADDRESSES.keys()


def test_messages_to_the_worker_carry_keys_and_no_words_but_these():
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith(("celery.", "tests."))}
    taken = {(name, of) for name, task in ours.items() for of in inspect.signature(task.run).parameters}
    assert {(name, of) for name, of in taken if not of.endswith("_id")} == WORDS_IN_MESSAGES
    assert len(ours) > 50
