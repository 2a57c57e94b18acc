"""The edge of pages about one nominal."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import TemplateView

from accounts.errors import NotPermitted
from accounts.permissions import OPENED_BY, Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, Edge, FormEdge, get_or_404
from offenders.models import Nominal
from offenders.views.tabs import allowed_on, tabs_for

SHOWN = ("force", "unit", "offender_manager")  # whose names every page of a nominal shows


class NominalEdge(Edge):
    """Finds the nominal of the address; hidden and missing are both 404.

    A record whose marker may be known but whose content may not leads to the page that asks for a reason, when a reason
    would open it; else it is refused with words that say who can help.
    """

    permission: ClassVar[Perm]
    nominal: Nominal

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch the nominal on which the user holds the permission, or turn away."""
        if not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        found = Nominal.objects.for_user(request.user, self.permission).select_related(*SHOWN).filter(reference=kwargs["reference"]).first()
        if found is None:
            known = Nominal.objects.for_user(request.user, Perm.VIEW_MARKER).select_related(*SHOWN)
            self.nominal = get_or_404(known, reference=kwargs["reference"])
            return self.turn_away(request)
        self.nominal = found
        return super().dispatch(request, *args, **kwargs)

    def turn_away(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for a reason where one would help; refuse otherwise."""
        for opener in OPENED_BY.get(self.permission, ()):
            if Nominal.objects.reachable_by_reason(request.user, opener).filter(pk=self.nominal.pk).exists():
                return redirect("offenders:reason", reference=self.nominal.reference, permission=opener)
        raise NotPermitted(self.permission)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the nominal and the tabs that this user may open."""
        allowed = allowed_on(self.request, self.nominal)
        return super().get_context_data(  # type: ignore[misc]
            nominal=self.nominal,
            tabs=tabs_for(self.request, self.nominal, allowed),
            may_change=Perm.CHANGE_RECORD in allowed,
            **kwargs,
        )


class NominalPage(NominalEdge, TemplateView):
    """A page that shows something of one nominal, and records that it was seen."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show and record."""
        record_read(Verb.VIEWED, self.nominal, page=type(self).__name__)
        return super().get(request, *args, **kwargs)


class NominalForm(NominalEdge, FormEdge):
    """A form about one nominal."""


class NominalAct(NominalEdge, ActEdge):
    """A button about one nominal."""
