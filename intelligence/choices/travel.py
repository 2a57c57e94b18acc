"""Words for reports from the border, what became of them, and how they compare with what the person notified."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Door(models.TextChoices):
    """How reports of a source come in."""

    MAILBOX = "mailbox", _("Mailbox")
    FOLDER = "folder", _("Folder of files")
    API = "api", _("Sent by the other system")


class SenderVerdict(models.TextChoices):
    """What is known of who sent a message."""

    TRUSTED = "trusted", _("Known sender, confirmed")
    UNKNOWN = "unknown", _("Sender not on the list")
    FAILED = "failed", _("Sender could not be confirmed")
    NOT_ASKED = "not_asked", _("Not a mail")


class MessageState(models.TextChoices):
    """What became of a message as a whole."""

    TAKEN = "taken", _("Waiting to be read")
    QUARANTINED = "quarantined", _("Held back: look at the sender")
    READ = "read", _("Read")
    REJECTED = "rejected", _("Could not be read")


class AlertState(models.TextChoices):
    """What became of one report."""

    RECEIVED = "received", _("Waiting to be compared")
    TRIAGE = "triage", _("To be looked at")
    FILED = "filed", _("On a record")
    NO_MATCH = "no_match", _("Nobody like this on record")
    NOT_OURS = "not_ours", _("Not a person on record")
    REJECTED = "rejected", _("Cannot be used")


class Direction(models.TextChoices):
    """Which way the border was crossed."""

    OUT = "out", _("Leaving")
    IN = "in", _("Arriving")
    UNKNOWN = "unknown", _("Not said")


class Finding(models.TextChoices):
    """How a journey that the border saw compares with what was notified."""

    CONSISTENT = "consistent", _("As notified")
    NOT_NOTIFIED = "not_notified", _("Not notified")
    NO_JOURNEY_OUT = "no_journey_out", _("Return without a known journey out")
    LATE = "late", _("Notified late")
    LATE_RETURN = "late_return", _("Came back later than notified")
    OTHER_DETAILS = "other_details", _("Other country or dates than notified")
    BANNED = "banned", _("Against a prohibition of travel")
    NOT_REQUIRED = "not_required", _("No notification required")
