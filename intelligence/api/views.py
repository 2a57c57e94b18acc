"""The door of the API for reports from the border: a call is stored as it came, and its sender may ask what became of it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.edges import ONCE, TokenActEdge, TokenEdge
from accounts.api.schema import ACT, answers
from accounts.choices import ApiScope
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from intelligence.api.serializers import MessageOut, ReportIn, TakenOut
from intelligence.services.calls import find_call, take_call


class SendAlerts(TokenActEdge):
    """Take one report of foreign travel, or a list of them."""

    permission = Perm.SEND_ALERT
    required_scope = ApiScope.TRAVEL_ALERTS
    names_person = False

    @extend_schema(
        operation_id="send_travel_alerts",
        parameters=[ONCE],
        request=ReportIn(many=True),
        responses=answers(202, TakenOut, *ACT),
        description="A list, or one object alone. Each report is answered for; those that are taken are compared with the records later.",
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take them once for each key; the same content under another key is the same message."""
        return super().post(request, *args, **kwargs)

    def perform(self, request: Request) -> tuple[int, Any]:
        """Store the call as it came and say of each report whether it can be used."""
        body = request._request.body  # noqa: SLF001 - the bytes as they came, which the edge has kept
        message, rows = take_call(actor=request.user, content=body, reports=request.data)
        return status.HTTP_202_ACCEPTED, dict(TakenOut({"reference": message.public_id, "reports": rows}).data)


class AlertMessage(TokenEdge):
    """What became of a message that the caller's agency sent."""

    permission = Perm.SEND_ALERT
    required_scope = ApiScope.TRAVEL_ALERTS
    names_person = False

    @extend_schema(operation_id="travel_alerts_message", responses=answers(200, MessageOut, 404))
    def get(self, request: Request, number: str) -> Response:
        """Return counts, and the reports that cannot be used with the reason; nothing of any record."""
        message = find_call(actor=request.user, reference=number)
        record_read(Verb.VIEWED, message, page=type(self).__name__)
        return Response(MessageOut(message).data)
