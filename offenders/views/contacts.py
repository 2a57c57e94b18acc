"""Pages of the contact log: what was said with whom, writing it down, correcting it, following it up, taking it away as a paper."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event, record_read
from audit.views import get_or_404
from offenders.choices.case_file import ContactParty
from offenders.documents.contacts import contacts_paper
from offenders.forms.contacts import ContactForm, ContactSearch, CorrectionForm, OutcomeForm
from offenders.models import Contact
from offenders.reports.contacts import below, contacts_of, saying, waiting_follow_ups
from offenders.services.contacts import correct_contact, finish_follow_up, record_contact
from offenders.views.base import NominalEdge, NominalPage
from offenders.views.changes import RecordForm
from ui.pdf import pdf_response
from ui.templatetags.ui import uk_datetime

PAGE = 20


class ContactLog(NominalPage):
    """The log, newest first; words to find come by POST."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/case_file/contacts.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was found; that somebody searched is recorded, the words are not."""
        record_read(Verb.VIEWED, self.nominal, page=type(self).__name__, searched=True)
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Cut one page of the log."""
        party = self.request.GET.get("party", "")
        party = party if party in ContactParty.values else ""
        before = self.request.GET.get("before", "")
        search = ContactSearch(self.request.POST if self.request.method == "POST" else None)
        text = search.cleaned_data["text"] if search.is_valid() else ""
        rows = contacts_of(self.request.user, self.nominal)
        rows = saying(rows.filter(party=party) if party else rows, text)
        page = list(below(rows, before)[: PAGE + 1])
        shown = page[:PAGE]
        return super().get_context_data(
            contacts=shown,
            waiting=waiting_follow_ups(shown),
            search=search,
            text=text,
            party=party,
            parties=ContactParty.choices,
            is_cut=len(page) > PAGE,
            next_before=shown[-1].pk if len(page) > PAGE and not text else None,
            is_first_page=not before,
            **kwargs,
        )


class RecordContact(RecordForm):
    """Write down a conversation."""

    form_class = ContactForm
    title = _("Record a contact")
    button = _("Record the contact")
    done_message = _("The contact is in the log.")
    back = "offenders:contacts"

    def get_initial(self) -> dict[str, Any]:
        """Offer today."""
        return {"day": localdate()}

    def perform(self, **data: Any) -> Contact:
        """Record it."""
        return record_contact(actor=self.request.user, nominal=self.nominal, **data)


class OneContact(RecordForm):
    """A form about one note of the log."""

    back = "offenders:contacts"

    def load(self) -> None:
        """Find the note among those that the user may add to."""
        rows = Contact.objects.for_user(self.request.user, Perm.CHANGE_RECORD).filter(nominal=self.nominal).select_related("nominal")
        self.contact = get_or_404(rows, public_id=self.kwargs["public_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        return super().get_context_data(intro=f"{uk_datetime(self.contact.at)}: {self.contact.about}", **kwargs)


class CorrectContact(OneContact):
    """Add what is right."""

    form_class = CorrectionForm
    title = _("Correct this note")
    button = _("Add the correction")
    done_message = _("The correction stands below the note.")

    def perform(self, text: str) -> Any:
        """Add it."""
        return correct_contact(actor=self.request.user, contact=self.contact, text=text)


class FinishFollowUp(OneContact):
    """Say what came of a follow-up."""

    form_class = OutcomeForm
    title = _("Follow-up done")
    button = _("Record it")
    done_message = _("The follow-up is done.")

    def perform(self, outcome: str) -> Any:
        """Record it."""
        return finish_follow_up(actor=self.request.user, contact=self.contact, outcome=outcome)


class ExportContacts(NominalEdge):
    """The log as a paper; recorded before it leaves."""

    permission = Perm.VIEW_CASE_FILE
    http_method_names: ClassVar = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Record, then hand over the paper."""
        record_event(Verb.EXPORTED, self.nominal, page="ContactLog")
        return pdf_response(contacts_paper(request.user, self.nominal, now()), f"{self.nominal.reference}-contacts")
