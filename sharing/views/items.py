"""Pages of what would go with a decision: choosing, taking passages out, the second look, the preview, and how the recipient sees it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer

from accounts.access import may
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import ActEdge, PageEdge
from intelligence.forms.information import VersionForm
from sharing.api.serializers import SharedOut
from sharing.choices.decisions import Channel, Known
from sharing.forms.items import GateForm, ItemsForm, PassagesForm
from sharing.forms.releases import SendForm
from sharing.models import DecisionItem, Release, SharingDecision
from sharing.reports.chosen import contents_for, items_for, suggestions, with_known
from sharing.reports.items import BEHIND_GATES, read_sources
from sharing.reports.releases import release_of, releases_for
from sharing.reports.shared import as_shared
from sharing.rules.questions import SUGGESTED
from sharing.services import items as services
from sharing.services.releases import send_release
from sharing.views.base import DecisionForm, OneDecision


class OfItems(OneDecision):
    """A page about what would go: it leads back to what was chosen."""

    def get_success_url(self) -> str:
        """Back to what was chosen."""
        return reverse("sharing:items", args=[self.kwargs["public_id"]])


class ItemsPage(OfItems, PageEdge):
    """What was chosen, what each thing still needs, and what was sent."""

    permission = Perm.VIEW_SHARING
    template_name = "sharing/items/items.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this user may read and do."""
        user, decision = self.request.user, self.find()
        items = with_known(items_for(user, decision), decision)
        may_decide = may(user, Perm.DECIDE_SHARING, decision)
        return super().get_context_data(
            decision=decision,
            items=items,
            may_decide=may_decide,
            may_check=may_decide or may(user, Perm.APPROVE_SHARING, decision),
            gates=BEHIND_GATES.values(),
            releases=releases_for(user, decision),
            **kwargs,
        )


class ItemsFormEdge(OfItems, DecisionForm):
    """A form about what would go, with the version that the user saw."""


