"""Forms of documents. The file comes last, so that what was typed has arrived when a file is too large."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from offenders.choices.documents import DocumentKind, Marking
from offenders.forms.base import PlainForm
from offenders.guards.documents import too_large
from ui.fields import DateField

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.txt"


class UploadField(forms.FileField):
    """A file of a document."""

    def __init__(self, **kwargs: Any) -> None:
        megabytes = settings.DOCUMENT_MAX_BYTES // 1024**2
        said = _("PDF, picture, Word, Excel, PowerPoint, OpenDocument or plain text, at most {megabytes}MB.")
        words = format_lazy(said, megabytes=megabytes)
        super().__init__(label=_("File"), max_length=200, help_text=words, widget=forms.FileInput(attrs={"accept": ACCEPTED}), **kwargs)


class WithUpload(PlainForm):
    """A form whose file may have been refused while it was being read."""

    def __init__(self, *args: Any, files_too_large: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "upload" in files_too_large:
            self.fields["upload"].error_messages["required"] = lazystr(too_large(settings.DOCUMENT_MAX_BYTES))


class DocumentWords(PlainForm):
    """What a document is."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("What it is and about what. For example: Psychologist's report on treatment.")
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=DocumentKind.choices, widget=forms.RadioSelect)
    source = forms.CharField(label=_("From"), max_length=200, required=False, help_text=_("Who wrote or sent it: a name, post or agency."))
    dated_on = DateField(label=_("Date of the document"), required=False, not_in_future=True, help_text=_("The date that stands on it."))
    marking = forms.ChoiceField(
        label=_("Protective marking"), choices=Marking.choices, initial=Marking.OFFICIAL_SENSITIVE, widget=forms.RadioSelect
    )
    is_privileged = forms.BooleanField(
        label=_("Legally privileged"),
        required=False,
        help_text=_("Only the team of the record sees it, and it never leaves. It stays so. Prosecutor's advice (MG3) always is."),
    )


class DocumentForm(WithUpload, DocumentWords):
    """A new document."""

    upload = UploadField()


class ChangeDocumentForm(DocumentWords):
    """Other words for a document."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(WithUpload):
    """A newer file of a document."""

    note = forms.CharField(
        label=_("What changed"), max_length=300, required=False, help_text=_("For example: signed copy, second page added.")
    )
    upload = UploadField()
