"""P4: the nightly check of flags against one bare pass of SQL that raises the same rows, in the same run."""
from __future__ import annotations

import resource
from datetime import date

from django.db import connection, transaction

from benchmarks.results import Result
from benchmarks.timing import in_turn, p50
from intelligence.models import FlagReview, FlagSetting
from intelligence.services.flag_reviews import check_flag_reviews

BAR = 3.0
MEMORY_BAR = 32.0  # MiB
ROUNDS = 5
LARGE = 100_000  # nominals from which on one round, of minutes, must do
ON = date(2026, 7, 1)

# Ten flags on every three records, due evenly over the year around the day of the check: half of them are.
FILL = """
INSERT INTO intelligence_flagsetting (
    public_id, nominal_id, kind, audience, role, agreement, channel, urgency, least_interval_hours, review_months, set_by_id, set_at,
    review_due_on, end_reason, version
)
SELECT gen_random_uuid(), nominal.id, kinds.code, 'manager', '', '', 'browser', 'daily', 0, 12, nominal.offender_manager_id, now(),
    %(on)s::date - 182 + ((nominal.id * 31 + kinds.number * 97) %% 365)::int, '', 1
FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM offenders_nominal) AS nominal
JOIN (SELECT code, row_number() OVER (ORDER BY code) AS number FROM intelligence_eventtype) AS kinds
    ON kinds.number <= 3 + CASE WHEN nominal.place %% 3 = 0 THEN 1 ELSE 0 END
"""
# What somebody would write by hand: the same reviews and actions, without a trail, windows, or the reckoning of a clock.
BARE = """
WITH review AS (
    INSERT INTO intelligence_flagreview (public_id, nominal_id, due_on, state)
    SELECT gen_random_uuid(), nominal_id, min(review_due_on), 'open' FROM intelligence_flagsetting
    WHERE ended_on IS NULL AND review_due_on <= %(on)s GROUP BY nominal_id
    RETURNING id, nominal_id
)
INSERT INTO actions_action (
    public_id, kind, title, detail, nominal, subject_type, subject_id, route, force_id, unit_id, owner_unit_id, owner_role, rule_code,
    starts_at, late_from, explanation, escalation, state, outcome, late_reason, version
)
SELECT gen_random_uuid(), 'flag-review', 'Review of flags, ' || nominal.reference, '', nominal.id, 'intelligence.flagreview', review.id,
    'intelligence:flag-list', nominal.force_id, nominal.unit_id, nominal.unit_id, '', 'flag-review', %(on)s, %(on)s, '[]', 0, 'open', '',
    '', 1
FROM review JOIN offenders_nominal AS nominal ON nominal.id = review.nominal_id
"""


def measure_flags(size: int) -> list[Result]:
    """Fill in flags, run both in turn, each undone afterwards; both must raise as many reviews, or the run fails."""
    fill(size)
    raised: dict[str, int] = {}
    before = peak()
    rounds = ROUNDS if size < LARGE else 1
    samples = in_turn({"check": lambda _: undone(raised, "check"), "bare": lambda _: undone(raised, "bare")}, rounds, warm_up=1)
    growth = peak() - before
    if raised["check"] != raised["bare"]:
        raise RuntimeError(f"The check raised {raised['check']} reviews, the bare pass {raised['bare']}")
    flags, check, bare = FlagSetting.objects.count(), p50(samples["check"]), p50(samples["bare"])
    what = f"nightly check of {flags:,} flags, {raised['check']:,} reviews, median"
    return [
        Result("P4", what, size, check, BAR * bare, baseline=bare, peer="one statement", series="nightly check of flags"),
        Result("P4", f"memory that checking {flags:,} flags added", size, growth, MEMORY_BAR, unit="MiB"),
    ]


def fill(size: int) -> None:
    """Give the records of the database their flags, once, and take away the reviews that the synthetic force shows."""
    FlagReview.objects.all().delete()
    if FlagSetting.objects.count() >= size * 10 // 3 - size // 100:
        return
    FlagSetting.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"on": ON})
        cursor.execute("ANALYZE intelligence_flagsetting")


def undone(raised: dict[str, int], way: str) -> None:
    """Raise the reviews in one of the ways, count them, and take all back; the check's windows are savepoints here."""
    with transaction.atomic():
        if way == "check":
            check_flag_reviews(actor=None, on=ON)
        else:
            with connection.cursor() as cursor:
                cursor.execute(BARE, {"on": ON})
        raised[way] = FlagReview.objects.count()
        transaction.set_rollback(True)


def peak() -> float:
    """The most memory that this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
