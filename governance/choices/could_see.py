"""Words of who could have seen a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm, Scope
from ui.languages import StrOrPromise

# What there is of a record to see, the most guarded first: permission, words, tier.
LEVELS: tuple[tuple[Perm, StrOrPromise, int], ...] = (
    (Perm.VIEW_CONFIDENTIAL, _("Confidential section"), 4),
    (Perm.VIEW_SENSITIVE, _("Sensitive material"), 3),
    (Perm.VIEW_CASE_FILE, _("Case file"), 2),
    (Perm.VIEW_MEETING, _("MAPPA meetings"), 2),
    (Perm.VIEW_SHARING, _("Sharing"), 2),
    (Perm.VIEW_CARD, _("Operational card"), 1),
    (Perm.VIEW_MARKER, _("Marker"), 0),
)
CASE_FILE_TIER = 2

# The rule by which somebody could see it, in words.
RULES: dict[Scope, StrOrPromise] = {
    Scope.OWN: _("managed the record"),
    Scope.UNIT: _("unit owned the record"),
    Scope.UNIT_RESTRICTED: _("unit owned the record, restricted or not"),
    Scope.PARTNERED_UNIT: _("unit was a partner"),
    Scope.FORCE: _("force owned the record"),
    Scope.PARTNERED_FORCE: _("force was a partner"),
    Scope.ALL: _("role knows of every record that is not restricted"),
    Scope.STATED_REASON: _("stated a reason"),
    Scope.FORCE_STATED_REASON: _("stated a reason, own or partnered force"),
    Scope.GRANTED: _("held a grant"),
    Scope.DELEGATED: _("was lent authority"),
    Scope.BREAK_GLASS: _("opened it in an emergency"),
}


class Shown(models.TextChoices):
    """Of whom the page tells."""

    FILE = "file", _("Case file and above, and whoever looked")
    LOOKED = "looked", _("Only whoever looked")
    ALL = "all", _("Everybody, the card and the marker too")
