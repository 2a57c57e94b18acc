"""The edge of HTML pages: each view states its permission, looks only at rows the user may see, and leaves a trace."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from accounts.access import may
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.permissions import Access, Perm
from audit.choices import Verb
from audit.services import record_read
from ui.languages import StrOrPromise, in_reader_words, kept_words, render, shown_words


@method_decorator(never_cache, name="dispatch")
class Edge(View):
    """Base of every page. `permission` is compulsory; a test fails for a view without one."""

    permission: ClassVar[Perm | Access]

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """Return the view function; only pages marked PUBLIC open before signing in."""
        view = super().as_view(**initkwargs)
        view.login_required = cls.permission != Access.PUBLIC  # type: ignore[attr-defined]
        return view

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse people whose roles do not hold the permission at all."""
        if isinstance(self.permission, Perm) and not may(request.user, self.permission):
            raise NotPermitted(self.permission)
        with kept_words(request):
            return super().dispatch(request, *args, **kwargs)


class PageEdge(Edge, TemplateView):
    """A page that is built in get_context_data and concerns no single record."""


class ListEdge(Edge, TemplateView):
    """A list, newest first, in pages by key so that large tables stay quick; records the keys that were shown.

    `rows()` returns a queryset that went through for_user. The next page starts below the last key of this one.
    """

    page_size: ClassVar[int] = 50
    context_name: ClassVar[str] = "rows"

    def rows(self) -> models.QuerySet:
        """Return the rows that this user may see, ordered by falling key."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Cut one page and record it."""
        before = self.request.GET.get("before", "")
        page = list(self.cut(int(before) if before.isdigit() and len(before) < 19 else None))
        shown = page[: self.page_size]
        self.record(shown)
        more = {"next_before": shown[-1].pk if len(page) > self.page_size else None, "is_first_page": not before}
        return super().get_context_data(**{self.context_name: shown, **more, **kwargs})

    def cut(self, before: int | None) -> models.QuerySet:
        """Return the rows of one page and one more, to know whether there is another."""
        rows = self.rows()
        return (rows.filter(pk__lt=before) if before is not None else rows)[: self.page_size + 1]

    def record(self, shown: list[models.Model]) -> None:
        """One event for the page with the keys shown."""
        label = shown[0]._meta.label_lower if shown else ""
        record_read(Verb.LISTED, page=type(self).__name__, rows=label, ids=[row.pk for row in shown])


class FormEdge(Edge):
    """Show a form and hand the cleaned data to one service; a broken rule comes back at its field, nothing typed is lost.

    Two people may have it open at once: a form that carries the version which the user saw tells the second, whose next try knows of it.
    """

    form_class: ClassVar[type[forms.Form]]
    template_name: ClassVar[str] = "ui/form_page.html"
    title: ClassVar[StrOrPromise] = ""
    button: ClassVar[StrOrPromise] = _("Save")
    done_message: ClassVar[StrOrPromise] = ""
    is_stale = False  # somebody else was first

    def load(self) -> None:
        """Fetch what the page is about (through for_user) before the form is made; raise Http404 when hidden or missing."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return extra arguments of the form, such as querysets that went through for_user."""
        return {}

    def get_initial(self) -> dict[str, Any]:
        """Return what the form shows at first."""
        return {}

    def perform(self, **data: Any) -> Any:
        """Call the service with the cleaned data."""
        raise NotImplementedError

    def version(self) -> int | None:
        """Return which version of what the form changes is stored now; None where the form carries none."""
        return None

    def hold_back(self, form: forms.Form) -> HttpResponse | None:
        """Return an answer that stops a form without mistakes once more before its service is called, or None."""
        return None

    def get_success_url(self) -> str:
        """Return where to go after the service has done it."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        return {"view": self, "title": self.title, "button": self.button, **kwargs}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        self.load()
        return self.show(self.form_class(initial=self.get_initial(), **self.get_form_kwargs()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the form, call the service, go on; or show the form again with what was typed."""
        self.load()
        form = self.form_class(request.POST, request.FILES, initial=self.get_initial(), **self.get_form_kwargs())
        with shown_words(request):
            is_valid = form.is_valid()
        if not is_valid:
            return self.show(form, status=422)
        if held := self.hold_back(form):
            return held
        try:
            self.result = self.perform(**form.cleaned_data)
        except DomainError as error:
            for each in error.errors:
                form.add_error(each.field if each.field in form.fields else None, in_reader_words(self.request, each))
            self.is_stale = isinstance(error, StaleRecord)
            if self.is_stale and (version := self.version()) is not None:
                form.data = form.data.copy()
                form.data["version"] = str(version)
            return self.show(form, status=409)
        if self.done_message:
            messages.success(request, self.done_message)
        return redirect(self.get_success_url())

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        """Render the page; what it shows is put together in the reader's language, also after something was done in English."""
        with shown_words(self.request):
            context = self.get_context_data(form=form)
        return render(self.request, self.template_name, context, status=status)


class ActEdge(Edge):
    """A button: POST only, no form fields, one service. A broken rule comes back as a message on the page it came from."""

    http_method_names = ("post", "options")
    done_message: ClassVar[StrOrPromise] = ""

    def perform(self) -> Any:
        """Call the service."""
        raise NotImplementedError

    def get_success_url(self) -> str:
        """Return where to go afterwards."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, say so, go on."""
        try:
            self.perform()
        except DomainError as error:
            messages.error(request, in_reader_words(request, error))
        else:
            if self.done_message:
                messages.success(request, self.done_message)
        return redirect(self.get_success_url())


def get_or_404(rows: models.QuerySet, **lookup: Any) -> Any:
    """Return the one row or raise Http404: hidden and missing look the same."""
    row = rows.filter(**lookup).first()
    if row is None:
        raise Http404
    return row
