"""The connection to Valkey: short of patience, since whoever asks must not wait for a broker that is gone."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

SECONDS = 0.5
TAKEN = "unacked"  # Celery's own name of what a worker has taken and not finished


def broker() -> Redis:
    """Return the client for the address in the settings."""
    return client(settings.CELERY_BROKER_URL)


@cache
def client(address: str) -> Redis:
    """Return one client for each address; it keeps its connections for the threads of the process."""
    return Redis.from_url(address, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=Retry(NoBackoff(), 0))


def count_waiting() -> tuple[int, int]:
    """Return how many tasks wait, and how many were taken and are not finished."""
    with broker().pipeline(transaction=False) as pipe:
        for queue in settings.QUEUES:
            pipe.llen(queue)
        pipe.hlen(TAKEN)
        *waiting, taken = pipe.execute()
    return sum(waiting), taken


def requests_key() -> str:
    """Return the key under which requests are counted."""
    return f"{settings.CACHES['default']['KEY_PREFIX']}:requests"
