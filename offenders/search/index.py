"""Keeps the words of all names: which there are, which names hold them, and how common each is."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection, transaction

from offenders.models import Name, Word
from offenders.search.words import forms_of, spelling_keys

CHUNK = 10_000
COUNTING = 7_316_001  # the advisory lock of the count

Row = tuple[int, str, str]

ADD_WORDS = """
INSERT INTO offenders_word (text, frequency, keys)
SELECT word, 0, array_remove(string_to_array(keys, ' '), '') || search_sounds(word)
FROM unnest(%s::text[], %s::text[]) AS added (word, keys) ORDER BY word
ON CONFLICT (text) DO NOTHING
"""

SET_TOKENS = """
UPDATE offenders_name SET tokens = found.tokens::int[]
FROM unnest(%s::bigint[], %s::text[]) AS found (id, tokens)
WHERE offenders_name.id = found.id AND offenders_name.tokens <> found.tokens::int[]
"""

# The names are gone through once, in a step of its own: before the tables have statistics a plan may else go through them for each word.
COUNT_WORDS = """
WITH held AS MATERIALIZED (
    SELECT token, count(*) AS frequency
    FROM (
        SELECT unnest(name.tokens) AS token
        FROM offenders_name name JOIN offenders_nominal nominal ON nominal.id = name.nominal_id AND NOT nominal.is_restricted
    ) open
    GROUP BY token
)
UPDATE offenders_word SET frequency = counted.frequency
FROM (SELECT word.id, coalesce(held.frequency, 0) AS frequency FROM offenders_word word LEFT JOIN held ON held.token = word.id) counted
WHERE offenders_word.id = counted.id AND offenders_word.frequency <> counted.frequency
"""


def index_names(nominal_ids: Iterable[int] | None = None) -> None:
    """Make the names of these nominals (all, when none are given) findable; safe to repeat and to run side by side.

    New words go in in the order of the alphabet, all before the first name is written, so that two transactions do not
    wait for each other. How common words are is counted only for all names: nightly, or by count_words() after many.
    """
    wanted = None if nominal_ids is None else sorted(set(nominal_ids))
    add_words({word for chunk in names(wanted) for _, given, surname in chunk for word in tokens_of(given, surname)})
    for chunk in names(wanted):
        set_tokens(chunk)
    if wanted is None:
        count_words()


def names(nominal_ids: list[int] | None) -> Iterator[list[Row]]:
    """Yield the names of these nominals, or of all, in chunks."""
    rows = Name.objects.order_by("pk").values_list("pk", "given_names", "surname")
    if nominal_ids is not None:
        remaining = iter(nominal_ids)
        while some := list(islice(remaining, CHUNK)):
            yield list(rows.filter(nominal__in=some))
        return
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1][0]


def tokens_of(given_names: str, surname: str) -> set[str]:
    """Return the words of a name and their initials, which end in a full stop."""
    words = forms_of(given_names) | forms_of(surname)
    return words | {f"{word[0]}." for word in words}


def add_words(words: set[str]) -> None:
    """Add the words that are not known yet, with their keys."""
    ordered = sorted(words)
    for start in range(0, len(ordered), CHUNK):
        some = ordered[start : start + CHUNK]
        known = set(Word.objects.filter(text__in=some).values_list("text", flat=True))
        new = [word for word in some if word not in known]
        if new:
            with connection.cursor() as cursor:
                cursor.execute(ADD_WORDS, [new, [" ".join(spelling_keys(word)) for word in new]])


def set_tokens(chunk: list[Row]) -> None:
    """Write the keys of their words on the names."""
    held = [(pk, tokens_of(given, surname)) for pk, given, surname in chunk]
    every = {word for _, words in held for word in words}
    ids = dict(Word.objects.filter(text__in=every).values_list("text", "pk"))
    tokens = [f"{{{','.join(str(token) for token in sorted(ids[word] for word in words))}}}" for _, words in held]
    with connection.cursor() as cursor:
        cursor.execute(SET_TOKENS, [[pk for pk, _ in held], tokens])


def count_words() -> None:
    """Count how many names of unrestricted records hold each word, unless another process is counting."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [COUNTING])
        if cursor.fetchone() == (True,):
            cursor.execute(COUNT_WORDS)
