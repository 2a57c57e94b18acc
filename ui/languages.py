"""In which language a page, a letter and everything that is kept are written: docs/languages.md."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import shortcuts
from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

KEPT_IN = "en-gb"  # whatever is stored, logged, sealed or answered to a program
NEVER_WELSH = ("/api/", "/metrics", "/healthz", "/readyz")
StrOrPromise = str | Promise  # words that may be translated when they are shown


class Language(models.TextChoices):
    """The language in which somebody asked to be written to."""

    ENGLISH = "en-gb", _("English")
    WELSH = "cy", _("Welsh")


OWN_NAMES = {Language.ENGLISH: "English", Language.WELSH: "Cymraeg"}


def language_of(request: HttpRequest) -> str:
    """Return the language that this browser chose; English where it chose none, and for programs."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in Language.values and not request.path.startswith(NEVER_WELSH) else KEPT_IN


class ChosenLanguage:
    """Answer each request in the language that its browser chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


@contextmanager
def kept_words(request: HttpRequest) -> Iterator[None]:
    """Work in English while something is done: what services store never depends on who reads."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        yield
    else:
        with override(KEPT_IN):
            yield


@contextmanager
def shown_words(request: HttpRequest) -> Iterator[None]:
    """Work in the reader's language while a page is made, whatever was done before."""
    with override(language_of(request)):
        yield


def other_language() -> Language:
    """Return the language into which a page can be turned."""
    return Language.ENGLISH if get_language() == Language.WELSH else Language.WELSH


def in_reader_words(request: HttpRequest, refusal: Exception) -> str:
    """Return a refusal, which is raised and recorded in English, in the reader's language where the catalogue has it."""
    with shown_words(request):
        words = str(refusal)  # one of ours is in the language of the moment by now, others are a key of the catalogue
        return gettext(words) if words else ""


def render(request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """Make a page in the reader's language, also after something was done in English."""
    with shown_words(request):
        return shortcuts.render(request, template, context, status=status)
