"""Words of the trail."""
from django.db import models


class Verb(models.TextChoices):
    """What somebody did, saw or was refused."""

    VIEWED = "viewed", "Viewed"
    LISTED = "listed", "Listed"
    SEARCHED = "searched", "Searched"
    PRINTED = "printed", "Printed"
    EXPORTED = "exported", "Exported"
    CREATED = "created", "Created"
    CHANGED = "changed", "Changed"
    REFUSED = "refused", "Refused"
    NOT_FOUND = "not found", "Asked for something that is not there or hidden"
    STATED_REASON = "stated reason", "Stated a reason"
    BROKE_GLASS = "broke glass", "Opened in an emergency"
    REVIEWED = "reviewed", "Reviewed an emergency opening"
    GRANTED = "granted", "Granted access"
    REVOKED = "revoked", "Ended access"
    EXCLUDED = "excluded", "Excluded a person"
    TOLD_MANAGER = "told manager", "Told the offender manager"
    ANSWERED = "answered", "Answered a notice"
    IMPORTED = "imported", "Imported"
    SIGNED_IN = "signed in", "Signed in"
    SIGN_IN_FAILED = "sign-in failed", "Failed to sign in"
    SIGNED_OUT = "signed out", "Signed out"
    SESSION_ENDED = "session ended", "Ended a session"
    CHANGED_ROLE = "changed role", "Changed acting role"
    DELEGATED = "delegated", "Lent authority"


class Channel(models.TextChoices):
    """By which way."""

    WEB = "web", "Browser"
    API = "api", "API"
    COMMAND = "command", "Operator command"
    SYSTEM = "system", "The system"
