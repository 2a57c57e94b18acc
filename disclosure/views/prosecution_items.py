"""Pages of unused material: one item, each look at it, and what it is linked to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, PageEdge, get_or_404
from disclosure.forms import prosecutions as pages
from disclosure.models import Assessment, MaterialLink, Prosecution, UnusedItem
from disclosure.reports import prosecutions as reports
from disclosure.services import prosecution_items as items
from disclosure.views.prosecution_base import CaseForm, OneProsecution
from offenders.views.base import LeakChecked


class Described(LeakChecked):
    """A form with a description for the defence, compared with what is kept apart on the record of the defendant."""

    case: Prosecution

    def records(self) -> list[Any]:
        """Return the record, where there is one."""
        return [self.case.nominal] if self.case.nominal else []


class AddItem(Described, CaseForm):
    """A new item of unused material."""

    title = _("Add an item of unused material")
    button = _("Add it")
    done_message = _("It is on the list.")

    @property
    def form_class(self) -> type[forms.Form]:  # type: ignore[override]
        """Whoever sees no sensitive material is not asked about it, and adds open items."""
        return pages.ItemForm if reports.sees_whole(self.request.user, self.case) else pages.OpenItemForm

    def perform(self, **data: Any) -> UnusedItem:
        """Add it."""
        return items.add_item(actor=self.request.user, prosecution=self.case, **{"is_sensitive": False, **data})


class OneItem(OneProsecution):
    """Finds an item that the user may see in a prosecution."""

    def find_item(self, prosecution: Prosecution) -> UnusedItem:
        """Return it; any other is not there."""
        rows = self.items(prosecution).with_latest()  # type: ignore[attr-defined]
        found: UnusedItem = get_or_404(rows.select_related("prosecution__nominal"), public_id=self.kwargs["item_id"])
        record_read(Verb.VIEWED, found, page=type(self).__name__)
        return found


class ItemPage(OneItem, PageEdge):
    """One item: what it is, each look at it, what it is linked to."""

    permission = Perm.VIEW_PROSECUTION
    template_name = "disclosure/prosecutions/item.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add its looks and links as far as the user may see them."""
        user, case = self.request.user, self.find()
        item, is_whole = self.find_item(case), reports.sees_whole(user, case)
        names = reports.ground_names()
        looks = list(Assessment.objects.for_user(user).filter(item=item).select_related("by", "examined_by"))
        for look in looks:
            look.ground_words = names.get(look.ground, look.ground)
        return super().get_context_data(
            case=case, item=item, looks=looks, links=reports.links_of(user, item), is_whole=is_whole,
            may_work=case.is_open and may(user, Perm.SCHEDULE_MATERIAL, case), **kwargs,
        )  # fmt: skip


class ItemForm(OneItem, CaseForm):
    """A form about one item."""

    def load(self) -> None:
        """Find both."""
        super().load()
        self.item = self.subject = self.find_item(self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which item."""
        return super().get_context_data(**{"intro": self.item.description, **kwargs})

    def get_success_url(self) -> str:
        """Back to the item."""
        return reverse("disclosure:prosecution-item", args=[self.kwargs["public_id"], self.kwargs["item_id"]])


class ChangeItem(Described, ItemForm):
    """Other words for an item."""

    form_class = pages.ChangeItemForm
    title = _("Describe the item anew")
    done_message = _("Saved.")

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.item, name) for name in ("description", "what", "kept_at", "version")}

    def perform(self, **data: Any) -> UnusedItem:
        """Store them."""
        return items.change_item(actor=self.request.user, item=self.item, **data)


class AssessItem(ItemForm):
    """A look at an item."""

    whole = True
    form_class = pages.AssessForm
    title = _("Look at the item")
    done_message = _("Saved. Earlier looks are kept.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose officers there are."""
        return {"actor": self.request.user}

    def perform(self, **data: Any) -> Assessment:
        """Store it."""
        return items.assess_item(actor=self.request.user, item=self.item, **data)


class DiscloseItem(ItemForm):
    """That an item was disclosed."""

    form_class = pages.DiscloseForm
    title = _("Enter that it was disclosed")
    done_message = _("Saved.")

    def perform(self, **data: Any) -> UnusedItem:
        """Store it."""
        return items.disclose_item(actor=self.request.user, item=self.item, **data)


class LinkItem(ItemForm):
    """Which thing that Vigil holds the item is."""

    form_class = pages.LinkForm
    title = _("Link the item to what is held")
    button = _("Link it")
    done_message = _("Linked. Who sees it has not changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what the user may open."""
        return {"things": reports.things_of(self.request.user, self.case)}

    def perform(self, thing: str) -> MaterialLink:
        """Link it."""
        kind, _, key = thing.partition(":")
        return items.link_item(actor=self.request.user, item=self.item, kind=kind, key=key)


class UnlinkItem(OneItem, ActEdge):
    """Takes a link off."""

    done_message = _("The link is removed.")

    def perform(self) -> None:
        """Do it."""
        item = self.find_item(self.find())
        rows = MaterialLink.objects.for_user(self.request.user, self.permission).filter(item=item)
        items.unlink_item(actor=self.request.user, item=item, link=get_or_404(rows, pk=self.kwargs["key"]))

    def get_success_url(self) -> str:
        """Back to the item."""
        return reverse("disclosure:prosecution-item", args=[self.kwargs["public_id"], self.kwargs["item_id"]])
