"""The edge of the API for machine clients: a token and its scope open it, a session never does."""
from __future__ import annotations

import hashlib
from re import fullmatch
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import may
from accounts.authentication import ON_BEHALF_OF, AgencyToken
from accounts.choices import ApiScope
from accounts.errors import NotPermitted
from accounts.permissions import Access, Perm
from accounts.services.answers import answer_once
from accounts.throttles import CallsOfClient

KEY = "Idempotency-Key"
KEY_FORM = r"[A-Za-z0-9_.:-]{8,100}"
FOR_WHOM = OpenApiParameter(ON_BEHALF_OF, str, OpenApiParameter.HEADER, required=True, description="The agency's user for whom it is done.")
ONCE = OpenApiParameter(
    KEY, str, OpenApiParameter.HEADER, required=True, description="Sent again within 24 hours: done once, answered the same."
)


class ScopeMissing(exceptions.PermissionDenied):
    """The token counts, but not for this."""

    default_detail = "The token does not have the scope that this takes."

    def __init__(self, request: Request):
        super().__init__()
        self.subject, self.why = request.auth.application, "scope"


class TokenEdge(APIView):
    """An address for machine clients. `required_scope` is compulsory; None opens it to any token.

    `permission` is what the service account must hold besides; Access.TOKEN where the scope says everything.
    A person for whom it is done must be named in On-Behalf-Of unless `names_person` is off.
    """

    authentication_classes = (AgencyToken,)
    permission_classes = (IsAuthenticated,)
    throttle_classes = (CallsOfClient,)
    permission: ClassVar[Perm | Access] = Access.TOKEN
    required_scope: ClassVar[ApiScope | None]
    names_person: ClassVar[bool] = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse tokens without the scope, accounts without the permission, and calls that name nobody."""
        super().initial(request, *args, **kwargs)
        if self.required_scope and not request.auth.allow_scopes([str(self.required_scope)]):
            raise ScopeMissing(request)
        if isinstance(self.permission, Perm) and not may(request.user, self.permission):
            raise NotPermitted(self.permission)
        if self.names_person and not request.headers.get(ON_BEHALF_OF, "").strip():
            raise exceptions.ParseError(f"Name the agency's user for whom this is done in the header {ON_BEHALF_OF}.")


class TokenActEdge(TokenEdge):
    """An act of a machine client, by POST: done once for each Idempotency-Key, however often it is sent."""

    http_method_names = ("post", "options")

    def perform(self, request: Request) -> tuple[int, Any]:
        """Check the body, call one service, return the status and the answer (plain values)."""
        raise NotImplementedError

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Do it, or repeat the answer."""
        key = request.headers.get(KEY, "")
        if not fullmatch(KEY_FORM, key):
            raise exceptions.ParseError(f"Send a header {KEY} of 8 to 100 letters, numbers or any of _ . : - with each new request.")
        answer = answer_once(actor=request.user, key=key, digest=digest_of_call(request), act=lambda: self.perform(request))
        return Response(answer.body, status=answer.status, headers={"Idempotency-Replayed": "true"} if answer.is_repeated else None)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Read the body as it came: afterwards it is there as JSON only."""
        _ = request._request.body  # noqa: SLF001 - DRF gives no other way to the bytes; Django keeps them from here on
        super().initial(request, *args, **kwargs)


def digest_of_call(request: Request) -> str:
    """Return a digest of the address, the person named and the body: what makes two requests the same one."""
    parts = (request.path.encode(), request.headers.get(ON_BEHALF_OF, "").encode("utf-8", "replace"), request._request.body)  # noqa: SLF001
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
