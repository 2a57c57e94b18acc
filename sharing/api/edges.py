"""What addresses of sharing have in common: one force, which let the client in, and an agreement that must hold."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_noop
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import ScopedQuerySet
from accounts.authentication import name_in
from accounts.errors import DoorClosed
from accounts.models import Organisation
from accounts.permissions import Perm
from audit.api import Pages
from audit.choices import Verb
from audit.services import record_read
from audit.views import get_or_404
from sharing.models import Agreement

ENDED = gettext_noop("No agreement between the police force and your agency is in force. What was shared is closed until one is.")
PAGING = [
    OpenApiParameter("cursor", str, description="From the address of the next page."),
    OpenApiParameter("page_size", int, description="Up to 100; 50 unless given."),
]


class PartnerPages(Pages):
    """Pages of the size that the caller wants."""

    page_size_query_param = "page_size"
    max_page_size = 100


def force_of(request: Request) -> Organisation:
    """Return the force that let the client in: it sees rows of that force and of no other."""
    force: Organisation = request.auth.application.force
    return force


def rows_for(request: Request, model: Any, perm: Perm) -> Any:
    """Return the rows of a table on which the client holds the permission, of its force."""
    rows: ScopedQuerySet = model.objects.for_user(request.user, perm)
    return rows.filter(force=force_of(request))


def find(rows: QuerySet, key: str, view: object) -> Any:
    """Return the row of a public key, and record that it was read; any other is not there."""
    try:
        row = get_or_404(rows, public_id=UUID(key))
    except ValueError as error:
        raise Http404 from error
    record_read(Verb.VIEWED, row, page=type(view).__name__)
    return row


def page_of(request: Request, rows: QuerySet, serializer: Any, shape: Any, view: object) -> Response:
    """Return one page of rows, each shaped and described, and record which were shown."""
    pages = PartnerPages()
    shown = pages.paginate_queryset(rows, request) or []
    record_read(Verb.LISTED, page=type(view).__name__, ids=[row.pk for row in shown])
    return pages.get_paginated_response(serializer([shape(row) for row in shown], many=True).data)


def person_in(request: Request) -> str:
    """Return for whom at the agency it is done."""
    return name_in(request)


class WhileAgreed:
    """Put before an edge: closed while no agreement between the force and the agency is in force."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse, and say so in the trail."""
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if not rows_for(request, Agreement, Perm.VIEW_AGREEMENT).in_force().exists():
            raise DoorClosed("Agreement ended", ENDED, subject=request.auth.application, why="no agreement")
