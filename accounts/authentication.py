"""Who calls the API, and who may sign in at all."""
from __future__ import annotations

from re import fullmatch
from typing import Any

from django.contrib.auth.backends import ModelBackend
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from oauth2_provider.oauth2_backends import get_oauthlib_core
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from accounts.choices import Role
from accounts.guards import pending_step
from accounts.oauth import touch_client
from accounts.throttles import RefusedFromAddress
from audit.context import current

ON_BEHALF_OF = "On-Behalf-Of"
NAME = r"[A-Za-z0-9][A-Za-z0-9 .,'@_/-]{1,99}"


class PeopleOnly(ModelBackend):
    """Passwords and sessions are for people: a service account has neither, whatever is stored."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Say whether somebody signs in with this account; asked at sign-in and for each request of a session."""
        return super().user_can_authenticate(user) and not user.is_service

    def authenticate(self, request: Any, username: str | None = None, password: str | None = None, **kwargs: Any) -> Any:
        """Return whose password it is; a temporary one that ran out is as good as a wrong one."""
        user = super().authenticate(request, username, password, **kwargs)
        return None if user and user.is_password_over else user


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


class TokenRefused(exceptions.AuthenticationFailed):
    """The token does not count. The trail learns whose it was and why; the caller only that it does not."""

    default_detail = "The access token is missing or does not count. Ask for a new one."

    def __init__(self, subject: Any, why: str):
        super().__init__()
        self.subject, self.why = subject, why


class AgencyToken(OAuth2Authentication):
    """A machine client's access token. What it does stands in the trail in the name of its service account."""

    www_authenticate_realm = "Vigil"

    def authenticate(self, request: Request) -> tuple[Any, Any]:
        """Return the service account and the token, which stands in the header alone: query and body are not read before.

        Raises TokenRefused without a token that counts, Throttled for too many of these from one address,
        ParseError for a name in On-Behalf-Of that cannot be one.
        """
        core = get_oauthlib_core()
        is_valid, found = core.server.verify_request("", request.method, "", core.extract_headers(request), scopes=[])
        if not is_valid:
            if not (limit := RefusedFromAddress()).allow_request(request, None):
                raise exceptions.Throttled(limit.wait())
            raise TokenRefused(getattr(found, "refused_client", None), getattr(found, "why", "no token"))
        now = current()
        now.user, now.acting_role, now.client = found.user, str(Role.PARTNER), str(found.client)
        now.on_behalf_of = name_in(request)
        touch_client(found.client)
        return found.user, found.access_token


def name_in(request: Request) -> str:
    """Return the name of the agency's own user for whom the client acts; empty without the header."""
    name = request.headers.get(ON_BEHALF_OF, "").strip()
    if name and not fullmatch(NAME, name):
        raise exceptions.ParseError(f"{ON_BEHALF_OF} must be 2 to 100 letters a to z, numbers, spaces or any of .,'@_/-")
    return name
