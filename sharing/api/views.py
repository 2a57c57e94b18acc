"""The doors of the API for agencies: what was shared, requests, news, agreements and what changed."""

from __future__ import annotations

from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.edges import FOR_WHOM, ONCE, TokenActEdge, TokenEdge
from accounts.api.schema import ACT, answers
from accounts.choices import ApiScope
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from sharing.api import serializers as shapes
from sharing.api.edges import PAGING, WhileAgreed, find, force_of, page_of, person_in, rows_for
from sharing.choices.news import NewsKind
from sharing.choices.requests import CameBy
from sharing.models import AgencyChange, Agreement, InformationRequest, Release
from sharing.reports.requests import as_asked, with_answers
from sharing.reports.shared import as_shared
from sharing.services.news import give_news
from sharing.services.receiving import acknowledge_release, open_release, report_action
from sharing.services.requests import ask_police, reply_to_question

CHANGES_AT_ONCE = 100


def checked(serializer: Any, request: Request) -> dict[str, Any]:
    """Return what was sent, once it fits."""
    asked = serializer(data=request.data)
    asked.is_valid(raise_exception=True)
    data: dict[str, Any] = asked.validated_data
    return data


@method_decorator(never_cache, name="dispatch")
class SharedEdge(WhileAgreed, TokenEdge):
    """What was shared with the client's agency by its force, and stands now."""

    permission = Perm.VIEW_SHARED
    required_scope = ApiScope.SHARED

    def rows(self, request: Request) -> Any:
        """Return it."""
        return rows_for(request, Release, Perm.VIEW_SHARED).select_related("force")


class SharedList(SharedEdge):
    """All of it, without the contents."""

    @extend_schema(
        operation_id="shared_records", parameters=[FOR_WHOM, *PAGING], responses=answers(200, shapes.SharedPageOut, 400, 404)
    )
    def get(self, request: Request) -> Response:
        """Return a page, newest first."""
        return page_of(request, self.rows(request), shapes.SharedRowOut, as_shared, self)


class Shared(SharedEdge):
    """One release."""

    @extend_schema(operation_id="shared_record", parameters=[FOR_WHOM], responses=answers(200, shapes.SharedOut, 400, 404))
    def get(self, request: Request, key: str) -> Response:
        """Return how it must be handled, and what it says once that is accepted. Each reading is noted with the person named."""
        release = find(self.rows(request), key, self)
        open_release(actor=request.user, release=release, on_behalf_of=person_in(request))
        return Response(shapes.SharedOut(as_shared(release)).data)


class SharedAct(SharedEdge, TokenActEdge):
    """Something that the agency does about a release."""

    def find(self, request: Request) -> Release:
        """Return the release."""
        release: Release = find(self.rows(request), self.kwargs["key"], self)
        return release


