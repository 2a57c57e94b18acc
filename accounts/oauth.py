"""What django-oauth-toolkit asks of us: which client it is, whether it is let in now, and for what."""
from __future__ import annotations

import hashlib
from base64 import b64decode
from binascii import Error as NotBase64
from re import fullmatch
from typing import Any
from urllib.parse import unquote_plus

from django.utils.crypto import constant_time_compare
from django.utils.timezone import now
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes

from accounts.choices import ApiScope
from accounts.models import ApiClient
from accounts.rules import is_in_networks

NO_DIGEST = "0" * 64  # compared with when there is no such client, so that the answer takes as long


class AgencyScopes(BaseScopes):
    """What a client may ask for: what it was given."""

    def get_all_scopes(self) -> dict[str, str]:
        """Return every scope with its words."""
        return {str(scope): str(scope.label) for scope in ApiScope}

    def get_available_scopes(self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        """Return the client's scopes."""
        return list(application.scopes) if application else []

    def get_default_scopes(self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        """Return all of the client's scopes: who asks for none in particular gets them."""
        return self.get_available_scopes(application, request)


class AgencyValidator(OAuth2Validator):
    """Lets a client in by its secret, from its networks, while it and its agency are in force.

    One serves one request: `asked` and `why` say afterwards, for the trail, whom it refused and for which reason, of which the
    caller learns nothing. For a token they stand on oauthlib's request, which comes back to the caller's code.
    """

    asked: ApiClient | None = None
    why: str = ""
    is_previous = False

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Check the client; an unknown one takes the same steps as a known one. Runs in a transaction and locks the client."""
        client_id, secret = credentials_of(request)
        rows = ApiClient.objects.select_related("user__organisation").select_for_update(of=("self",))
        client = rows.filter(client_id=client_id).first()
        is_present, self.is_previous = compare_secret(client, secret)
        self.asked = client
        if client is None or not (is_present or self.is_previous):
            self.why = "wrong secret" if client else "unknown client"
        else:
            self.why = refusal(client, address_of(request))
            request.client = client
        return not self.why

    def validate_bearer_token(self, token: str, scopes: list[str], request: Any) -> bool:
        """Check a token, and its client again: what ended since it was issued ends it too."""
        if not super().validate_bearer_token(token, scopes, request):
            known = self._load_access_token(token) if token else None
            request.refused_client, request.why = (known.application, "token has expired") if known else (None, "unknown token")
            return False
        request.why = refusal(request.client, address_of(request))
        request.refused_client = request.client
        return not request.why

    def _create_access_token(self, expires: Any, request: Any, token: dict[str, Any], source_refresh_token: Any = None) -> Any:
        """Store the token, without its text, in the name of the client's service account."""
        request.user = request.client.user
        return super()._create_access_token(expires, request, token, source_refresh_token)


def credentials_of(request: Any) -> tuple[str, str]:
    """Return the client's name and secret, from the header or else from the body; empty where they make no sense."""
    kind, _, encoded = (request.headers.get("HTTP_AUTHORIZATION") or "").partition(" ")
    if kind.lower() == "basic":
        try:
            client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
        except (NotBase64, ValueError):
            return "", ""
        client_id, secret = unquote_plus(client_id), unquote_plus(secret)
    else:
        client_id, secret = str(request.client_id or ""), str(getattr(request, "client_secret", None) or "")
    return (client_id, secret) if fullmatch(r"[A-Za-z0-9]{1,255}", client_id) else ("", secret)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret. It is 256 random bits, so one round is enough: nobody guesses it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def compare_secret(client: ApiClient | None, secret: str) -> tuple[bool, bool]:
    """Say whether it is the client's secret, and whether it is the one before, while that works; always two comparisons."""
    digest = digest_of(secret)
    is_present = constant_time_compare(digest, client.secret_digest if client else NO_DIGEST)
    is_previous = constant_time_compare(digest, (client and client.previous_digest) or NO_DIGEST)
    return is_present, is_previous and bool(client and client.is_previous_live)


def refusal(client: ApiClient, address: str) -> str:
    """Return why this client is not let in from this address now, for the trail; empty when it is."""
    if client.state != "in force":
        return client.state
    return "" if client.any_network or is_in_networks(address, client.networks) else "network"


def address_of(request: Any) -> str:
    """Return from where the call comes."""
    return str(request.headers.get("REMOTE_ADDR") or "")


def touch_client(client: ApiClient) -> None:
    """Note that the client called, at most once a minute."""
    moment = now()
    if client.last_used_at is None or (moment - client.last_used_at).total_seconds() >= 60:
        ApiClient.objects.filter(pk=client.pk).update(last_used_at=moment)
