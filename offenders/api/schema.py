"""How the API's description names the ways to sign in and the refusals."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from offenders.api.serializers import ProblemOut

PROBLEM = "application/problem+json"


class SignedInSession(OpenApiAuthenticationExtension):
    """The browser's session."""

    target_class = "accounts.authentication.SessionWithSecondFactor"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Name the cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "__Host-vigil"}


def answers(code: int, good: Any, *problems: int) -> dict[Any, Any]:
    """Return the documented answers: the good one, and each refusal as a problem."""
    return {code: good} | {(problem, PROBLEM): ProblemOut for problem in (401, 403, *problems)}
