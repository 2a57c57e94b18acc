"""How often a program may call, counted in the cache."""
from __future__ import annotations

import hashlib
import logging
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from audit.choices import Verb
from audit.services import record_read

log = logging.getLogger(__name__)
WINDOW = 60  # seconds


class Limit(BaseThrottle):
    """So many calls in each minute. One step of the cache counts a call, so calls at the same moment all count.

    When the cache does not answer, calls pass: the limit protects the service's time, the secret protects the data.
    """

    name = ""

    def limit(self) -> int:
        """Return how many calls pass in a minute."""
        raise NotImplementedError

    def caller(self, request: Request) -> str:
        """Return who is counted."""
        raise NotImplementedError

    def subject(self, request: Request) -> Any:
        """Return whom the trail names."""
        return getattr(request.auth, "application", None)

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the call; the first one too many of each minute stands in the trail."""
        key = hashlib.sha256(f"{self.name} {self.caller(request)} {int(time.time()) // WINDOW}".encode()).hexdigest()
        try:
            number = 1 if cache.add(f"calls:{key}", 1, 2 * WINDOW) else cache.incr(f"calls:{key}")
        except RedisError:
            log.warning("The cache does not answer: calls are not counted.")
            return True
        if number == self.limit() + 1:
            record_read(Verb.REFUSED, self.subject(request), why="too many calls", limit=self.name)
        return number <= self.limit()

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return WINDOW - time.time() % WINDOW


class TokensFromAddress(Limit):
    """Requests for tokens, by address: a claimed client is not proven, so counting by it would let a stranger shut it out."""

    name = "tokens"

    def limit(self) -> int:
        """Return the setting."""
        return settings.TOKENS_PER_MINUTE

    def caller(self, request: Request) -> str:
        """Return the address."""
        return str(request.META.get("REMOTE_ADDR"))


class CallsOfClient(Limit):
    """Calls with a token, by client."""

    name = "calls"

    def limit(self) -> int:
        """Return the setting."""
        return settings.API_CALLS_PER_MINUTE

    def caller(self, request: Request) -> str:
        """Return the client."""
        return str(request.auth.application_id)


class RefusedFromAddress(TokensFromAddress):
    """Calls whose token does not count, by address: those beyond the limit no longer fill the trail. A token that counts always passes."""

    name = "refused tokens"

    def limit(self) -> int:
        """Return the setting."""
        return settings.REFUSED_CALLS_PER_MINUTE

    def subject(self, request: Request) -> None:
        """Name nobody: who calls is not known yet."""
