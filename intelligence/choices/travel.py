"""Words for reports from the border, what became of them, and how they compare with what the person notified."""

from django.db import models


class Door(models.TextChoices):
    """How reports of a source come in."""

    MAILBOX = "mailbox", "Mailbox"
    FOLDER = "folder", "Folder of files"
    API = "api", "Sent by the other system"


class SenderVerdict(models.TextChoices):
    """What is known of who sent a message."""

    TRUSTED = "trusted", "Known sender, confirmed"
    UNKNOWN = "unknown", "Sender not on the list"
    FAILED = "failed", "Sender could not be confirmed"
    NOT_ASKED = "not_asked", "Not a mail"


class MessageState(models.TextChoices):
    """What became of a message as a whole."""

    TAKEN = "taken", "Waiting to be read"
    QUARANTINED = "quarantined", "Held back: look at the sender"
    READ = "read", "Read"
    REJECTED = "rejected", "Could not be read"


class AlertState(models.TextChoices):
    """What became of one report."""

    RECEIVED = "received", "Waiting to be compared"
    TRIAGE = "triage", "To be looked at"
    FILED = "filed", "On a record"
    NO_MATCH = "no_match", "Nobody like this on record"
    NOT_OURS = "not_ours", "Not a person on record"
    REJECTED = "rejected", "Cannot be used"


class Direction(models.TextChoices):
    """Which way the border was crossed."""

    OUT = "out", "Leaving"
    IN = "in", "Arriving"
    UNKNOWN = "unknown", "Not said"


class Finding(models.TextChoices):
    """How a journey that the border saw compares with what was notified."""

    CONSISTENT = "consistent", "As notified"
    NOT_NOTIFIED = "not_notified", "Not notified"
    NO_JOURNEY_OUT = "no_journey_out", "Return without a known journey out"
    LATE = "late", "Notified late"
    LATE_RETURN = "late_return", "Came back later than notified"
    OTHER_DETAILS = "other_details", "Other country or dates than notified"
    BANNED = "banned", "Against a prohibition of travel"
    NOT_REQUIRED = "not_required", "No notification required"
