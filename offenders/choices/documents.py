"""Words of documents and of the files in them."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What sort of paper it is."""

    REPORT = "report", _("Report")
    LETTER = "letter", _("Letter or e-mail")
    MINUTES = "minutes", _("Minutes received")
    PHOTOGRAPH = "photograph", _("Photograph")
    COURT = "court", _("Court paper")
    PROSECUTOR_ADVICE = "advice", _("Prosecutor's advice (MG3)")
    OTHER = "other", _("Other")


class Marking(models.TextChoices):
    """The protective marking that the paper carries."""

    OFFICIAL = "official", _("OFFICIAL")
    OFFICIAL_SENSITIVE = "official_sensitive", _("OFFICIAL – SENSITIVE")


class FileType(models.TextChoices):
    """What a file may be, as its content shows; the value is the ending under which it is handed out."""

    PDF = "pdf", _("PDF")
    JPEG = "jpg", _("JPEG picture")
    PNG = "png", _("PNG picture")
    WEBP = "webp", _("WebP picture")
    WORD = "docx", _("Word document")
    EXCEL = "xlsx", _("Excel workbook")
    POWERPOINT = "pptx", _("PowerPoint presentation")
    ODF_TEXT = "odt", _("OpenDocument text")
    ODF_SHEET = "ods", _("OpenDocument spreadsheet")
    TEXT = "txt", _("Plain text")


class ScanState(models.TextChoices):
    """What the virus scanner said of a file."""

    WAITING = "waiting", _("Waiting for the virus scan")
    CLEAN = "clean", _("Scanned, nothing found")
    INFECTED = "infected", _("Quarantined: a virus was found")
    UNSCANNED = "unscanned", _("Not scanned: no scanner is set up")
