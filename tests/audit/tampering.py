"""Hands of somebody who has the database to themselves: each changes the sealed log in some way, at random, past the triggers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from django.db import connection, transaction

from audit.seals.verifying import Outcome, verify_trail
from tests.audit.making_seals import as_owner

EVENTS, ENTRIES = "audit_event", "auditlog_logentry"
# What an edit sets; each differs from what was there.
EDITS = {
    EVENTS: (
        "at = at + interval '1 microsecond'", "actor_id = (SELECT min(id) FROM accounts_user)", "acting_role = acting_role || 'x'",
        "verb = 'exported'", "subject_type = 'offenders.name'", "subject_id = COALESCE(subject_id, 0) + 1",
        "nominal = COALESCE(nominal, 0) + 1", "nominal = CASE WHEN nominal IS NULL THEN 1 END", "reason = reason || ' '",
        "channel = 'api'", "ip_address = '192.0.2.8'", "request_id = gen_random_uuid()", "detail = detail || '{\"ids\": []}'",
        "detail = detail - 'page'", "detail = '{}', reason = ''",
    ),
    ENTRIES: (
        "object_pk = object_pk || '1'", "object_id = object_id + 1", "object_repr = ''", "serialized_data = '{}'", "action = 2",
        "changes = '{}'", "changes = NULL", "changes_text = 'x'", "timestamp = timestamp - interval '1 day'", "cid = NULL",
        "remote_addr = '192.0.2.9'", "remote_port = 1", "actor_email = 'a@example.org'",
        "additional_data = COALESCE(additional_data, '{}') || '{\"acting_role\": \"auditor\"}'",
        "additional_data = COALESCE(additional_data, '{}') || '{\"nominal\": 77}'", "additional_data = '\"x\"'", "additional_data = 'null'",
        "content_type_id = (SELECT max(id) FROM django_content_type)",
    ),
}  # fmt: skip
COLUMNS = {
    EVENTS: "at, actor_id, acting_role, verb, subject_type, subject_id, nominal, reason, channel, ip_address, request_id, detail",
    ENTRIES: "object_pk, object_id, object_repr, serialized_data, action, changes_text, changes, cid, timestamp, additional_data, "
    "content_type_id",
}
NEW = {
    EVENTS: "'2026-01-01', NULL, '', 'viewed', '', NULL, NULL, '', 'web', NULL, gen_random_uuid(), '{}'",
    ENTRIES: "'1', 1, '', NULL, 1, '', '{}', '', '2026-01-01', NULL, (SELECT min(id) FROM django_content_type)",
}


class Log:
    """What is sealed, and a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.keys = {table: keys_of(table) for table in (EVENTS, ENTRIES)}
        erased = {EVENTS: keys_of("audit_erasure", "row_id", "log = 'event'"), ENTRIES: keys_of("audit_erasure", "row_id", "log = 'entry'")}
        self.telling = {table: sorted(set(keys) - set(erased[table])) for table, keys in self.keys.items()}
        self.seals = keys_of("audit_seal", "number")

    def one(self) -> tuple[str, int]:
        """Some entry."""
        table = self.random.choice([EVENTS, EVENTS, ENTRIES])
        return table, self.random.choice(self.keys[table])


