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


class CheckState(models.TextChoices):
    """How far a verification of the log is."""

    WAITING = "waiting", "Waiting for its turn"
    RUNNING = "running", "Running"
    WHOLE = "whole", "Whole"
    BROKEN = "broken", "Not whole"
    STOPPED = "stopped", "Stopped before its end"


class Fault(models.TextChoices):
    """What can be wrong with the log, in words for whoever reads what a verification found."""

    CHANGED = "changed", "an entry was changed"
    REMOVED = "removed", "an entry was removed"
    INSERTED = "inserted", "an entry was put in after the sealing"
    MOVED = "reordered", "an entry stands in the place of another"
    AHEAD = "ahead", "an entry has a number that was not given out yet"
    ERASED_CHANGED = "erased changed", "an entry whose content was erased holds content again"
    KEY_LOST = "key lost", "the key by which entries of one record are checked is gone, and no disposal took it"
    SEAL_CHANGED = "seal changed", "the seal itself was changed"
    CHAIN_BROKEN = "chain broken", "a seal does not follow the one before it"
    OTHER_INSTALLATION = "other installation", "a seal comes from another installation"
    CUT_OFF = "cut off", "the anchor outside knows of a later seal: the end was cut off"
    ANCHOR_DIFFERS = "anchor differs", "the anchor outside says something else of a seal"
    ANCHOR_UNREADABLE = "anchor unreadable", "the anchor outside is missing or cannot be read"
    UNSEALED = "unsealed", "entries older than a day are not sealed"
    UNPROTECTED = "unprotected", "the database no longer refuses changes of the log"
    UNPROVED = "unproved", "the path to the root of the seal does not hold"
