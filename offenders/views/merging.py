"""Pages of two records that may be one person: side by side, merging them, agreeing, taking a merge back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import may, row_security
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import FormEdge, ListEdge, PageEdge, get_or_404
from offenders.choices.merging import MergeState
from offenders.forms.merging import BringSectionForm, MergeForm, OtherRecordForm, UndoForm, WhyForm
from offenders.merging import plan_merge, plan_undo
from offenders.models import ConfidentialSection, Merge, Nominal
from offenders.reports.comparing import compare
from offenders.reports.merging import (
    choices_for,
    deciders,
    may_read_table,
    moved_tables,
    needs_agreement,
    records_to_bring_to,
    relatives_words,
    undo_obstacle,
)
from offenders.services.merges import accept_merge, bring_section, merge_records, refuse_merge, undo_merge, withdraw_merge
from offenders.views.base import NominalPage
from offenders.views.changes import RecordForm

BECOME_ONE = _(
    "{one} and {other} become one record. Everything moves to the record that stays; "
    "the other reference leads to it from then on. A merge can be undone."
)
BECOME_ONE_IF_AGREED = _(
    "{one} and {other} become one record. Everything moves to the record that stays; "
    "the other reference leads to it from then on. A merge can be undone. "
    "Access to the two records is not the same, so a supervisor of the other side must agree first."
)
RELATED = ("survivor", "merged", "offered_by", "decided_by", "undone_by")


class SamePersonPage(NominalPage):
    """The merges of this record, and the way to compare it with another."""

    permission = Perm.MERGE_RECORDS
    template_name = "offenders/merging/record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add its merges, newest first."""
        rows = Merge.objects.for_user(self.request.user)
        merges = rows.filter(survivor=self.nominal) | rows.filter(merged=self.nominal)
        return super().get_context_data(merges=merges.select_related(*RELATED).order_by("-pk"), **kwargs)


class ChooseOther(RecordForm):
    """Names another record to compare this one with."""

    permission = Perm.MERGE_RECORDS
    form_class = OtherRecordForm
    title = _("Compare with another record")
    button = _("Compare")
    back = "offenders:same-person"

    def perform(self, reference: str) -> Nominal:
        """Find it among the records that the user may know of."""
        known = Nominal.objects.for_user(self.request.user, Perm.VIEW_MARKER).exclude(pk=self.nominal.pk)
        self.other = get_or_404(known, reference=reference)
        return self.other

    def get_success_url(self) -> str:
        """Go on to the comparison."""
        return reverse("offenders:compare", args=[self.nominal.reference, self.other.reference])


class Pair:
    """Finds the other record of the address among those that the user may know of."""

    nominal: Nominal
    other: Nominal

    def find_other(self, user: User, reference: str) -> Nominal:
        """Return it; hidden, missing and the same are all 404. Looking at it is recorded too."""
        known = Nominal.objects.for_user(user, Perm.VIEW_MARKER).exclude(pk=self.nominal.pk)
        other = get_or_404(known.select_related("force", "unit", "offender_manager"), reference=reference)
        record_read(Verb.VIEWED, other, page=type(self).__name__)
        return other


