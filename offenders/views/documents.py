"""Pages of documents: the list, one document with its versions and a preview, adding and changing, and the files themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.errors import DomainError
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_read
from audit.views import get_or_404
from offenders.choices.documents import FileType
from offenders.documents.previews import pages_of_pdf, picture_of_page, text_of_office
from offenders.forms.documents import ChangeDocumentForm, DocumentForm, DocumentWords, VersionForm
from offenders.forms.records import RemoveForm
from offenders.guards.documents import require_openable
from offenders.models import Document, DocumentFile
from offenders.reports.documents import beginning_of_text, is_scanner_missing
from offenders.rules.documents import MEDIA_TYPES, UnwantedFile, small_picture
from offenders.services.documents import add_document, add_version, change_document, withdraw_document
from offenders.views.base import NominalEdge, NominalPage
from offenders.views.changes import ChangeForm, RecordForm, Stored
from ui.languages import in_reader_words
from ui.templatetags.ui import uk_date

LONGEST_SIDE = 1600  # pixels of a preview
LONGEST_NUMBER = 6
# A file is handed out to be kept, never to be run: no script, no frame, no guessing at what it is.
HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


class DocumentList(NominalPage):
    """The documents of a record, newest first."""

    permission = Perm.VIEW_CASE_FILE
    template_name = "offenders/documents/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the documents."""
        rows = Document.objects.for_user(self.request.user).filter(nominal=self.nominal).with_files()
        return super().get_context_data(documents=rows, no_scanner=is_scanner_missing(), **kwargs)


class DocumentEdge(NominalEdge):
    """Finds the document of the address."""

    permission = Perm.VIEW_CASE_FILE

    def get_document(self) -> Document:
        """Return the document among those on which the user holds the page's permission."""
        rows = Document.objects.for_user(self.request.user, self.permission).filter(nominal=self.nominal).select_related("nominal")
        return get_or_404(rows.with_files(), public_id=self.kwargs["public_id"])


class DocumentPage(DocumentEdge, NominalPage):
    """One document: what it is, a preview of its newest file, every version."""

    template_name = "offenders/documents/document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the document and what can be shown of its newest file."""
        document = self.get_document()
        newest = document.versions[0]
        record_read(Verb.VIEWED, document, page="DocumentPage")
        shown = {} if document.withdrawn_at else self.shown_of(newest)
        return super().get_context_data(document=document, newest=newest, no_scanner=is_scanner_missing(), **shown, **kwargs)

    def shown_of(self, file: DocumentFile) -> dict[str, Any]:
        """Return the beginning of a text, or which page of a PDF is asked for, of how many that can be shown."""
        pages = pages_of_pdf(file)
        return {"text": beginning_of_text(file) or text_of_office(file), "pages": pages, "number": min(number_asked(self.request), pages)}


def number_asked(request: HttpRequest) -> int:
    """Return the page that the address asks for: the first, unless it is a number."""
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else 1


class UploadForm(RecordForm):
    """A form with a file, whose limit holds while it is being read."""

    upload_limit: ClassVar[str] = "DOCUMENT_MAX_BYTES"
    back = "offenders:document-list"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which file was refused already."""
        return {"files_too_large": getattr(self.request, "files_too_large", ())}


class AddDocument(UploadForm):
    """Put a paper on the record."""

    form_class = DocumentForm
    title = _("Add a document")
    button = _("Add the document")
    done_message = _("The document is on the record. Its file can be opened after the virus scan.")

    def perform(self, **data: Any) -> Document:
        """Add it."""
        return add_document(actor=self.request.user, nominal=self.nominal, **data)

    def get_success_url(self) -> str:
        """Show the document."""
        return reverse("offenders:document", args=[self.nominal.reference, self.result.public_id])


class OneDocument(DocumentEdge):
    """A form about one document that leads back to it."""

    permission = Perm.CHANGE_RECORD

    def load(self) -> None:
        """Find the document among those that the user may change."""
        self.document = self.get_document()

    def get_success_url(self) -> str:
        """Return to the document."""
        return reverse("offenders:document", args=[self.nominal.reference, self.document.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one."""
        url = self.get_success_url()
        caption = format_lazy(_("Document {number}"), number=self.document.number_words)
        return super().get_context_data(caption=caption, back_url=url, cancel_url=url, **kwargs)


class AddVersion(OneDocument, UploadForm):
    """Add a newer file; the earlier ones stay."""

    form_class = VersionForm
    title = _("Add a new version")
    button = _("Add the version")
    done_message = _("The new version is on the record. The earlier ones stay.")

    def perform(self, **data: Any) -> DocumentFile:
        """Add it."""
        return add_version(actor=self.request.user, document=self.document, **data)


