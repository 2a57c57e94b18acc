"""Words of documents and of the files in them."""
from django.db import models


class DocumentKind(models.TextChoices):
    """What sort of paper it is."""

    REPORT = "report", "Report"
    LETTER = "letter", "Letter or e-mail"
    MINUTES = "minutes", "Minutes received"
    PHOTOGRAPH = "photograph", "Photograph"
    COURT = "court", "Court paper"
    PROSECUTOR_ADVICE = "advice", "Prosecutor's advice (MG3)"
    OTHER = "other", "Other"


class Marking(models.TextChoices):
    """The protective marking that the paper carries."""

    OFFICIAL = "official", "OFFICIAL"
    OFFICIAL_SENSITIVE = "official_sensitive", "OFFICIAL – SENSITIVE"


class FileType(models.TextChoices):
    """What a file may be, as its content shows; the value is the ending under which it is handed out."""

    PDF = "pdf", "PDF"
    JPEG = "jpg", "JPEG picture"
    PNG = "png", "PNG picture"
    WEBP = "webp", "WebP picture"
    WORD = "docx", "Word document"
    EXCEL = "xlsx", "Excel workbook"
    POWERPOINT = "pptx", "PowerPoint presentation"
    ODF_TEXT = "odt", "OpenDocument text"
    ODF_SHEET = "ods", "OpenDocument spreadsheet"
    TEXT = "txt", "Plain text"


class ScanState(models.TextChoices):
    """What the virus scanner said of a file."""

    WAITING = "waiting", "Waiting for the virus scan"
    CLEAN = "clean", "Scanned, nothing found"
    INFECTED = "infected", "Quarantined: a virus was found"
    UNSCANNED = "unscanned", "Not scanned: no scanner is set up"
