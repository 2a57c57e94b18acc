"""How often somebody may come in a minute, counted in the cache: programs, people, and tries to sign in."""
from __future__ import annotations

import hashlib
import logging
import time
from math import ceil
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.errors import PROBLEM
from audit.choices import Verb
from audit.services import record_read
from ui.languages import render

log = logging.getLogger(__name__)
WINDOW = 60  # seconds
UNHINDERED_TIMES = 10


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

    def key(self, request: Request) -> str:
        """Return under which name this minute's calls are counted; it says nothing of the caller."""
        return "calls:" + hashlib.sha256(f"{self.name} {self.caller(request)} {int(time.time()) // WINDOW}".encode()).hexdigest()

    def count(self, request: Request) -> int:
        """Count the call and return which of this minute it is; 0 when the cache does not answer."""
        key = self.key(request)
        try:
            return 1 if cache.add(key, 1, 2 * WINDOW) else cache.incr(key)
        except (RedisError, ValueError):  # the latter where a connection was closed while it was read
            log.warning("The cache does not answer: calls are not counted.")
            return 0

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the call; the first one too many of each minute stands in the trail."""
        number = self.count(request)
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


class PagesOfPerson(Limit):
    """What somebody who is signed in opens, whatever it is and whatever comes of it."""

    name = "pages"

    def limit(self) -> int:
        """Return the setting."""
        return settings.PAGES_PER_MINUTE

    def caller(self, request: Request) -> str:
        """Return the person."""
        return str(request.user.pk)

    def subject(self, request: Request) -> Any:
        """Name the person."""
        return request.user


class UnhinderedPagesOfPerson(PagesOfPerson):
    """What an emergency needs, and what pages fetch by themselves: counted apart, so that nothing else shuts it."""

    name = "unhindered pages"

    def limit(self) -> int:
        """Return more than anybody opens by hand."""
        return UNHINDERED_TIMES * settings.PAGES_PER_MINUTE


class LimitAfterwards(Limit):
    """So many in each minute of what shows only when it is done: the count is the caller's, and a full one shuts the door beforehand."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Look at the count; a call that finds it full is refused as any other that is one too many."""
        try:
            number = cache.get(self.key(request), 0)
        except (RedisError, ValueError):  # the latter where a connection was closed while it was read
            log.warning("The cache does not answer: calls are not counted.")
            return True
        return number < self.limit() or super().allow_request(request, view)


class FilesOfPerson(LimitAfterwards, PagesOfPerson):
    """Papers and files that were handed over to somebody."""

    name = "files"

    def limit(self) -> int:
        """Return the setting."""
        return settings.FILES_PER_MINUTE


class FailuresFromAddress(LimitAfterwards, RefusedFromAddress):
    """Tries to sign in that failed, by address, whoever's username was tried."""

    name = "failed sign-ins"

    def limit(self) -> int:
        """Return the setting."""
        return settings.FAILED_SIGN_INS_PER_MINUTE


def ask_to_wait(request: HttpRequest, limit: Limit) -> HttpResponse:
    """Return the answer to one call too many: when to come back, as a page or for a program."""
    seconds = ceil(limit.wait())
    if request.path.startswith("/api/"):
        said = {"title": "Too many calls", "status": 429, "detail": f"Come back in {seconds} seconds."}
        response: HttpResponse = JsonResponse(said, status=429, content_type=PROBLEM)
    else:
        response = render(request, "429.html", {"seconds": seconds}, status=429)
    response["Retry-After"] = str(seconds)
    return response
