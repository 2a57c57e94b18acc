"""The REST API of records: the list, one card, search, and telling the manager."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import may
from accounts.api.schema import ACT, answers
from accounts.errors import DomainError
from accounts.permissions import Perm
from audit.api import ApiEdge
from offenders.api.serializers import CameToNoticeIn, HitOut, NominalOut, NominalRowOut, NoticeOut, SearchIn, SearchOut
from offenders.cards import read_card
from offenders.models import Nominal
from offenders.search import Hit
from offenders.services.notices import tell_manager
from offenders.services.searches import run_search


class NominalViewSet(ApiEdge):
    """Records of people. Of another force's records the API shows the marker alone until a reason is stated."""

    queryset = Nominal.objects.all()
    serializer_class = NominalRowOut
    permission = Perm.VIEW_CARD
    action_permissions = {"retrieve": Perm.VIEW_MARKER, "search": Perm.FIND_PERSON, "came_to_notice": Perm.TELL_MANAGER}
    lookup_field = "reference"

    def get_queryset(self) -> QuerySet[Nominal]:
        """Return the rows of this action, with what a line shows."""
        rows = super().get_queryset().select_related("force", "unit", "offender_manager")
        return rows.with_summary(localdate()) if self.action == "list" else rows

    def get_object(self) -> Nominal:
        """Return the record of the address; that of a merged record leads to the one that stands in its place."""
        try:
            return super().get_object()
        except Http404:
            survivor = self.filter_queryset(self.get_queryset()).instead_of(self.kwargs["reference"]).first()
            if survivor is None:
                raise
            return survivor

    @extend_schema(responses=answers(200, NominalRowOut(many=True), 404))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page of the records whose card the caller may read, newest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=answers(200, NominalOut, 404))
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one record: the card, or the marker alone."""
        nominal = self.get_object()
        nominal.is_marker_only = not may(request.user, Perm.VIEW_CARD, nominal)
        nominal.card = None if nominal.is_marker_only else read_card(nominal, localdate())
        return Response(NominalOut(nominal).data)

    @extend_schema(request=SearchIn, responses=answers(200, SearchOut, *ACT))
    @action(detail=False, methods=["post"])
    def search(self, request: Request) -> Response:
        """Find people; the search and what it returned are recorded."""
        text = self.cleaned(SearchIn)["text"]
        try:
            found = run_search(actor=request.user, text=text)
        except ValueError as error:
            raise DomainError(str(error), field="text") from error
        return Response({"hits": [hit_out(hit) for hit in found.hits], "exact": found.exact, "too_many": found.too_many})

    @extend_schema(request=CameToNoticeIn, responses=answers(201, NoticeOut, 404, *ACT))
    @action(detail=True, methods=["post"], url_path="came-to-notice")
    def came_to_notice(self, request: Request, reference: str) -> Response:
        """Tell the offender manager that the person came to notice."""
        notice = tell_manager(actor=request.user, nominal=self.get_object(), **self.cleaned(CameToNoticeIn))
        notice.refresh_from_db()
        return Response(NoticeOut(notice).data, status=status.HTTP_201_CREATED)

    def cleaned(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """Return the checked body of the request."""
        data = serializer(data=self.request.data)
        data.is_valid(raise_exception=True)
        return dict(data.validated_data)


def hit_out(hit: Hit) -> dict[str, Any]:
    """Return one hit; a marker carries nothing of the person."""
    hit.nominal.name = hit.name or (hit.goes_by.full_name if hit.goes_by else "")
    hit.nominal.reasons, hit.nominal.is_marker_only = hit.reasons, hit.is_marker_only
    return dict(HitOut(hit.nominal).data)
