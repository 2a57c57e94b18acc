"""Words of the trail."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What somebody did, saw or was refused."""

    VIEWED = "viewed", _("Viewed")
    LISTED = "listed", _("Listed")
    SEARCHED = "searched", _("Searched")
    PRINTED = "printed", _("Printed")
    EXPORTED = "exported", _("Exported")
    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    REFUSED = "refused", _("Refused")
    NOT_FOUND = "not found", _("Asked for something that is not there or hidden")
    STATED_REASON = "stated reason", _("Stated a reason")
    BROKE_GLASS = "broke glass", _("Opened in an emergency")
    REVIEWED = "reviewed", _("Reviewed an emergency opening")
    GRANTED = "granted", _("Granted access")
    REVOKED = "revoked", _("Ended access")
    EXCLUDED = "excluded", _("Excluded a person")
    TOLD_MANAGER = "told manager", _("Told the offender manager")
    ANSWERED = "answered", _("Answered a notice")
    IMPORTED = "imported", _("Imported")
    SIGNED_IN = "signed in", _("Signed in")
    SIGN_IN_FAILED = "sign-in failed", _("Failed to sign in")
    SIGNED_OUT = "signed out", _("Signed out")
    SESSION_ENDED = "session ended", _("Ended a session")
    CHANGED_ROLE = "changed role", _("Changed acting role")
    DELEGATED = "delegated", _("Lent authority")


class Channel(models.TextChoices):
    """By which way."""

    WEB = "web", _("Browser")
    API = "api", _("API")
    COMMAND = "command", _("Operator command")
    SYSTEM = "system", _("The system")


class CheckState(models.TextChoices):
    """How far a verification of the log is."""

    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("Running")
    WHOLE = "whole", _("Whole")
    BROKEN = "broken", _("Not whole")
    STOPPED = "stopped", _("Stopped before its end")


class Fault(models.TextChoices):
    """What can be wrong with the log, in words for whoever reads what a verification found."""

    CHANGED = "changed", _("an entry was changed")
    REMOVED = "removed", _("an entry was removed")
    INSERTED = "inserted", _("an entry was put in after the sealing")
    MOVED = "reordered", _("an entry stands in the place of another")
    AHEAD = "ahead", _("an entry has a number that was not given out yet")
    ERASED_CHANGED = "erased changed", _("an entry whose content was erased holds content again")
    KEY_LOST = "key lost", _("the key by which entries of one record are checked is gone, and no disposal took it")
    SEAL_CHANGED = "seal changed", _("the seal itself was changed")
    CHAIN_BROKEN = "chain broken", _("a seal does not follow the one before it")
    OTHER_INSTALLATION = "other installation", _("a seal comes from another installation")
    CUT_OFF = "cut off", _("the anchor outside knows of a later seal: the end was cut off")
    ANCHOR_DIFFERS = "anchor differs", _("the anchor outside says something else of a seal")
    ANCHOR_UNREADABLE = "anchor unreadable", _("the anchor outside is missing or cannot be read")
    UNSEALED = "unsealed", _("entries older than a day are not sealed")
    UNPROTECTED = "unprotected", _("the database no longer refuses changes of the log")
    UNPROVED = "unproved", _("the path to the root of the seal does not hold")
