"""Counts the requests of all web servers in the broker, by route and kind of answer; never by address, person or content."""

from __future__ import annotations

from time import monotonic
from typing import Any

from redis.exceptions import RedisError

from governance.reports.broker import broker, requests_key

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
PAUSE = 10.0  # seconds without counting, once the broker did not answer


class Resting:
    """Until when this process counts nothing, so that a broker that is gone slows no request but one."""

    until = 0.0


def count_request(*, actor: Any, route: str, status: int, seconds: float) -> None:
    """Count one request with its duration."""
    if monotonic() < Resting.until:
        return
    label = f"{route} {status // 100}xx"
    bucket = next((str(limit) for limit in BUCKETS if seconds <= limit), "+Inf")
    try:
        with broker().pipeline(transaction=False) as pipe:
            pipe.hincrby(requests_key(), f"{label} {bucket}", 1)
            pipe.hincrbyfloat(requests_key(), f"{label} sum", seconds)
            pipe.execute()
    except (RedisError, ValueError):  # the latter where a connection was closed while it was read
        Resting.until = monotonic() + PAUSE