class ChangeDocument(OneDocument, ChangeForm):
    """Put right what a document is called and how it is marked."""

    form_class = ChangeDocumentForm
    title = _("Change what is said of this document")
    done_message = _("Saved.")

    def version(self) -> int:
        """Return the version of the words."""
        self.document.refresh_from_db(fields=["version"])
        return self.document.version

    def get_initial(self) -> dict[str, Any]:
        """Show what is stored."""
        return {name: getattr(self.document, name) for name in DocumentWords.base_fields} | super().get_initial()

    def stored(self) -> Stored:
        """Return the words that somebody else saved."""
        row = self.get_document()
        words = [(_("Title"), row.title), (_("What it is"), row.get_kind_display()), (_("From"), row.source or _("Nothing"))]
        words += [(_("Date of the document"), uk_date(row.dated_on) or _("Nothing")), (_("Protective marking"), row.get_marking_display())]
        return [*words, (_("Legally privileged"), _("Yes") if row.is_privileged else _("No"))]

    def perform(self, **data: Any) -> Document:
        """Store them."""
        return change_document(actor=self.request.user, document=self.document, **data)


class WithdrawDocument(OneDocument, RecordForm):
    """Close a paper that should not be on this record."""

    form_class = RemoveForm
    title = _("Withdraw this document")
    button = _("Withdraw the document")
    done_message = _("The document is withdrawn. Nobody can open its files any more.")

    def perform(self, reason: str) -> Document:
        """Withdraw it."""
        return withdraw_document(actor=self.request.user, document=self.document, reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what it does."""
        intro = _("For a paper of somebody else, or one that should not be kept here. Its row stays and says who withdrew it and why.")
        return super().get_context_data(intro=intro, danger=True, **kwargs)


class DocumentContent(NominalEdge):
    """Finds the file of the address, when it may be opened."""

    permission = Perm.VIEW_CASE_FILE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send it, or go back to the document and say why not."""
        rows = DocumentFile.objects.for_user(request.user).filter(nominal=self.nominal).select_related("document", "nominal")
        row = get_or_404(rows, public_id=kwargs["public_id"])
        try:
            require_openable(row)
            return self.send(row)
        except DomainError as error:
            messages.error(request, in_reader_words(request, error))
            return redirect("offenders:document", self.nominal.reference, row.document.public_id)
        except FileNotFoundError as error:
            raise Http404 from error

    def send(self, row: DocumentFile) -> HttpResponseBase:
        """Return the answer."""
        raise NotImplementedError


class DownloadFile(DocumentContent):
    """Hands the file out to be kept, under a name that says nothing of the person."""

    def send(self, row: DocumentFile) -> HttpResponseBase:
        """Send it as it came and record that it left."""
        file = row.file.open("rb")
        record_read(Verb.EXPORTED, row, document=row.document.number, version=row.number, privileged=row.document.is_privileged)
        kind = MEDIA_TYPES[row.file_type]
        return FileResponse(file, as_attachment=True, filename=row.safe_name, content_type=kind, headers=HARMLESS)


class PreviewPicture(DocumentContent):
    """Shows a picture, encoded anew and made small."""

    def send(self, row: DocumentFile) -> HttpResponseBase:
        """Send nothing but pixels and record that they were seen."""
        if not row.is_picture:
            raise Http404
        try:
            with row.file.open("rb") as file:
                pixels = small_picture(file, LONGEST_SIDE)
        except UnwantedFile as error:
            raise DomainError(str(error)) from error
        record_read(Verb.VIEWED, row, page="PreviewPicture", document=row.document.number, version=row.number)
        return HttpResponse(pixels, content_type="image/jpeg", headers=HARMLESS)


class PreviewPage(DocumentContent):
    """Shows one page of a PDF as a picture that we drew: nothing of the file itself reaches the browser."""

    def send(self, row: DocumentFile) -> HttpResponseBase:
        """Send nothing but pixels and record which page was seen."""
        if row.file_type != FileType.PDF:
            raise Http404
        number = number_asked(self.request)
        with row.file.open("rb") as file:
            pixels = picture_of_page(file, number)
        if pixels is None:
            raise DomainError("This page cannot be shown. Download the file to read it.")
        record_read(Verb.VIEWED, row, page="PreviewPage", document=row.document.number, version=row.number, number=number)
        return HttpResponse(pixels, content_type="image/jpeg", headers=HARMLESS)
