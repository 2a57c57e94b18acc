"""Who calls the API."""
from __future__ import annotations

from typing import Any

from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from accounts.guards import pending_step


class SessionWithSecondFactor(SessionAuthentication):
    """The browser's session, once every step of signing in is done."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """Return the user of the session; refuse a session that stopped on the way."""
        found = super().authenticate(request)
        if found and pending_step(found[0]):
            raise exceptions.AuthenticationFailed("Finish signing in first: open the service in a browser.")
        return found

    def authenticate_header(self, request: Request) -> str:
        """Make the answer to strangers a 401."""
        return 'Session realm="Vigil"'
