"""Where machine clients ask for a token, and try it."""
from __future__ import annotations

from typing import Any

from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.edges import TokenEdge
from accounts.api.schema import answers
from accounts.models import ApiClient
from accounts.permissions import Access
from accounts.services.tokens import UNAUTHORISED, issue_token
from accounts.throttles import TokensFromAddress
from audit.choices import Verb
from audit.services import record_read


@extend_schema(exclude=True)
@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("client_secret"), name="dispatch")
class Token(APIView):
    """Give a machine client an access token for its name and secret: client credentials, and no other grant."""

    permission = Access.PUBLIC
    authentication_classes = ()
    permission_classes = ()
    parser_classes = (FormParser,)
    throttle_classes = (TokensFromAddress,)

    def post(self, request: Request) -> Response:
        """Issue it, or refuse in the form of RFC 6749."""
        answer = issue_token(request)
        headers = {"WWW-Authenticate": 'Basic realm="Vigil"'} if answer.status == UNAUTHORISED else None
        return Response(answer.body, status=answer.status, headers=headers)


class ScopeOut(serializers.Serializer[Any]):
    """Something that the client may do."""

    name = serializers.CharField()
    description = serializers.CharField()


class WhoAmIOut(serializers.Serializer[ApiClient]):
    """Who calls, by its token."""

    client = serializers.CharField(source="name")
    agency = serializers.CharField(source="agency.name")
    force = serializers.CharField(source="force.name")
    scopes = ScopeOut(many=True, source="named_scopes")
    ends_on = serializers.DateField()


@method_decorator(never_cache, name="dispatch")
class WhoAmI(TokenEdge):
    """Tell a machine client who it is here, so that access can be tried."""

    required_scope = None
    names_person = False

    @extend_schema(operation_id="whoami", responses=answers(200, WhoAmIOut))
    def get(self, request: Request) -> Response:
        """Return the client, its agency, the scopes of its token and its last day."""
        client = request.auth.application
        client.named_scopes = [{"name": name, "description": words} for name, words in request.auth.scopes.items()]
        record_read(Verb.VIEWED, client, page=type(self).__name__)
        return Response(WhoAmIOut(client).data)
