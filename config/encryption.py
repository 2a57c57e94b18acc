"""Calls to the API that come unencrypted are refused, not led on: who sent a token in clear must notice."""
from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.errors import PROBLEM
from accounts.middleware import API

UNENCRYPTED = "Calls travel over https only. What this one carried travelled in clear: replace its token or secret."


class EncryptedCalls:
    """Answer calls to the API over http with a refusal; browsers that open a page are led to https by Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and request.path.startswith(API) and not request.is_secure():
            return JsonResponse({"title": "Not encrypted", "status": 403, "detail": UNENCRYPTED}, status=403, content_type=PROBLEM)
        return self.get_response(request)
