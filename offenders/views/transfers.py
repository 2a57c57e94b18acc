"""Pages of transfers: offering a record, deciding on an offer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, PageEdge, get_or_404
from offenders.cards import read_card
from offenders.choices.custody import TransferState
from offenders.forms.custody import AcceptForm, OfferForm, WhyForm
from offenders.models import Nominal, Transfer
from offenders.reports.custody import managers_of, units_to_offer
from offenders.services.transfers import accept_transfer, offer_transfer, refuse_transfer, withdraw_transfer
from offenders.views.base import NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored


class TransferPage(NominalPage):
    """Offers of this record, and the way to a new one."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/custody/transfers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the offers, newest first."""
        related = ("from_unit__organisation", "to_unit__organisation", "offered_by", "decided_by", "taken_by")
        rows = list(Transfer.objects.for_user(self.request.user).filter(nominal=self.nominal).select_related(*related))
        standing = next((row for row in rows if row.state == TransferState.OFFERED), None)
        may_offer = may(self.request.user, Perm.TRANSFER_RECORD, self.nominal)
        return super().get_context_data(transfers=rows, standing=standing, may_offer=may_offer, **kwargs)


class OfferTransfer(ChangeForm):
    """Offer the record to another unit."""

    permission = Perm.TRANSFER_RECORD
    form_class = OfferForm
    title = _("Offer this record to another unit")
    button = _("Offer the record")
    done_message = _("The record is on offer. It stays yours until the other side accepts.")
    back = "offenders:transfers"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the other units of every force."""
        return {"units": units_to_offer(self.nominal)}

    def stored(self) -> Stored:
        """Return who holds the record now."""
        self.nominal.refresh_from_db()
        return [(_("Unit"), self.nominal.unit.name), (_("Offender manager"), self.nominal.offender_manager.display_name)]

    def perform(self, **data: Any) -> Transfer:
        """Offer it."""
        return offer_transfer(actor=self.request.user, nominal=self.nominal, **data)


class WithdrawTransfer(RecordForm):
    """Take the standing offer back."""

    permission = Perm.TRANSFER_RECORD
    form_class = WhyForm
    title = _("Withdraw the offer")
    button = _("Withdraw the offer")
    done_message = _("The offer has been withdrawn.")
    back = "offenders:transfers"

    def load(self) -> None:
        """Find the offer."""
        rows = Transfer.objects.for_user(self.request.user, Perm.TRANSFER_RECORD).filter(nominal=self.nominal)
        self.transfer = get_or_404(rows.select_related("nominal"), public_id=self.kwargs["public_id"])

    def perform(self, **data: Any) -> Transfer:
        """Withdraw it."""
        return withdraw_transfer(actor=self.request.user, transfer=self.transfer, **data)


class TransferList(ListEdge):
    """Offers to the user's unit: those that wait, then those that were decided."""

    permission = Perm.RECEIVE_RECORD
    template_name = "offenders/custody/transfer_list.html"

    def rows(self) -> QuerySet:
        """Offers to the unit."""
        rows = Transfer.objects.for_user(self.request.user, Perm.RECEIVE_RECORD)
        return rows.select_related("nominal", "from_unit__organisation", "offered_by").order_by("-pk")


class Offer:
    """An offer to the user's unit, found by its address."""

    permission = Perm.RECEIVE_RECORD
    transfer: Transfer

    def find(self, request: Any, public_id: Any) -> Transfer:
        """Return the offer; hidden and missing are both 404."""
        rows = Transfer.objects.for_user(request.user, Perm.RECEIVE_RECORD)
        related = ("nominal__force", "nominal__unit", "nominal__offender_manager", "from_unit__organisation", "to_unit")
        return get_or_404(rows.select_related(*related, "offered_by", "decided_by"), public_id=public_id)


class OfferPage(Offer, PageEdge):
    """What the other side says of the record, its risk, and the two buttons."""

    template_name = "offenders/custody/offer.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the offer and the few facts on which to decide."""
        transfer = self.find(self.request, kwargs["public_id"])
        record_read(Verb.VIEWED, transfer.nominal, page=type(self).__name__)
        card = read_card(transfer.nominal, localdate())
        is_open = transfer.state == TransferState.OFFERED
        return super().get_context_data(transfer=transfer, card=card, is_open=is_open, **kwargs)


class DecideOffer(Offer, FormEdge):
    """The end of an offer."""

    def load(self) -> None:
        """Find the offer."""
        self.transfer = self.find(self.request, self.kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        url = reverse("offenders:offer", args=[self.transfer.public_id])
        return super().get_context_data(caption=self.transfer.nominal.reference, back_url=url, cancel_url=url, **kwargs)

    def get_success_url(self) -> str:
        """Return the list of offers."""
        return reverse("offenders:transfer-list")


class AcceptOffer(DecideOffer):
    """Take the record."""

    form_class = AcceptForm
    title = _("Accept the record")
    button = _("Accept the record")
    done_message = _("The record is your unit's now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the officers of the unit."""
        return {"people": managers_of(self.transfer.to_unit)}

    def perform(self, offender_manager: User, reason: str) -> Nominal:
        """Accept it."""
        return accept_transfer(actor=self.request.user, transfer=self.transfer, offender_manager=offender_manager, reason=reason)


class RefuseOffer(DecideOffer):
    """Say no."""

    form_class = WhyForm
    title = _("Refuse the record")
    button = _("Refuse the record")
    done_message = _("The record stays where it is. Whoever offered it has been told.")

    def perform(self, **data: Any) -> Transfer:
        """Refuse it."""
        return refuse_transfer(actor=self.request.user, transfer=self.transfer, **data)
