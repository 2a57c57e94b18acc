"""The choice between English and Welsh, open to everybody: on the sign-in page too."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.permissions import Access
from accounts.views.sign_in import page_after
from audit.views import Edge
from ui.languages import Language

YEAR = 365 * 24 * 60 * 60


class ChooseLanguage(Edge):
    """Keep in the browser which language it wants, and go back to the page. The choice says nothing of who made it."""

    permission = Access.PUBLIC

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it."""
        if self.kwargs["language"] not in Language.values:
            raise Http404
        response = redirect(page_after(request))
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, self.kwargs["language"], max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
            samesite="Strict",
        )  # fmt: skip
        return response
