"""Searching reports: the form, what was found, and the searches that one keeps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, Edge, FormEdge, PageEdge, get_or_404
from intelligence.forms.report_search import KeepSearchForm, ReportSearchForm
from intelligence.models import ReportSearch
from intelligence.reports.report_search import FoundPage, is_of_bureau, kept_by
from intelligence.services import report_search as services
from ui.languages import render


class SearchReports(Edge):
    """The form; what is typed in it travels by POST and never stands in an address."""

    permission = Perm.VIEW_CASE_FILE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the empty form."""
        return show(request, ReportSearchForm(is_of_bureau=is_of_bureau(request.user)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was typed and lead to what it finds."""
        form = ReportSearchForm(request.POST, is_of_bureau=is_of_bureau(request.user))
        if not form.is_valid():
            return show(request, form, status=422)
        search = services.save_report_search(actor=request.user, **form.cleaned_data)
        response = redirect("intelligence:report-search-results", token=search.token)
        response.status_code = 303
        return response


class OwnSearch:
    """Finds one of the user's own searches."""

    permission = Perm.VIEW_CASE_FILE
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> ReportSearch:
        """Return it; any other is not there."""
        search: ReportSearch = get_or_404(ReportSearch.objects.for_user(self.request.user), token=self.kwargs["token"])
        return search

    def get_success_url(self) -> str:
        """Back to the searches that one keeps."""
        return reverse("intelligence:report-searches")


class FoundReports(OwnSearch, Edge):
    """What a search finds now; for the searcher alone."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Search again."""
        search, asked = self.find(), request.GET.get("page", "")
        page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
        result = services.run_report_search(actor=request.user, search=search, page=page)
        stored = {name: getattr(search, name) for name in ("text", *services.FILTERS)}
        return show(request, ReportSearchForm(initial=stored, is_of_bureau=is_of_bureau(request.user)), search, result)


class KeepSearch(OwnSearch, FormEdge):
    """Keeping a search under a name, or changing how it is kept."""

    form_class = KeepSearchForm
    title = _("Keep the search")
    button = _("Keep it")
    done_message = _("The search is kept.")

    def load(self) -> None:
        """Find it."""
        self.search = self.find()

    def get_initial(self) -> dict[str, Any]:
        """Show how it is kept; nothing is chosen of one that is not."""
        return {"name": self.search.name, "tells": "yes" if self.search.tells else "no"} if self.search.name else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        back = reverse("intelligence:report-search-results", args=[self.search.token])
        return super().get_context_data(back_url=back, cancel_url=back, **kwargs)

    def perform(self, **data: Any) -> ReportSearch:
        """Keep it."""
        return services.keep_report_search(actor=self.request.user, search=self.search, **data)


class DeleteSearch(OwnSearch, ActEdge):
    """Forgets a search."""

    done_message = _("The search is deleted.")

    def perform(self) -> None:
        """Do it."""
        services.delete_report_search(actor=self.request.user, search=self.find())


class KeptSearches(PageEdge):
    """The searches that the user keeps, and how much each has found that is new."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "intelligence/report_search/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        searches = kept_by(self.request.user)
        record_read(Verb.LISTED, page="KeptSearches", rows=ReportSearch._meta.label_lower, ids=[search.pk for search in searches])
        is_whole = is_of_bureau(self.request.user)
        return super().get_context_data(searches=searches, most=ReportSearch.MOST_KEPT, is_of_bureau=is_whole, **kwargs)


def show(
    request: HttpRequest, form: ReportSearchForm, search: ReportSearch | None = None, result: FoundPage | None = None, status: int = 200
) -> HttpResponse:
    """Render the page."""
    context = {"form": form, "search": search, "result": result, "is_of_bureau": is_of_bureau(request.user)}
    if result and result.page > 1:
        context["previous_url"] = f"{request.path}?page={result.page - 1}"
    if result and result.page < result.pages:
        context["next_url"] = f"{request.path}?page={result.page + 1}"
    return render(request, "intelligence/report_search/search.html", context, status=status)
