"""The edge of the REST API: the same rows and the same services as the pages, and the same trace."""
from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from drf_spectacular.views import SpectacularAPIView
from rest_framework import pagination, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import may
from accounts.errors import NotPermitted
from accounts.permissions import Access, Perm
from audit.choices import Verb
from audit.services import record_read


class Pages(pagination.CursorPagination):
    """Stable pages while rows are being added; no totals."""

    ordering = "-pk"
    page_size = 50


class ApiEdge(viewsets.ReadOnlyModelViewSet):
    """Read-only by default; a write is a named POST action that calls one service.

    `permission` reads; an action with another permission is named in `action_permissions`.
    """

    permission: ClassVar[Perm]
    action_permissions: ClassVar[dict[str, Perm]] = {}
    pagination_class = Pages

    def required_permission(self) -> Perm:
        """Return what the present action takes."""
        return self.action_permissions.get(self.action or "", self.permission)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse people whose roles do not hold the permission at all."""
        super().initial(request, *args, **kwargs)
        if not may(request.user, self.required_permission()):
            raise NotPermitted(self.required_permission())

    def get_queryset(self) -> models.QuerySet:
        """Return the rows on which the caller holds the permission of this action."""
        return super().get_queryset().for_user(self.request.user, self.required_permission())

    def get_object(self) -> models.Model:
        """Return one row and record that it was read."""
        row = super().get_object()
        record_read(Verb.VIEWED, row, page=type(self).__name__)
        return row

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page and record the keys shown."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        record_read(Verb.LISTED, page=type(self).__name__, ids=[row.pk for row in rows])
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)


class Schema(SpectacularAPIView):
    """The description of this API, for anybody who has signed in."""

    permission_classes = (IsAuthenticated,)
    permission = Access.SIGNED_IN
