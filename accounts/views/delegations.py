"""Authority lent and borrowed."""
from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.forms import DelegationForm
from accounts.models import Delegation
from accounts.permissions import Perm
from accounts.querysets import DelegationQuerySet
from accounts.services.delegations import delegate_authority, withdraw_delegation
from audit.views import ActEdge, FormEdge, ListEdge, get_or_404


class DelegationList(ListEdge):
    """What the person lent and was lent, newest first."""

    permission = Perm.VIEW_DELEGATIONS
    template_name = "accounts/delegation_list.html"
    context_name = "delegations"

    def rows(self) -> DelegationQuerySet:
        """Return the delegations that concern this person."""
        rows = Delegation.objects.for_user(self.request.user)
        return rows.select_related("delegator", "delegate", "unit").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the person may lend, and the way to older ones."""
        context = super().get_context_data(may_lend=may(self.request.user, Perm.DELEGATE_AUTHORITY), **kwargs)
        before = context["next_before"]
        return context | {"next_url": f"?before={before}" if before else ""}


class NewDelegation(FormEdge):
    """Lend authority."""

    permission = Perm.DELEGATE_AUTHORITY
    form_class = DelegationForm
    title = _("Lend authority")
    button = _("Lend authority")
    done_message = _("The authority was lent. You stay responsible for what is decided with it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer colleagues and units of the person's own force."""
        return {"actor": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Lead back to the list."""
        words = {"intro": _("You stay responsible for what is decided with it."), "back_url": self.get_success_url()}
        return super().get_context_data(**words, **kwargs)

    def perform(self, **data: Any) -> Delegation:
        """Lend it."""
        return delegate_authority(actor=self.request.user, **data)

    def get_success_url(self) -> str:
        """Go back to the list."""
        return reverse("accounts:delegation-list")


class Withdraw(ActEdge):
    """Take lent authority back."""

    permission = Perm.DELEGATE_AUTHORITY
    done_message = _("The authority was withdrawn. It counts at once.")

    def perform(self) -> None:
        """Withdraw it, if the person lent it."""
        rows = Delegation.objects.for_user(self.request.user, Perm.DELEGATE_AUTHORITY)
        withdraw_delegation(actor=self.request.user, delegation=get_or_404(rows, public_id=self.kwargs["public_id"]))

    def get_success_url(self) -> str:
        """Go back to the list."""
        return reverse("accounts:delegation-list")
