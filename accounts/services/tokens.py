"""Tokens of machine clients: asked for, issued or refused, recorded."""
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from oauth2_provider.oauth2_backends import OAuthLibCore
from oauth2_provider.settings import oauth2_settings

from accounts.choices import Role
from accounts.oauth import AgencyValidator, touch_client
from audit.choices import Verb
from audit.context import current
from audit.services import record_event, record_read

if TYPE_CHECKING:
    from rest_framework.request import Request

OK, UNAUTHORISED = 200, 401
# One answer for every client that is not let in: unknown, wrong secret, suspended, ended, from another network.
NOT_LET_IN = {"error": "invalid_client"}


@dataclass(frozen=True)
class TokenAnswer:
    """What a program is answered that asks for a token (RFC 6749)."""

    status: int
    body: dict[str, Any]


@transaction.atomic
def issue_token(request: Request) -> TokenAnswer:
    """Give the client that proves itself in the request a token, or say in the same words for every reason that it gets none.

    The client's row stays locked until the token is stored, so no token is left over from a client that is revoked meanwhile.
    """
    validator = AgencyValidator()
    core = OAuthLibCore(oauth2_settings.OAUTH2_SERVER_CLASS(validator, **oauth2_settings.server_kwargs))
    _, _, text, status = core.create_token_response(request)
    body = json.loads(text)
    client = validator.asked
    if status != OK or client is None:
        record_read(Verb.SIGN_IN_FAILED, client, step="token", why=validator.why or body["error"])
        return TokenAnswer(status, NOT_LET_IN if status == UNAUTHORISED else body)
    now = current()
    now.user, now.acting_role, now.client = client.user, str(Role.PARTNER), str(client)
    touch_client(client)
    record_event(Verb.SIGNED_IN, client, scopes=body["scope"].split(), previous_secret=validator.is_previous)
    return TokenAnswer(status, body)
