"""Pages of pairs of records that may be one person."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, get_or_404
from intelligence.choices.duplicates import PairState
from intelligence.forms.duplicates import ProposeForm, RefuseForm
from intelligence.models import DuplicatePair
from intelligence.reports.duplicates import shown_pairs
from intelligence.services.duplicates import propose_duplicate, refuse_pair
from offenders.models import Nominal
from offenders.views.changes import RecordForm


class DuplicateList(ListEdge):
    """Pairs of which the user leads one record at least, newest first; or those that were refused."""

    permission = Perm.MERGE_RECORDS
    template_name = "intelligence/duplicates/list.html"
    context_name = "pairs"

    def rows(self) -> QuerySet:
        """Pairs to be looked at, or refused ones."""
        self.refused = self.request.GET.get("show") == "refused"
        state = PairState.REFUSED if self.refused else PairState.OPEN
        rows = DuplicatePair.objects.for_user(self.request.user).filter(state=state)
        return rows.select_related("one", "other", "refused_by", "proposed_by").order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Mask the reasons for this reader."""
        context = super().get_context_data(**kwargs)
        return {**context, "shown": shown_pairs(self.request.user, context["pairs"]), "refused": self.refused}

    def record(self, shown: list[DuplicatePair]) -> None:
        """Both records of each pair were shown."""
        record_read(Verb.LISTED, page=type(self).__name__, ids=sorted({key for pair in shown for key in (pair.one_id, pair.other_id)}))


class RefusePair(FormEdge):
    """Says that two records are about two people."""

    permission = Perm.MERGE_RECORDS
    form_class = RefuseForm
    title = _("These are two people")
    button = _("Save")
    done_message = _("The pair is not proposed again until either record changes.")

    def load(self) -> None:
        """Find the pair."""
        pairs = DuplicatePair.objects.for_user(self.request.user).waiting().select_related("one", "other")
        self.pair = get_or_404(pairs, public_id=self.kwargs["public_id"])

    def perform(self, **data: Any) -> DuplicatePair:
        """Refuse it."""
        return refuse_pair(actor=self.request.user, pair=self.pair, **data)

    def get_success_url(self) -> str:
        """Back to the list."""
        return reverse("intelligence:duplicates")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the two records."""
        caption = gettext("%(one)s and %(other)s") % {"one": self.pair.one.reference, "other": self.pair.other.reference}
        return super().get_context_data(caption=caption, back_url=self.get_success_url(), cancel_url=self.get_success_url(), **kwargs)


class ProposeDuplicate(RecordForm):
    """Says by hand that another record may be about the same person."""

    permission = Perm.CHANGE_RECORD
    form_class = ProposeForm
    title = _("This may be the same person as another record")
    button = _("Tell the supervisors")
    done_message = _("The supervisors of both records have been told.")
    back = "offenders:identity"

    def perform(self, reference: str, reason: str) -> DuplicatePair:
        """Propose the pair."""
        known = Nominal.objects.for_user(self.request.user, Perm.VIEW_MARKER)
        other = get_or_404(known.select_related("unit"), reference=reference)
        return propose_duplicate(actor=self.request.user, nominal=self.nominal, other=other, reason=reason)
