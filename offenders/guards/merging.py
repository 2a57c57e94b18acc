"""What must hold before two records are merged, or a merge is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext_noop

from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.models import User
from accounts.permissions import Perm
from offenders.choices.custody import TransferState
from offenders.choices.merging import MergeState, Side
from offenders.merging import Choice
from offenders.models import Merge, Nominal, Transfer
from offenders.reports.merging import deciders, led_by, undo_obstacle
from offenders.rules.merging import MERGE_MOVES
from ui.templatetags.ui import moment_words, words_in_sentence

MERGED_ALREADY = gettext_noop("This record was merged already. Open it again to see the record that stands in its place.")


def require_two_records(one: Nominal, other: Nominal) -> None:
    """A record is not merged with itself."""
    if one.pk == other.pk:
        raise DomainError("This is the same record. Name another one.", field="reference")


def require_standing(*nominals: Nominal) -> None:
    """None of them was merged into another: so no record is merged twice, and none into one that is part of itself."""
    if any(each.merged_into_id for each in nominals):
        raise StaleRecord(MERGED_ALREADY)


def require_not_offered(*nominals: Nominal) -> None:
    """Neither is on offer to another unit, nor in an offer to be merged."""
    keys = [each.pk for each in nominals]
    if Transfer.objects.filter(nominal__in=keys, state=TransferState.OFFERED).exists():
        raise DomainError("One of the records is on offer to another unit. Wait for the answer, or withdraw that offer first.")
    if Merge.objects.filter(Q(survivor__in=keys) | Q(merged__in=keys), state=MergeState.OFFERED).exists():
        raise DomainError("One of the records waits for an answer about a merge already. Withdraw that offer first.")


def require_chosen(asked: Iterable[Choice], chosen: Mapping[str, str]) -> None:
    """Whoever merges has said whose rows stay, for each table of which not all can."""
    for choice in asked:
        if chosen.get(choice.label) not in Side.values:
            entries = words_in_sentence(choice.words)
            raise StaleRecord("Something was added meanwhile. Choose whose entries stay: {entries}.", entries=entries)


def require_merge_move(merge: Merge, to: MergeState) -> None:
    """The merge may go on to this state from where it stands."""
    if to not in MERGE_MOVES[MergeState(merge.state)]:
        at = merge.undone_at or merge.decided_at
        state = MergeState(merge.state).label
        raise StaleRecord("{state} on {moment} already. Nothing was changed.", state=state, moment=moment_words(at))


def require_decider(actor: User, merge: Merge) -> None:
    """Somebody else than whoever offered decides, and together they lead both records."""
    if actor not in deciders(merge):
        raise NotPermitted(Perm.MERGE_RECORDS)


def require_somebody_to_ask(merge: Merge) -> None:
    """There is somebody who may decide; the words tell nothing of who may know what."""
    if not deciders(merge):
        raise DomainError("Nobody on the other side can decide on this. Speak to the supervisors of both records.")


def require_lead(actor: User, *nominals: Nominal) -> set[int]:
    """The actor leads one of the records at least."""
    led = led_by(actor, *nominals)
    if not led:
        raise NotPermitted(Perm.MERGE_RECORDS)
    return led


def require_latest(merge: Merge) -> None:
    """Merges are taken back in the reverse order: the rows of a later one stand among those of this one."""
    if obstacle := undo_obstacle(merge):
        raise DomainError(obstacle)
