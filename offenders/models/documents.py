"""Documents of the case file (tier 2): what each is, and its files, of which none is overwritten."""

import uuid
from typing import ClassVar

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.permissions import Perm
from offenders.choices.documents import DocumentKind, FileType, Marking, ScanState
from offenders.models.nominal import Nominal, NominalPart
from offenders.querysets.documents import DocumentFileQuerySet, DocumentQuerySet
from offenders.rules.documents import PICTURES, READ_AS_TEXT, is_openable


class Document(NominalPart):
    """A paper about one nominal. Its number counts up within the record, so that people can name it without its title.

    Privileged papers count for themselves: a gap among the others would tell of one.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="documents")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=DocumentKind)
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL_SENSITIVE)
    source = models.CharField("from", max_length=200, blank=True, help_text="Who wrote or sent it.")
    dated_on = models.DateField(null=True, blank=True)
    is_privileged = models.BooleanField("legally privileged", default=False, help_text="Never part of a disclosure, a bundle or a share.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_why = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["nominal", "is_privileged", "number"], name="document_number_once_in_its_series"),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_numbers_start_at_one"),
            models.CheckConstraint(
                condition=~Q(kind=DocumentKind.PROSECUTOR_ADVICE) | Q(is_privileged=True), name="document_prosecutors_advice_is_privileged"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
                name="document_withdrawn_wholly",
            ),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values, marking__in=Marking.values), name="document_words_known"),
        )

    @property
    def number_words(self) -> str:
        """The number as people say it: P1 is the first of the privileged ones."""
        return f"P{self.number}" if self.is_privileged else str(self.number)


class DocumentFile(NominalPart):
    """One version of a document. The first name is kept as data; the stored name says nothing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nominal = models.ForeignKey(Nominal, on_delete=models.CASCADE, related_name="document_files")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to="documents/", max_length=200)
    original_name = models.CharField(max_length=200)
    file_type = models.CharField(max_length=5, choices=FileType)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField("what changed", max_length=300, blank=True)
    scan_state = models.CharField(max_length=10, choices=ScanState, default=ScanState.WAITING)
    scanned_at = models.DateTimeField(null=True, blank=True)
    scan_words = models.CharField(max_length=200, blank=True, help_text="What the scanner found, or why it could not say.")
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="When a worker took the scan up.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    read_permission: ClassVar[Perm] = Perm.VIEW_CASE_FILE
    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="document_file_number_once"),
            models.UniqueConstraint(fields=["document", "sha256"], name="document_each_file_once"),
            models.CheckConstraint(condition=Q(number__gte=1, size__gte=1), name="document_file_has_number_and_size"),
            models.CheckConstraint(
                condition=Q(file_type__in=FileType.values, scan_state__in=ScanState.values), name="document_file_words_known"
            ),
            models.CheckConstraint(
                condition=Q(scan_state__in=[ScanState.WAITING, ScanState.UNSCANNED], scanned_at__isnull=True)
                | Q(scan_state__in=[ScanState.CLEAN, ScanState.INFECTED], scanned_at__isnull=False),
                name="document_file_scanned_when_it_says_so",
            ),
        )
        indexes = (
            models.Index(
                fields=["added_at"], condition=Q(scan_state__in=[ScanState.WAITING, ScanState.UNSCANNED]), name="document_file_to_scan"
            ),
        )

    @property
    def is_openable(self) -> bool:
        """Whether people may open it."""
        return is_openable(self.scan_state)

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.file_type in PICTURES

    @property
    def is_text(self) -> bool:
        """Whether it can be shown as text."""
        return self.file_type == FileType.TEXT

    @property
    def is_previewed(self) -> bool:
        """Whether pages or text of it are shown, unless it is broken."""
        return self.file_type == FileType.PDF or self.file_type in READ_AS_TEXT

    @property
    def safe_name(self) -> str:
        """The name under which it is handed out: says which file it is and nothing of the person."""
        return f"{self.nominal.reference}-document-{self.document.number_words}-version-{self.number}.{self.file_type}"


auditlog.register(Document, exclude_fields=["version", "number"])
auditlog.register(DocumentFile, exclude_fields=["file", "claimed_at"], mask_fields=["original_name"])
