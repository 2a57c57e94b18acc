"""S5: how many entries of the log a second are sealed and verified, beside one bare pass of SQL over the same, and in how much memory."""

from __future__ import annotations

import resource

from django.db import connection

from audit.seals.sealing import seal_trail
from audit.seals.verifying import verify_trail
from benchmarks.results import Result
from benchmarks.timing import in_turn, p50, time

ENTRIES = 200_000
ROUNDS = 3
MEMORY_BAR = 64.0  # MiB

FILL = """
INSERT INTO audit_event (at, acting_role, verb, subject_type, subject_id, nominal, reason, channel, ip_address, request_id, detail)
SELECT now(), 'offender_manager', 'viewed', 'offenders.nominal', number %% 5000 + 1, CASE WHEN number %% 10 > 0 THEN number %% 5000 + 1 END,
    'Visit due', 'web', '192.0.2.7', gen_random_uuid(), jsonb_build_object('page', 'CardPage', 'ids', jsonb_build_array(number, number + 1))
FROM generate_series(1, %s) AS number
"""
BARE = "SELECT count(sha256(convert_to(audit_event::text, 'UTF8'))) FROM audit_event"


def measure_seals(size: int) -> list[Result]:
    """Fill the log up, seal it, and verify it in turn with the bare pass."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event")
        cursor.execute(FILL, [max(0, ENTRIES - cursor.fetchone()[0])])
    sealing = time(lambda _: seal_everything(), 0)
    verify()
    before = peak()
    samples = in_turn({"verify": lambda _: verify(), "bare": lambda _: bare()}, ROUNDS)
    bare_hashes = p50(samples["bare"])
    growth, verified, seconds = peak() - before, verify(), p50(samples["verify"]) / 1000
    return [
        Result("S5", f"entries of the log verified a second, of {verified:,}", size, verified / seconds, None, unit="/s"),
        Result("S5", f"verifying {verified:,} entries, median", size, seconds * 1000, None, baseline=bare_hashes, peer="hashes in SQL"),
        Result("S5", "sealing what was not sealed", size, sealing, None),
        Result("S5", "memory that verifying again added", size, growth, MEMORY_BAR, unit="MiB"),
    ]


def seal_everything() -> None:
    """Seal until nothing waits."""
    while seal_trail():
        pass


def verify() -> int:
    """Verify everything; it must be whole."""
    outcome = verify_trail()
    if outcome.finding:
        raise RuntimeError(f"The log is not whole: {outcome.finding}")
    return outcome.rows


def bare() -> None:
    """Hash the rows of the larger log in the server."""
    with connection.cursor() as cursor:
        cursor.execute(BARE)


def peak() -> float:
    """The most memory that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
