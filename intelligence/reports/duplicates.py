"""What a reader is shown of pairs of records that may be one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import Perm
from intelligence.models import DuplicatePair
from offenders.models import Nominal
from ui.languages import StrOrPromise

CLOSED = _("The reasons show when you may read both cards.")


class ShownPair(NamedTuple):
    """A pair with the record that the reader leads first, and the reasons as far as both cards are open."""

    pair: DuplicatePair
    own: Nominal
    other: Nominal
    reasons: Sequence[StrOrPromise]
    may_be_relatives: bool
    note: str


def shown_pairs(user: User, pairs: Sequence[DuplicatePair]) -> list[ShownPair]:
    """Mask pairs for a reader, in two statements: reasons come from both cards, so both must be open."""
    keys = {key for pair in pairs for key in (pair.one_id, pair.other_id)}
    led, readable = (
        set(Nominal.objects.for_user(user, perm).filter(pk__in=keys).values_list("pk", flat=True))
        for perm in (Perm.MERGE_RECORDS, Perm.VIEW_CARD)
    )
    return [shown(pair, led, readable) for pair in pairs]


def shown(pair: DuplicatePair, led: set[int], readable: set[int]) -> ShownPair:
    """Mask one pair."""
    own, other = (pair.one, pair.other) if pair.one_id in led else (pair.other, pair.one)
    is_open = {pair.one_id, pair.other_id} <= readable
    reasons = pair.reasons if is_open else [CLOSED]
    return ShownPair(pair, own, other, reasons, pair.may_be_relatives and is_open, pair.note if is_open else "")