def keys_of(table: str, key: str = "id", condition: str = "true") -> list[int]:
    """The keys of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} WHERE {condition} ORDER BY 1")
        return [number for (number,) in cursor.fetchall()]


def edit(log: Log) -> list[str]:
    """Change one value of an entry that says something."""
    table = log.one()[0]
    key = log.random.choice(log.telling[table])
    return [f"UPDATE {table} SET {log.random.choice(EDITS[table])} WHERE id = {key}"]


def remove(log: Log) -> list[str]:
    """Take an entry, or several in a row, away."""
    table, key = log.one()
    return [f"DELETE FROM {table} WHERE id BETWEEN {key} AND {key + log.random.choice([0, 0, 0, 3, 20])}"]


def swap(log: Log) -> list[str]:
    """Let two entries change places, whole."""
    table, key = log.one()
    other = log.random.choice([each for each in log.keys[table] if each != key])
    return [f"UPDATE {table} SET id = {new} WHERE id = {old}" for old, new in ((key, -7), (other, key), (-7, other))]


def swap_words(log: Log) -> list[str]:
    """Let two events change what they say."""
    key, other = log.random.sample(log.telling[EVENTS], 2)
    both = f"one.id IN ({key}, {other}) AND two.id = {key + other} - one.id"
    return [f"UPDATE audit_event AS one SET reason = two.reason, detail = two.detail FROM audit_event AS two WHERE {both}"]


def insert(log: Log) -> list[str]:
    """Put an entry into a gap, below everything, or ahead of the numbers."""
    table = log.random.choice([EVENTS, ENTRIES])
    keys = set(log.keys[table])
    key = log.random.choice([*sorted(set(range(min(keys), max(keys))) - keys), min(keys) - 1, 0, -1, 2_000_000_000])
    return [f"INSERT INTO {table} (id, {COLUMNS[table]}) VALUES ({key}, {NEW[table]})"]


def copy(log: Log) -> list[str]:
    """Put a true entry into a gap or ahead once more."""
    table, key = log.one()
    keys = set(log.keys[table])
    gap = log.random.choice([*sorted(set(range(min(keys), max(keys))) - keys), min(keys) - 1, 2_000_000_000])
    return [f"INSERT INTO {table} (id, {COLUMNS[table]}) SELECT {gap}, {COLUMNS[table]} FROM {table} WHERE id = {key}"]


def move(log: Log) -> list[str]:
    """Give an entry another number."""
    table, key = log.one()
    return [f"UPDATE {table} SET id = {log.random.choice([-3, 2_000_000_000])} WHERE id = {key}"]


def truncate(log: Log) -> list[str]:
    """Empty a log, or cut its beginning or its end off; its seals stay."""
    table, key = log.one()
    return [log.random.choice([f"DELETE FROM {table} WHERE id >= {key}", f"DELETE FROM {table} WHERE id <= {key}", f"TRUNCATE {table}"])]


def hide(log: Log) -> list[str]:
    """Take entries away and their seals with them, from some seal to the end."""
    number = log.random.choice(log.seals)
    seal = f"(SELECT {{0}} FROM audit_seal WHERE number = {number})"
    return [
        f"DELETE FROM audit_event WHERE id >= {seal.format('event_from')}",
        f"DELETE FROM auditlog_logentry WHERE id >= {seal.format('entry_from')}",
        f"DELETE FROM audit_seal WHERE number >= {number}",
    ]


def forge_seal(log: Log) -> list[str]:
    """Change a seal, or take one or several away."""
    number = log.random.choice(log.seals)
    column = log.random.choice(["event_from", "event_to", "event_count", "entry_from", "entry_to", "entry_count", "erasure_to"])
    digest = log.random.choice(["root", "previous", "hash", "leaves"])
    return [
        log.random.choice(
            [
                f"UPDATE audit_seal SET {column} = {column} + 1 WHERE number = {number}",
                f"UPDATE audit_seal SET {digest} = set_byte({digest}, 7, get_byte({digest}, 7) # 1) WHERE number = {number}",
                f"UPDATE audit_seal SET leaves = substring(leaves FROM 41) WHERE number = {number}",
                f"UPDATE audit_seal SET sealed_at = sealed_at + interval '1 second' WHERE number = {number}",
                f"UPDATE audit_seal SET installation = gen_random_uuid() WHERE number = {number}",
                f"UPDATE audit_seal SET number = 1000000 WHERE number = {number}",
                f"DELETE FROM audit_seal WHERE number = {number}",
                "TRUNCATE audit_seal",
            ]
        )
    ]


def erase_alone(log: Log) -> list[str]:
    """Blank an entry and say that a disposal did it, with a digest of one's own; or take the note of a true erasure away."""
    key = log.random.choice(log.keys[EVENTS])
    note = f"INSERT INTO audit_erasure (log, row_id, digest, disposal) VALUES ('event', {key}, sha256('x'), gen_random_uuid())"
    blank = f"UPDATE audit_event SET reason = '', detail = '{{}}' WHERE id = {key}"
    forged = [f"DELETE FROM audit_erasure WHERE row_id = {key} AND log = 'event'", note, blank]
    return log.random.choice([["DELETE FROM audit_erasure"], forged, ["UPDATE audit_erasure SET disposal = gen_random_uuid()"]])


def lose_keys(log: Log) -> list[str]:
    """Change or remove the keys."""
    return [log.random.choice(["DELETE FROM audit_trailkey", "UPDATE audit_trailkey SET key = sha256(key)"])]


Hand = Callable[[Log], list[str]]
HANDS: tuple[Hand, ...] = (
    edit, edit, edit, remove, remove, swap, swap, swap_words, insert, insert, copy, move, truncate, hide, forge_seal, forge_seal,
    erase_alone, lose_keys,
)  # fmt: skip


def try_hand(hand: Hand, log: Log, anchor: Path) -> tuple[list[str], Outcome]:
    """Let a hand do its work, verify, and undo it."""
    statements = hand(log)
    with transaction.atomic():
        as_owner(*statements)
        outcome = verify_trail(anchor=anchor)
        transaction.set_rollback(True)
    return statements, outcome