class ComparePage(Pair, NominalPage):
    """Two records side by side, each with what this reader may see of it."""

    permission = Perm.MERGE_RECORDS
    template_name = "offenders/merging/compare.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the other record first."""
        self.other = self.find_other(request.user, kwargs["other"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lines of both."""
        user = self.request.user
        may_read = all(may(user, Perm.VIEW_CARD, each) for each in (self.nominal, self.other))
        warnings = relatives_words(self.nominal, self.other) if may_read else []
        lines = compare(user, self.nominal, self.other)
        agreement = needs_agreement(user, self.nominal, self.other)
        shown = {"other": self.other, "lines": lines, "warnings": warnings, "needs_agreement": agreement}
        return super().get_context_data(**{**kwargs, **shown})


class MergePage(Pair, RecordForm):
    """Merges the two, or offers it to the other side."""

    permission = Perm.MERGE_RECORDS
    form_class = MergeForm
    title = _("Merge these two records")
    button = _("Merge the records")
    back = "offenders:same-person"

    def load(self) -> None:
        """Find the other record."""
        self.other = self.find_other(self.request.user, self.kwargs["other"])

    def get_initial(self) -> dict[str, Any]:
        """Remember what the user saw."""
        return {"version": self.nominal.version, "other_version": self.other.version}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask about each table of which not all rows can stay."""
        plan = plan_merge(self.nominal, self.other, {})
        choices = choices_for(self.request.user, plan, self.nominal, self.other)
        return {"nominal": self.nominal, "other": self.other, "choices": choices}

    def perform(self, *, stays: str, reason: str, version: int, other_version: int, choices: dict[str, str]) -> Merge:
        """Merge."""
        pair, versions = (self.nominal, self.other), (version, other_version)
        if stays == self.other.reference:
            pair, versions = pair[::-1], versions[::-1]
        self.result = merge_records(
            actor=self.request.user, survivor=pair[0], merged=pair[1], choices=choices, reason=reason, versions=versions
        )
        return self.result

    def get_success_url(self) -> str:
        """Show what came of it."""
        return reverse("offenders:merge", args=[self.result.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it does."""
        said = BECOME_ONE_IF_AGREED if needs_agreement(self.request.user, self.nominal, self.other) else BECOME_ONE
        intro = format_lazy(said, one=self.nominal.reference, other=self.other.reference)
        url = reverse("offenders:compare", args=[self.nominal.reference, self.other.reference])
        return super().get_context_data(**{"intro": intro, "back_url": url, "cancel_url": url, **kwargs})


class MergeList(ListEdge):
    """Merges of records that the user leads: offers that wait, and what was decided."""

    permission = Perm.MERGE_RECORDS
    template_name = "offenders/merging/list.html"

    def rows(self) -> QuerySet:
        """Merges, newest first."""
        return Merge.objects.for_user(self.request.user).select_related(*RELATED).order_by("-pk")


class FindMerge:
    """Finds the merge of the address."""

    permission = Perm.MERGE_RECORDS

    def find(self, user: User, public_id: Any) -> Merge:
        """Return it; hidden and missing are both 404."""
        return get_or_404(Merge.objects.for_user(user).select_related(*RELATED), public_id=public_id)


class MergeDetail(FindMerge, PageEdge):
    """One merge: why, who agreed, what moved, what stayed behind."""

    template_name = "offenders/merging/merge.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what moved, and what the user may do."""
        user = self.request.user
        merge = self.find(user, kwargs["public_id"])
        record_read(Verb.VIEWED, merge.survivor, page=type(self).__name__, merge=merge.pk)
        is_offer = merge.state == MergeState.OFFERED
        obstacle = undo_obstacle(merge) if merge.state == MergeState.MERGED else ""
        shown = {
            "may_decide": is_offer and user in deciders(merge),
            "may_withdraw": is_offer and user.unit_id == merge.offered_by.unit_id,
            "may_undo": merge.state == MergeState.MERGED and may(user, Perm.MERGE_RECORDS, merge.survivor),
            "obstacle": gettext(obstacle) if obstacle else "",
            "tables": moved_tables(user, merge) if merge.state == MergeState.MERGED else [],
        }
        return super().get_context_data(merge=merge, **shown, **kwargs)


class DecideMerge(FindMerge, FormEdge):
    """A form about one merge, which leads back to it."""

    form_class: type[forms.Form] = WhyForm

    def load(self) -> None:
        """Find the merge."""
        self.merge = self.find(self.request.user, self.kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        url = reverse("offenders:merge", args=[self.merge.public_id])
        caption = format_lazy(_("{one} into {other}"), one=self.merge.merged.reference, other=self.merge.survivor.reference)
        return super().get_context_data(caption=caption, back_url=url, cancel_url=url, **kwargs)

    def get_success_url(self) -> str:
        """Return the list of merges."""
        return reverse("offenders:merge-list")


class AcceptMerge(DecideMerge):
    """Agree, and merge."""

    title = _("Agree to merge the records")
    button = _("Merge the records")
    done_message = _("The records are one now.")

    def perform(self, **data: Any) -> Merge:
        """Merge them."""
        return accept_merge(actor=self.request.user, merge=self.merge, **data)


class RefuseMerge(DecideMerge):
    """Say no."""

    title = _("Refuse to merge the records")
    button = _("Refuse")
    done_message = _("Both records stay as they are. Whoever asked has been told.")

    def perform(self, **data: Any) -> Merge:
        """Refuse it."""
        return refuse_merge(actor=self.request.user, merge=self.merge, **data)


class WithdrawMerge(DecideMerge):
    """Take an offer back."""

    title = _("Withdraw the offer to merge")
    button = _("Withdraw the offer")
    done_message = _("The offer has been withdrawn.")

    def perform(self, **data: Any) -> Merge:
        """Withdraw it."""
        return withdraw_merge(actor=self.request.user, merge=self.merge, **data)


class UndoMerge(DecideMerge):
    """Make two records of one again."""

    form_class = UndoForm
    title = _("Undo this merge")
    button = _("Undo the merge")
    done_message = _("The two records stand for themselves again.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """List what was added since, as far as the user may read it."""
        user, survivor = self.request.user, self.merge.survivor
        added = [each for each in plan_undo(self.merge) if not each.follows]
        readable = {label: may_read_table(user, label, survivor) for label in {each.relation.label for each in added}}
        return {"added": [each for each in added if readable[each.relation.label]]}

    def perform(self, reason: str, to_merged: tuple[str, ...] = ()) -> Merge:
        """Undo it."""
        return undo_merge(actor=self.request.user, merge=self.merge, reason=reason, to_merged=to_merged)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it does."""
        intro = _(
            "Every entry that moved goes back to the record that it came from, with whatever was changed in it since. "
            "What was added to such an entry goes with it."
        )
        return super().get_context_data(intro=intro, **kwargs)


class BringSection(FormEdge):
    """Lets the owner of a confidential section bring it to the record that stands in place of its own, or back."""

    permission = Perm.VIEW_CONFIDENTIAL
    form_class = BringSectionForm
    title = _("Bring this section to another record of the person")
    button = _("Bring it over")
    done_message = _("The section stands on the other record now.")

    def load(self) -> None:
        """Find the section among the user's own."""
        user = self.request.user
        with row_security(user):
            mine = ConfidentialSection.objects.for_user(user).filter(owner=user, closed_at=None).select_related("nominal")
            self.section = get_or_404(mine, public_id=self.kwargs["public_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the records that it may go to."""
        known = Nominal.objects.for_user(self.request.user, Perm.VIEW_MARKER)
        return {"records": known.filter(pk__in=[each.pk for each in records_to_bring_to(self.section.nominal)])}

    def perform(self, **data: Any) -> ConfidentialSection:
        """Bring it over."""
        return bring_section(actor=self.request.user, section=self.section, **data)

    def get_success_url(self) -> str:
        """Back to one's own."""
        return reverse("offenders:own-sections")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whose choice it is."""
        intro = _("The choice is yours alone. Readers whom you named go on reading it.")
        return super().get_context_data(intro=intro, back_url=self.get_success_url(), cancel_url=self.get_success_url(), **kwargs)