class Acknowledge(SharedAct):
    """Accepting the handling, so that the contents open."""

    @extend_schema(
        operation_id="acknowledge_shared_record", parameters=[FOR_WHOM, ONCE], request=shapes.NothingIn,
        responses=answers(200, shapes.SharedRowOut, 404, *ACT),
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Accept it once; the first time counts. The contents are asked for afterwards: answers to acts are kept for a day."""
        return super().post(request, *args, **kwargs)

    def perform(self, request: Request) -> tuple[int, Any]:
        """Accept it."""
        checked(shapes.NothingIn, request)
        release = acknowledge_release(actor=request.user, release=self.find(request), on_behalf_of=person_in(request))
        return status.HTTP_200_OK, dict(shapes.SharedRowOut(as_shared(release)).data)


class Done(SharedAct):
    """What the agency did about it."""

    permission = Perm.TELL_POLICE

    @extend_schema(
        operation_id="report_action", parameters=[FOR_WHOM, ONCE], request=shapes.ActionIn,
        responses=answers(201, shapes.ActionOut, 404, *ACT),
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Store it."""
        return super().post(request, *args, **kwargs)

    def perform(self, request: Request) -> tuple[int, Any]:
        """Store it."""
        data = checked(shapes.ActionIn, request)
        done = report_action(actor=request.user, release=self.find(request), on_behalf_of=person_in(request), **data)
        return status.HTTP_201_CREATED, dict(shapes.ActionOut(done).data)


@method_decorator(never_cache, name="dispatch")
class RequestEdge(WhileAgreed, TokenEdge):
    """Requests of the client's agency to its force."""

    permission = Perm.ASK_POLICE
    required_scope = ApiScope.ASK

    def rows(self, request: Request) -> Any:
        """Return them."""
        return with_answers(rows_for(request, InformationRequest, Perm.ASK_POLICE))

    def shown(self, request: Request, asked: InformationRequest) -> dict[str, Any]:
        """Return one as it stands."""
        return dict(shapes.RequestOut(as_asked(self.rows(request).get(pk=asked.pk))).data)


class Requests(RequestEdge, TokenActEdge):
    """Asking for information, and all that was asked."""

    http_method_names = ("get", "post", "options")

    @extend_schema(
        operation_id="information_requests", parameters=[FOR_WHOM, *PAGING], responses=answers(200, shapes.RequestPageOut, 400, 404)
    )
    def get(self, request: Request) -> Response:
        """Return a page, newest first."""
        return page_of(request, self.rows(request), shapes.RequestOut, as_asked, self)

    @extend_schema(
        operation_id="ask_for_information", parameters=[FOR_WHOM, ONCE], request=shapes.RequestIn,
        responses=answers(201, shapes.RequestOut, *ACT),
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask."""
        return super().post(request, *args, **kwargs)

    def perform(self, request: Request) -> tuple[int, Any]:
        """Store it."""
        data = checked(shapes.RequestIn, request)
        asked = ask_police(
            actor=request.user, force=force_of(request), came_by=CameBy.API, release_key=data.pop("shared_record", None),
            asked_for=person_in(request), **data,
        )  # fmt: skip
        return status.HTTP_201_CREATED, self.shown(request, asked)


class OneRequest(RequestEdge):
    """One request."""

    @extend_schema(operation_id="information_request", parameters=[FOR_WHOM], responses=answers(200, shapes.RequestOut, 400, 404))
    def get(self, request: Request, key: str) -> Response:
        """Return where it stands, and its answer."""
        return Response(shapes.RequestOut(as_asked(find(self.rows(request), key, self))).data)


class Reply(RequestEdge, TokenActEdge):
    """Replying to what was asked back."""

    @extend_schema(
        operation_id="reply_to_question", parameters=[FOR_WHOM, ONCE], request=shapes.ReplyIn,
        responses=answers(200, shapes.RequestOut, 404, *ACT),
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Reply."""
        return super().post(request, *args, **kwargs)

    def perform(self, request: Request) -> tuple[int, Any]:
        """Store it."""
        data = checked(shapes.ReplyIn, request)
        asked = find(self.rows(request), self.kwargs["key"], self)
        reply_to_question(actor=request.user, request=asked, text=data["text"], on_behalf_of=person_in(request))
        return status.HTTP_200_OK, self.shown(request, asked)


@method_decorator(never_cache, name="dispatch")
class NewsEdge(TokenActEdge):
    """Telling the police something. Open without an agreement too: to refuse what somebody knows of a danger helps nobody."""

    permission = Perm.TELL_POLICE

    def give(self, request: Request, kind: NewsKind, data: dict[str, Any]) -> tuple[int, Any]:
        """Store it."""
        news = give_news(
            actor=request.user, force=force_of(request), kind=kind, release_key=data.pop("shared_record", None),
            given_for=person_in(request), **data,
        )  # fmt: skip
        return status.HTTP_201_CREATED, dict(shapes.NewsOut(news).data)


class GiveIntelligence(NewsEdge):
    """Giving intelligence; the bureau of the force makes a report of it."""

    required_scope = ApiScope.INTELLIGENCE

    @extend_schema(
        operation_id="give_intelligence", parameters=[FOR_WHOM, ONCE], request=shapes.IntelligenceIn,
        responses=answers(201, shapes.NewsOut, *ACT),
    )  # fmt: skip
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Give it."""
        return super().post(request, *args, **kwargs)

    def perform(self, request: Request) -> tuple[int, Any]:
        """Store it."""
        return self.give(request, NewsKind.INTELLIGENCE, checked(shapes.IntelligenceIn, request))


class GiveEvent(NewsEdge):
    """Telling of a release, a recall, a breach, an address or something else; for probation and prison."""

    required_scope = ApiScope.EVENTS

    @extend_schema(
        operation_id="give_event", parameters=[FOR_WHOM, ONCE], request=shapes.EventIn, responses=answers(201, shapes.NewsOut, *ACT)
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell of it."""
        return super().post(request, *args, **kwargs)

    def perform(self, request: Request) -> tuple[int, Any]:
        """Store it."""
        data = checked(shapes.EventIn, request)
        return self.give(request, NewsKind(data.pop("kind")), data)


@method_decorator(never_cache, name="dispatch")
class Agreements(TokenEdge):
    """Agreements of the client's agency with its force: past, present and to come."""

    permission = Perm.VIEW_AGREEMENT
    required_scope = ApiScope.CHANGES
    names_person = False

    @extend_schema(operation_id="agreements", parameters=PAGING, responses=answers(200, shapes.AgreementPageOut, 404))
    def get(self, request: Request) -> Response:
        """Return a page, newest first."""
        return page_of(request, rows_for(request, Agreement, Perm.VIEW_AGREEMENT), shapes.AgreementOut, lambda row: row, self)


@method_decorator(never_cache, name="dispatch")
class Changes(TokenEdge):
    """What changed for the agency at this force: keys only, in the order in which it changed."""

    permission = Perm.VIEW_SHARED
    required_scope = ApiScope.CHANGES
    names_person = False

    @extend_schema(
        operation_id="changes",
        parameters=[OpenApiParameter("since", int, description="The next_since of the last answer; all without it.")],
        responses=answers(200, shapes.ChangesOut, 400),
    )
    def get(self, request: Request) -> Response:
        """Return what came after the number that is given; nothing appears below a number that was given out."""
        asked = shapes.SinceIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        since = asked.validated_data["since"]
        rows = rows_for(request, AgencyChange, Perm.VIEW_SHARED).filter(pk__gt=since).order_by("pk")
        found = list(rows[: CHANGES_AT_ONCE + 1])
        shown = found[:CHANGES_AT_ONCE]
        record_read(Verb.LISTED, page="Changes", rows="sharing.agencychange", ids=[row.pk for row in shown])
        body = {"results": shown, "next_since": shown[-1].pk if shown else since, "has_more": len(found) > len(shown)}
        return Response(shapes.ChangesOut(body).data)