class ChooseItems(ItemsFormEdge):
    """Choosing from the open parts of the record, by heading."""

    form_class = ItemsForm
    template_name = "sharing/items/choose.html"
    title = _("Choose what would go")
    button = _("Save what is chosen")
    done_message = _("Saved. Now decide about each passage.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what this user may see now."""
        read = read_sources(self.request.user, self.decision.nominal)
        record_read(Verb.VIEWED, self.decision.nominal, page=type(self).__name__, sources=[source.code for source, _ in read])
        return {"read": read, "usual": SUGGESTED.get(self.decision.template, ())}

    def get_initial(self) -> dict[str, Any]:
        """Show what was chosen before; at first nothing is."""
        keys = list(self.decision.items.values_list("key", flat=True))
        sources = [source.code for source, _ in read_sources(self.request.user, self.decision.nominal)] if keys else []
        return super().get_initial() | dict.fromkeys(sources, keys)

    def perform(self, **data: Any) -> SharingDecision:
        """Store it."""
        return services.choose_items(actor=self.request.user, decision=self.decision, **data)


class PassGate(ItemsFormEdge):
    """Choosing something sensitive or confidential; what needs somebody's consent is shown as blocked, with who must be asked."""

    form_class = GateForm
    template_name = "sharing/items/gate.html"
    button = _("Choose it")
    done_message = _("Chosen. A second person must look at it before it goes.")

    def load(self) -> None:
        """Find the decision and what this user may see behind the gate; each thing that is shown is recorded."""
        super().load()
        self.source = BEHIND_GATES.get(self.kwargs["source"])
        if self.source is None:
            raise Http404
        read = read_sources(self.request.user, self.decision.nominal, [self.source])
        self.items = read[0][1] if read else []
        keys = [item.key for item in self.items]
        record_read(Verb.VIEWED, self.decision.nominal, page=type(self).__name__, rows=self.source.code, keys=keys)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer it."""
        return {"items": self.items}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what must not go yet."""
        blocked = [item for item in self.items if item.blocked]
        shown = {"title": _(self.source.heading), "blocked": blocked, "is_offered": len(self.items) > len(blocked)}
        return super().get_context_data(**{**shown, **kwargs})

    def perform(self, **data: Any) -> SharingDecision:
        """Store it."""
        return services.choose_gated(actor=self.request.user, decision=self.decision, source=self.source, **data)


class OneItem(OfItems):
    """Finds something that was chosen, where the user may read it."""

    def find_item(self, decision: SharingDecision) -> DecisionItem:
        """Return it with what it still needs; what the user may not read is not there."""
        items = with_known(items_for(self.request.user, decision), decision)
        found = next((item for item in items if item.is_shown and item.public_id == self.kwargs["item"]), None)
        if found is None:
            raise Http404
        return found


class Passages(OneItem, ItemsFormEdge):
    """Record and copy side by side, and what stays of each passage."""

    form_class = PassagesForm
    template_name = "sharing/items/passages.html"
    title = _("What stays and what is removed")
    button = _("Save")
    done_message = _("Saved.")

    def load(self) -> None:
        """Find both."""
        super().load()
        self.item = self.find_item(self.decision)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say which passages there are."""
        return {"item": self.item}

    def get_initial(self) -> dict[str, Any]:
        """Show what was decided; what is undecided is not chosen. Whether they have it is asked until somebody has said."""
        said = {True: "keep", False: "remove"}
        initial = super().get_initial() | {"concerns_others": self.item.concerns_others}
        for number, each in enumerate(self.item.passages, 1):
            initial |= {f"keep_{number}": said.get(each["keep"], ""), f"code_{number}": each["code"]}
        return initial if self.item.is_undecided else initial | {"known": self.item.known}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put each passage beside its copy, its suggestions and its questions."""
        form = kwargs["form"]
        found = [[_(words) for words in each] for each in suggestions(self.request.user, self.item)]
        rows = [
            {"number": number, "passage": passage, "found": words, "keep": form[f"keep_{number}"], "code": form[f"code_{number}"]}
            for number, (passage, words) in enumerate(zip(self.item.passages, found, strict=True), 1)
        ]
        return super().get_context_data(**{"item": self.item, "rows": rows, **kwargs})

    def perform(self, **data: Any) -> DecisionItem:
        """Store it."""
        return services.decide_passages(actor=self.request.user, decision=self.decision, item=self.item, **data)


class ItemAct(OneItem, ActEdge):
    """A button about something that was chosen, with the version that the user saw."""

    def perform(self) -> Any:
        """Do it."""
        decision, form = self.find(), VersionForm(self.request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else 0
        return self.act(decision, self.find_item(decision), version)

    def act(self, decision: SharingDecision, item: DecisionItem, version: int) -> Any:
        """Call the service."""
        raise NotImplementedError


class CheckItem(ItemAct):
    """The second person's look."""

    permission = Perm.VIEW_SHARING
    done_message = _("You have checked it.")

    def act(self, decision: SharingDecision, item: DecisionItem, version: int) -> DecisionItem:
        """Store it."""
        return services.check_item(actor=self.request.user, decision=decision, item=item, version=version)


class RemoveItem(ItemAct):
    """Takes something out again."""

    done_message = _("It is out.")

    def act(self, decision: SharingDecision, item: DecisionItem, version: int) -> SharingDecision:
        """Store it."""
        return services.remove_item(actor=self.request.user, decision=decision, item=item, version=version)


class Preview(OfItems, PageEdge):
    """Exactly what would go, as it would go."""

    permission = Perm.VIEW_SHARING
    template_name = "sharing/items/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the release that sending would store, as far as this user may read it."""
        user, decision = self.request.user, self.find()
        release = release_of(decision, user)
        return super().get_context_data(
            decision=decision,
            release=release,
            contents=contents_for(user, release),
            left_out=[item for item in decision.items.all() if item.known == Known.LEAVE_OUT],
            is_online=decision.channel == Channel.ONLINE,
            may_send=decision.state == "approved" and may(user, Perm.DECIDE_SHARING, decision),
            **kwargs,
        )


class ViewAs(OfItems, PageEdge):
    """The recipient's page and the answer to its system, before and after it accepts the handling; nothing is stored."""

    permission = Perm.VIEW_SHARING
    template_name = "sharing/items/view_as.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Make both from a release that is not stored."""
        user, decision = self.request.user, self.find()
        release: Release = release_of(decision, user)
        release.contents = [each for each in contents_for(user, release) if each.pop("is_shown")]
        before = as_shared(release)
        release.acknowledged_at = now()
        after = as_shared(release)
        answers = [JSONRenderer().render(SharedOut(each).data, "application/json; indent=2").decode() for each in (before, after)]
        return super().get_context_data(decision=decision, before=before, after=after, answers=answers, **kwargs)


class SendRelease(ItemsFormEdge):
    """Sends what the preview showed."""

    form_class = SendForm
    title = _("Send it")
    button = _("Send")
    done_message = _("Sent.")

    def perform(self, **data: Any) -> Release:
        """Send it."""
        return send_release(actor=self.request.user, decision=self.decision, **data)

    def get_success_url(self) -> str:
        """On to the release; before it exists, back to the preview."""
        sent: Release | None = getattr(self, "result", None)
        if sent is not None:
            return reverse("sharing:release", args=[sent.public_id])
        return reverse("sharing:preview", args=[self.kwargs["public_id"]])
