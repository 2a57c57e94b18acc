"""Pages of the case file: what it holds at a glance, and adding, changing, ending and verifying each sort of entry."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from audit.views import get_or_404
from offenders.documents.case_file import describe_entry
from offenders.documents.papers import summary_paper
from offenders.forms.case_file import (
    AddressForm,
    AssociateChangeForm,
    AssociateForm,
    DeviceForm,
    EndEntryForm,
    HouseholdForm,
    MarkingForm,
    MoveForm,
    OccupationForm,
    OnlineIdentityForm,
    ProtectedPersonForm,
    VehicleForm,
    VerifyEntryForm,
)
from offenders.models import Address, Marking
from offenders.models.case_file import FilePart
from offenders.reports.case_file import BY_SLUG, Sort, entries_of, marking_of, name_associates, named_elsewhere, numbers_of, read_parts
from offenders.rules.case_file import last_of
from offenders.services.case_file import add_entry, change_entry, end_entry, move_home, set_marking, verify_entry
from offenders.views.base import NominalEdge, NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored
from ui.languages import StrOrPromise
from ui.pdf import pdf_response
from ui.templatetags.ui import date_words

FORMS: dict[str, type[forms.Form]] = {
    "address": AddressForm,
    "household": HouseholdForm,
    "protected": ProtectedPersonForm,
    "associate": AssociateForm,
    "occupation": OccupationForm,
    "online": OnlineIdentityForm,
    "device": DeviceForm,
    "vehicle": VehicleForm,
}


class CaseFilePage(NominalPage):
    """Every sort of entry, what holds now and what is over."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/case_file/page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the file as far as the user may see it."""
        user, today = self.request.user, localdate()
        return super().get_context_data(
            parts=read_parts(user, self.nominal, today),
            numbers=numbers_of(user, self.nominal),
            named=named_elsewhere(user, self.nominal),
            marking=marking_of(user, self.nominal, today),
            **kwargs,
        )


class PrintCaseFile(NominalEdge):
    """The case file as a paper; recorded before it leaves."""

    permission = Perm.VIEW_CASE_FILE
    http_method_names: ClassVar = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Record, then hand over the paper."""
        record_event(Verb.PRINTED, self.nominal, page="CaseFilePage")
        return pdf_response(summary_paper(request.user, self.nominal, now()), f"{self.nominal.reference}-case-file")


class EntryPage(RecordForm):
    """A form about an entry of a sort that the address names; leads back to the case file."""

    back = "offenders:case-file"

    @property
    def sort(self) -> Sort:
        """The sort of entry."""
        if self.kwargs["kind"] not in BY_SLUG:
            raise Http404
        return BY_SLUG[self.kwargs["kind"]]

    def load_entry(self) -> FilePart:
        """Find the entry among those that the user may change."""
        rows = entries_of(self.request.user, self.nominal, self.sort.model, Perm.CHANGE_RECORD)
        entry: FilePart = get_or_404(rows, public_id=self.kwargs["public_id"])
        if self.sort.slug == "associate":
            name_associates(self.request.user, [entry])
        return entry

    def addresses(self) -> dict[str, Any]:
        """Offer the record's addresses to a form that asks for one."""
        rows = Address.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal)
        return {"addresses": rows}


class AddEntry(EntryPage):
    """Add an entry."""

    button = _("Add")
    done_message = _("Added to the case file.")

    def load(self) -> None:
        """Take form and words from the sort."""
        self.form_class, self.title = FORMS[self.sort.slug], self.sort.adding  # type: ignore[misc]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the record's addresses."""
        return self.addresses()

    def perform(self, **data: Any) -> FilePart:
        """Add it."""
        data.pop("version")
        return add_entry(actor=self.request.user, nominal=self.nominal, model=self.sort.model, **data)


