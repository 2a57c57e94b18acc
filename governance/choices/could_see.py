"""Words of who could have seen a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm, Scope

# What there is of a record to see, the most guarded first: permission, words, tier.
LEVELS: tuple[tuple[Perm, str, int], ...] = (
    (Perm.VIEW_CONFIDENTIAL, "Confidential section", 4),
    (Perm.VIEW_SENSITIVE, "Sensitive material", 3),
    (Perm.VIEW_CASE_FILE, "Case file", 2),
    (Perm.VIEW_MEETING, "MAPPA meetings", 2),
    (Perm.VIEW_SHARING, "Sharing", 2),
    (Perm.VIEW_CARD, "Operational card", 1),
    (Perm.VIEW_MARKER, "Marker", 0),
)
CASE_FILE_TIER = 2

# The rule by which somebody could see it, in words.
RULES: dict[Scope, str] = {
    Scope.OWN: "managed the record",
    Scope.UNIT: "unit owned the record",
    Scope.UNIT_RESTRICTED: "unit owned the record, restricted or not",
    Scope.PARTNERED_UNIT: "unit was a partner",
    Scope.FORCE: "force owned the record",
    Scope.PARTNERED_FORCE: "force was a partner",
    Scope.ALL: "role knows of every record that is not restricted",
    Scope.STATED_REASON: "stated a reason",
    Scope.FORCE_STATED_REASON: "stated a reason, own or partnered force",
    Scope.GRANTED: "held a grant",
    Scope.DELEGATED: "was lent authority",
    Scope.BREAK_GLASS: "opened it in an emergency",
}


class Shown(models.TextChoices):
    """Of whom the page tells."""

    FILE = "file", _("Case file and above, and whoever looked")
    LOOKED = "looked", _("Only whoever looked")
    ALL = "all", _("Everybody, the card and the marker too")
