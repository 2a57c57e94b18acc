"""Finding a person: the box, and what it found."""
from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django_htmx.http import HttpResponseClientRedirect, push_url

from accounts.choices import Role
from accounts.permissions import Perm
from accounts.roles import acting_role
from actions.reports import counters_of
from audit.views import Edge, get_or_404
from offenders.forms.find import FindForm
from offenders.models import SavedSearch
from offenders.search import SearchResult
from offenders.services.searches import run_search, save_search
from ui.languages import render, shown_words


class Find(Edge):
    """The box; what is typed in it travels by POST and never stands in an address."""

    unhindered = True  # nobody in an emergency is stopped here
    permission = Perm.FIND_PERSON

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the empty box."""
        return show(request, FindForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Search. A number that names one person leads straight to the card, anything else to the results."""
        form = FindForm(request.POST)
        with shown_words(request):
            is_valid = form.is_valid()
        if not is_valid:
            return show(request, form, status=200 if request.htmx else 422)  # htmx shows no answer that is an error
        text = form.cleaned_data["text"]
        result = run_search(actor=request.user, text=text) if request.htmx or form.is_number else None
        if result and result.exact:
            return send_to(request, reverse("offenders:card", args=[result.hits[0].nominal.reference]))
        address = reverse("offenders:find-results", args=[save_search(actor=request.user, text=text)])
        return push_url(show(request, form, result), address) if request.htmx else send_to(request, address)


class FindResults(Edge):
    """What a kept search finds now; for the searcher alone."""

    unhindered = True  # nobody in an emergency is stopped here
    permission = Perm.FIND_PERSON

    def get(self, request: HttpRequest, *args: Any, token: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """Search again."""
        saved = get_or_404(SavedSearch.objects.for_user(request.user), token=token)
        return show(request, FindForm({"text": saved.text}), run_search(actor=request.user, text=saved.text))


def show(request: HttpRequest, form: FindForm, result: SearchResult | None = None, status: int = 200) -> HttpResponse:
    """Render the page, or for htmx its changing part."""
    is_part = request.method == "POST" and request.htmx
    template = "offenders/_find.html" if is_part else "offenders/find.html"
    context = {"form": form, "result": result, "is_part": is_part}
    return render(request, template, context if is_part else context | own_work(request), status=status)


def own_work(request: HttpRequest) -> dict[str, Any]:
    """Return how much waits for somebody whose day begins with the search; the control room's page stays as bare as it is."""
    if acting_role(request) in {Role.CONTROL_ROOM, Role.OFFENDER_MANAGER, Role.SUPERVISOR}:
        return {}
    numbers = counters_of(request.user, now())
    return numbers if numbers["counts"].open or numbers["work"] else {}


def send_to(request: HttpRequest, address: str) -> HttpResponse:
    """Go on to another page."""
    if request.htmx:
        return HttpResponseClientRedirect(address)
    response = redirect(address)
    response.status_code = 303
    return response