class ChangeEntry(ChangeForm, EntryPage):
    """Put an entry right."""

    button = _("Save")
    done_message = _("Saved. The history keeps what it said before.")

    def load(self) -> None:
        """Find the entry; who an associate is stays."""
        self.entry = self.load_entry()
        self.form_class = AssociateChangeForm if self.sort.slug == "associate" else FORMS[self.sort.slug]  # type: ignore[misc]
        self.title = self.sort.changing  # type: ignore[misc]

    def version(self) -> int:
        """Return the version that is stored now."""
        self.entry.refresh_from_db(fields=["version"])
        return self.entry.version

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the record's addresses."""
        return self.addresses()

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        days = {"starts_on": self.entry.period.lower, "ends_on": last_of(self.entry.period), "version": self.entry.version}
        return {name: getattr(self.entry, name) for name in self.form_class.base_fields if hasattr(self.entry, name)} | days

    def stored(self) -> Stored:
        """Return what somebody else saved."""
        words = describe_entry(self.load_entry())
        return [(_("Now"), words.title), *(("", line) for line in words.lines)]

    def perform(self, **data: Any) -> FilePart:
        """Store it; a form without a version is a copy that nobody saw."""
        return change_entry(actor=self.request.user, entry=self.entry, **data | {"version": data["version"] or 0})


class EndEntry(EntryPage):
    """Say which day was an entry's last."""

    form_class = EndEntryForm
    button = _("End it")
    done_message = _("Ended. It stays in the file among what is over.")

    def load(self) -> None:
        """Find the entry."""
        self.entry, self.title = self.load_entry(), _("End this entry")  # type: ignore[misc]

    def get_initial(self) -> dict[str, Any]:
        """Offer today."""
        return {"ends_on": localdate()}

    def perform(self, **data: Any) -> FilePart:
        """End it."""
        return end_entry(actor=self.request.user, entry=self.entry, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=describe_entry(self.entry).title, **kwargs)


class VerifyEntry(EndEntry):
    """Say that somebody made sure of an entry."""

    form_class = VerifyEntryForm
    button = _("Record it")
    done_message = _("Verification recorded.")

    def load(self) -> None:
        """Find the entry."""
        self.entry, self.title = self.load_entry(), _("Verify this entry")  # type: ignore[misc]

    def get_initial(self) -> dict[str, Any]:
        """Offer today."""
        return {"verified_on": localdate()}

    def perform(self, **data: Any) -> FilePart:
        """Record it."""
        return verify_entry(actor=self.request.user, entry=self.entry, **data)


class MoveHome(RecordForm):
    """End the main address and begin the next."""

    form_class = MoveForm
    title = _("Record a move")
    button = _("Record the move")
    done_message = _("The move has been recorded. The old main address ended the day before.")
    back = "offenders:case-file"

    def get_initial(self) -> dict[str, Any]:
        """Offer today and a home."""
        return {"moved_on": localdate(), "kind": "home"}

    def perform(self, **data: Any) -> Address:
        """Record it."""
        return move_home(actor=self.request.user, nominal=self.nominal, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which address is left."""
        rows = Address.objects.for_user(self.request.user).filter(nominal=self.nominal, is_main=True, period__contains=localdate())
        left = rows.first()
        words: StrOrPromise = _("No main address is recorded yet.")
        if left:
            day = date_words(left.period.lower)
            words = format_lazy(_("Main address now: {address}, since {day}."), address=left.words, day=day)
        return super().get_context_data(intro=words, **kwargs)


class Markings(NominalPage):
    """How the file was marked, newest first."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/case_file/marking.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the history."""
        rows = Marking.objects.for_user(self.request.user).filter(nominal=self.nominal).select_related("set_by").order_by("-period")
        return super().get_context_data(markings=rows, **kwargs)


class ChangeMarking(ChangeForm):
    """Mark the case file."""

    form_class = MarkingForm
    title = _("Change the marking")
    button = _("Set the marking")
    done_message = _("The marking has been set. It stands on every page and paper of the file.")
    back = "offenders:marking"

    def get_initial(self) -> dict[str, Any]:
        """Offer today and what holds now."""
        held = marking_of(self.request.user, self.nominal, localdate())
        now_held = {"level": held.level, "handling": held.handling} if held else {"level": "official_sensitive"}
        return super().get_initial() | now_held | {"starts_on": localdate()}

    def stored(self) -> Stored:
        """Return what holds now."""
        held = marking_of(self.request.user, self.nominal, localdate())
        return [(_("Marking"), held.words if held else _("OFFICIAL – SENSITIVE"))]

    def perform(self, **data: Any) -> Marking:
        """Set it."""
        return set_marking(actor=self.request.user, nominal=self.nominal, **data)
