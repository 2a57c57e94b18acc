"""In which circumstance a person and a recipient are, for which a dated rule says who decides. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.choices import DelegatedAuthority
from offenders.choices import MappaCategory, MappaLevel
from sharing.choices.decisions import RecipientKind
from ui.languages import StrOrPromise

AGENCY = "agency"
CATEGORY_1_LEVEL_1 = "category_1_level_1"
OTHER_LEVEL_1 = "other_level_1"
LEVEL_2_OR_3 = "level_2_or_3"
NOT_UNDER_MAPPA = "not_under_mappa"
MEDIA_OR_PUBLIC = "media_or_public"
CIRCUMSTANCES: dict[str, StrOrPromise] = {
    AGENCY: _("Sharing with an agency"),
    CATEGORY_1_LEVEL_1: _("Telling somebody about a person in category 1, managed at level 1"),
    OTHER_LEVEL_1: _("Telling somebody about a person in another category, managed at level 1"),
    LEVEL_2_OR_3: _("Telling somebody about a person managed at level 2 or 3"),
    NOT_UNDER_MAPPA: _("Telling somebody about a person who is not under MAPPA"),
    MEDIA_OR_PUBLIC: _("Telling the media or the general public"),
}
# Which authority, lent to another officer, counts in a circumstance. In the others none can be lent yet.
LENT: dict[str, DelegatedAuthority] = {CATEGORY_1_LEVEL_1: DelegatedAuthority.DISCLOSE_CATEGORY_1_LEVEL_1}


def circumstance_of(recipient_kind: str, category: int | None, level: int | None) -> str:
    """Return the circumstance; a person without category is not under MAPPA, and one without level counts as level 1."""
    if recipient_kind in {RecipientKind.MEDIA, RecipientKind.PUBLIC}:
        return MEDIA_OR_PUBLIC
    if recipient_kind == RecipientKind.AGENCY:
        return AGENCY
    if category is None:
        return NOT_UNDER_MAPPA
    if level in {MappaLevel.TWO, MappaLevel.THREE}:
        return LEVEL_2_OR_3
    return CATEGORY_1_LEVEL_1 if category == MappaCategory.ONE else OTHER_LEVEL_1
