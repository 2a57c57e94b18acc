"""How the API's description names the ways to call and the refusals."""
from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from accounts.choices import ApiScope
from accounts.errors import PROBLEM

EVERYWHERE = (401, 403, 429)  # every address wants a caller, a right, and no haste: accounts/throttles.py
ACT = (400, 413, 415, 422)  # what may be wrong with anything that is sent


class ProblemOut(serializers.Serializer[Any]):
    """Why something was refused (RFC 9457)."""

    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.JSONField()


class SignedInSession(OpenApiAuthenticationExtension):
    """The browser's session."""

    target_class = "accounts.authentication.SessionWithSecondFactor"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Name the cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "__Host-vigil"}


class TokenOfClient(OpenApiAuthenticationExtension):
    """The access token of an agency's machine client."""

    target_class = "accounts.authentication.AgencyToken"
    name = "client"
    priority = 1

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Say where tokens are asked for, and every scope in words."""
        scopes = {str(scope): str(scope.label) for scope in ApiScope}
        return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/api/token/", "scopes": scopes}}}

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        """Name the scope of this address."""
        scope = auto_schema.view.required_scope
        return {self.name: [str(scope)] if scope else []}


class NothingElse(OpenApiSerializerExtension):
    """Says of what programs send that no other field may be in it."""

    target_class = "accounts.api.serializers.StrictSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> dict[str, Any]:
        """Describe the fields as usual."""
        described: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)  # noqa: SLF001 - its own way on
        return described | {"additionalProperties": False}


def answers(code: int, good: Any, *problems: int) -> dict[Any, Any]:
    """Return the documented answers: the good one, and each refusal as a problem."""
    return {code: good} | {(problem, PROBLEM): ProblemOut for problem in (*EVERYWHERE, *problems)}
