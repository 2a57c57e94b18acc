"""Pages of referrals for covert techniques. Addresses, titles and messages name neither record nor person."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import row_security
from accounts.errors import DomainError
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, get_or_404
from intelligence.forms.covert import AnswerForm, ReferralForm, VersionForm
from intelligence.models import CovertReferral
from intelligence.reports.covert import is_handler, units_to_ask
from intelligence.rules.covert import WRITABLE, Side, State, may_move
from intelligence.services.covert import answer_referral, close_referral, save_referral, start_referral, submit_referral
from offenders.views.base import NominalAct


class StartReferral(NominalAct):
    """Opens a draft and goes on to it; the same button leads back to a draft that waits."""

    permission = Perm.ADD_CONFIDENTIAL

    def perform(self) -> None:
        """Open it."""
        self.draft = start_referral(actor=self.request.user, nominal=self.nominal)

    def get_success_url(self) -> str:
        """To the draft, whose address names nothing."""
        return reverse("intelligence:covert", args=[self.draft.public_id])


class CovertList(ListEdge):
    """Matters that the user sent, and those sent to the user's unit."""

    permission = Perm.VIEW_CONFIDENTIAL
    template_name = "intelligence/covert/list.html"
    context_name = "matters"

    def rows(self) -> models.QuerySet:
        """Return what the user may see, newest first."""
        return CovertReferral.objects.for_user(self.request.user).select_related("nominal", "unit", "owner").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read inside row security."""
        with row_security(self.request.user):
            return super().get_context_data(**kwargs)

    def record(self, shown: list[models.Model]) -> None:
        """The trail keeps the matters' own keys."""
        record_read(Verb.LISTED, page=type(self).__name__, matters=[str(row.public_id) for row in shown])  # type: ignore[attr-defined]


class MatterEdge(FormEdge):
    """Finds a matter that the user may see; any other is not there."""

    permission = Perm.VIEW_CONFIDENTIAL

    def load(self) -> None:
        """Find it, and record that it was seen, without the record that it is about."""
        user = self.request.user
        with row_security(user):
            matters = CovertReferral.objects.for_user(user).select_related("nominal", "unit", "owner", "answered_by")
            self.matter = get_or_404(matters, public_id=self.kwargs["public_id"])
        record_read(Verb.VIEWED, page=type(self).__name__, matter=str(self.matter.public_id))

    def get_success_url(self) -> str:
        """Back to the matter."""
        return reverse("intelligence:covert", args=[self.matter.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the matter and what this user may do next."""
        user, state = self.request.user, State(self.matter.state)
        is_owner = self.matter.owner_id == user.pk
        side = Side.OWNER if is_owner else Side.DEPARTMENT
        may_write = is_owner and state in WRITABLE
        may_answer = state == State.SUBMITTED and is_handler(user, self.matter)
        may_close = may_move(state, State.CLOSED, side) and (is_owner or is_handler(user, self.matter))
        context = {"matter": self.matter, "may_write": may_write, "may_answer": may_answer, "may_close": may_close}
        return super().get_context_data(**context, back_url=reverse("intelligence:covert-list"), **kwargs)


class Matter(MatterEdge):
    """One matter: its owner writes it, the unit reads and answers it, on one page."""

    template_name = "intelligence/covert/matter.html"
    title = _("Confidential matter")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units that may be asked, to whoever writes."""
        return {"units": units_to_ask(self.request.user)} if self.form_class is ReferralForm else {}

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.matter, name) for name in ("unit", "purpose", "tried", "others_affected", "handling", "version")}

    def load(self) -> None:
        """Choose the form by whose turn it is."""
        super().load()
        is_writer = self.matter.owner_id == self.request.user.pk and State(self.matter.state) in WRITABLE
        is_unit = self.matter.state == State.SUBMITTED and is_handler(self.request.user, self.matter)
        self.form_class = ReferralForm if is_writer else AnswerForm if is_unit else VersionForm

    def perform(self, **data: Any) -> Any:
        """Save, send or answer."""
        user = self.request.user
        if self.form_class is AnswerForm:
            return answer_referral(actor=user, referral=self.matter, **data)
        if self.form_class is VersionForm:
            raise DomainError("Somebody else has dealt with this meanwhile. Look at where it stands now.")
        with transaction.atomic():  # what cannot be sent counts as no version either
            saved = save_referral(actor=user, referral=self.matter, **data)
            if "send" in self.request.POST:
                saved = submit_referral(actor=user, referral=saved, version=saved.version)
        self.matter = saved
        return saved

    def version(self) -> int:
        """Return the version that is stored now."""
        with row_security(self.request.user):
            return CovertReferral.objects.for_user(self.request.user).get(pk=self.matter.pk).version


class KeepMatter(MatterEdge):
    """Stores a draft while it is typed, without a word in the answer."""

    form_class = ReferralForm
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store what fits; a box that is too long waits for the button."""
        self.load()
        form = ReferralForm(request.POST, units=units_to_ask(request.user))
        form.is_valid()
        words = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            save_referral(actor=request.user, referral=self.matter, **words)
        except DomainError:
            return HttpResponse(status=409)
        return HttpResponse(status=204)


class CloseMatter(MatterEdge):
    """Closes a matter."""

    form_class = VersionForm
    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close it and go back to it; what has moved meanwhile shows there."""
        self.load()
        form = VersionForm(request.POST)
        if form.is_valid():
            try:
                close_referral(actor=request.user, referral=self.matter, **form.cleaned_data)
            except DomainError:
                return redirect(self.get_success_url())
        return redirect(self.get_success_url())
