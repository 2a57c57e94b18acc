"""The edge of pages about one action: found among those that the user may see, and where it leads."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Perm
from actions.forms import VersionedForm
from actions.models import Action
from audit.references import records, references_of
from audit.views import FormEdge, get_or_404
from ui.templatetags.ui import uk_date

ANY_PAGE = ("offenders:nominal", "offenders:card")  # where a record opens when the page of the action does not


def page_of(user: User, nominal: int | None, reference: str, *routes: str) -> str:
    """Return the first of these pages, or of the record's own, that exists and that the user may open; else nothing."""
    for route in (*routes, *ANY_PAGE) if nominal else routes:
        try:
            url = reverse(route, args=[reference] if nominal else []) if route else ""
        except NoReverseMatch:
            continue
        if url and may_open(user, url, nominal):
            return url
    return ""


def may_open(user: User, url: str, nominal: int | None) -> bool:
    """Whether the user holds the permission that the page declares, on the record when it is about one."""
    permission = getattr(resolve(url).func.view_class, "permission", None)
    if nominal is None or not isinstance(permission, Perm):
        return True
    return bool(records().for_user(user, permission).filter(pk=nominal).exists())


class ActionEdge(FormEdge):
    """A form about one action that two people may have open at once: the second is told, and keeps what they typed."""

    permission = Perm.ASSIGN_ACTION
    form_class: ClassVar[type[forms.Form]] = VersionedForm
    template_name = "actions/act.html"
    action: Action

    def load(self) -> None:
        """Find the action among those on which the user holds the permission."""
        rows = Action.objects.for_user(self.request.user, self.permission)
        people = ("owner", "owner_unit", "unit", "raised_by", "closed_by", "force")
        self.action = get_or_404(rows.select_related(*people), public_id=self.kwargs["public_id"])

    def get_initial(self) -> dict[str, Any]:
        """Remember which version the user saw."""
        return {"version": self.action.version}

    def version(self) -> int:
        """Fetch what is stored now, to show it and to let the next try know of it."""
        self.load()
        return self.action.version

    def get_success_url(self) -> str:
        """Return the action."""
        return reverse("actions:action", args=[self.action.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the action, its record, and what is stored when it is not what the user saw."""
        reference = references_of([self.action.nominal]).get(self.action.nominal or 0, "")
        url = reverse("actions:action", args=[self.action.public_id])
        stored = [(_("Owner"), self.action.owner_words), (_("Due"), uk_date(self.action.due) or _("No date now"))] if self.is_stale else []
        return super().get_context_data(
            **{"action": self.action, "reference": reference, "back_url": url, "cancel_url": url, "stale": stored, **kwargs}
        )
