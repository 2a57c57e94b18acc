"""Two records of one person become one, and can become two again. Where access to them differs, both sides must agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise, row_security
from accounts.errors import DomainError, NotPermitted
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action, rehome_actions, tell
from audit.choices import Verb
from audit.services import record_event
from offenders.choices.merging import MergeState
from offenders.guards import require_unchanged
from offenders.guards.merging import (
    require_chosen,
    require_decider,
    require_latest,
    require_lead,
    require_merge_move,
    require_not_offered,
    require_somebody_to_ask,
    require_standing,
    require_two_records,
)
from offenders.merging import plan_merge, plan_undo
from offenders.merging.undoing import highest_keys
from offenders.models import ConfidentialSection, Merge, Nominal, SectionFingerprint
from offenders.reports.merging import choices_for, deciders, needs_agreement, records_to_bring_to
from offenders.services.access import SHORTEST_REASON, require_words
from offenders.services.leaks import keep_fingerprints, owners_of
from offenders.services.merge_rows import restrict, write_back, write_plan
from offenders.services.records import save_nominal
from offenders.services.section_care import lock_own_section, settle_reviews

DECIDE = "merge"
APART = gettext_noop("A record was merged with another one. Whatever you keep apart on it stays as it is: bring it over, or leave it")


def lock_pair(one: int, other: int) -> tuple[Nominal, Nominal]:
    """Hold two records until the transaction ends, always the older first, so that two people never wait for each other."""
    rows = Nominal.objects.select_for_update(of=("self",)).select_related("force", "unit__organisation", "offender_manager")
    held = {nominal.pk: nominal for nominal in rows.filter(pk__in=[one, other]).order_by("pk")}
    return held[one], held[other]


def lock_merge(merge: Merge) -> tuple[Nominal, Nominal, Merge]:
    """Hold both records and then the merge, always in this order."""
    survivor, merged = lock_pair(merge.survivor_id, merge.merged_id)
    locked = Merge.objects.select_for_update(of=("self",)).select_related("offered_by").get(pk=merge.pk)
    locked.survivor, locked.merged = survivor, merged
    return survivor, merged, locked


@transaction.atomic
def merge_records(
    *, actor: User, survivor: Nominal, merged: Nominal, choices: Mapping[str, str], reason: str, versions: tuple[int, int] | None = None
) -> Merge:
    """Merge one record into another; where the other side must agree, offer it instead, and nothing changes until they do."""
    require_two_records(survivor, merged)
    require_lead(actor, survivor, merged)
    held = lock_pair(survivor.pk, merged.pk)
    require_standing(*held)
    led = require_lead(actor, *held)
    if Nominal.objects.for_user(actor, Perm.VIEW_MARKER).filter(pk__in=[each.pk for each in held]).count() != len(held):
        raise NotPermitted(Perm.MERGE_RECORDS)
    for nominal, version in zip(held, versions or (None, None), strict=True):
        require_unchanged(nominal, version)
    require_not_offered(*held)
    require_chosen(choices_for(actor, plan_merge(*held, choices), *held), choices)
    merge = Merge(survivor=held[0], merged=held[1], reason=reason, choices=dict(choices), offered_by=actor)
    if needs_agreement(actor, *held):
        return offer(merge, other_side(merge, led))
    merge.state, merge.decided_by, merge.decided_at = MergeState.MERGED, actor, now()
    merge.save()
    return perform(merge, actor, reason)


def other_side(merge: Merge, led: set[int]) -> Unit:
    """Return the unit that must agree: that of the record which the actor does not lead, else of the other unit."""
    if merge.merged_id not in led:
        return merge.merged.unit
    if merge.survivor_id not in led or merge.merged.unit_id == merge.offered_by.unit_id:
        return merge.survivor.unit
    return merge.merged.unit


def offer(merge: Merge, unit: Unit) -> Merge:
    """Ask the other side."""
    require_somebody_to_ask(merge)
    merge.state, merge.needs_agreement = MergeState.OFFERED, True
    merge.save()
    raise_action(
        actor=merge.offered_by, kind=DECIDE, title=gettext_noop("Two records may be one person: decide"), owner=Owner(unit=unit),
        force=unit.organisation, unit=unit, subject=merge, route="offenders:merge-list", rule="transfer-decision", key=f"merge:{merge.pk}",
    )  # fmt: skip
    tell(
        actor=merge.offered_by,
        people=deciders(merge),
        text=gettext_noop("A merge of two records waits for you"),
        route="offenders:merge-list",
    )
    record_event(Verb.CHANGED, merge, reason=merge.reason, act="Merge of two records offered", merged=merge.merged_id)
    return merge


def perform(merge: Merge, actor: User, reason: str) -> Merge:
    """Move everything; the caller holds both records and has asked whether that may be."""
    survivor, merged = merge.survivor, merge.merged
    merge.marks = highest_keys()
    merge.save(update_fields=["marks"])
    plan = plan_merge(survivor, merged, merge.choices)
    merged.merged_into = survivor
    save_nominal(merged, "merged_into")
    if merged.is_restricted and not survivor.is_restricted:
        restrict(merge, survivor)
    save_nominal(survivor)
    write_plan(merge, plan, actor)
    rehome_actions(actor=actor, nominal=survivor.pk)
    record_event(Verb.CHANGED, survivor, reason=reason, act="Another record merged into this one", merged=merged.pk, merge=merge.pk)
    record_event(Verb.CHANGED, merged, reason=reason, act="Record merged into another", survivor=survivor.pk, merge=merge.pk)
    managers = {survivor.offender_manager, merged.offender_manager}
    words = gettext_noop("A record that you manage is one with another record of the same person")
    tell(actor=actor, people=managers, text=words, nominal=survivor.pk, route="offenders:nominal")
    # Told whether or not anything is kept apart, so that the words tell nothing.
    tell(actor=actor, people=managers | owners_apart(merged), text=APART, route="offenders:own-sections")
    return merge


def owners_apart(nominal: Nominal) -> set[User]:
    """Return the people who keep something apart on a record, as far as digests of it tell."""
    digests = [bytes(each) for each in SectionFingerprint.objects.filter(nominal=nominal).values_list("digest", flat=True)]
    return set(User.objects.filter(pk__in=owners_of(nominal.pk, digests)))


def decide(merge: Merge, actor: User, state: MergeState, reason: str) -> Merge:
    """Store what became of an offer; the caller holds its lock."""
    merge.state, merge.decided_by, merge.decided_at, merge.decision_reason = state, actor, now(), reason
    merge.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    return merge


@transaction.atomic
def accept_merge(*, actor: User, merge: Merge, reason: str) -> Merge:
    """Agree, and merge. Whoever agrees is somebody else than who offered, and together they lead both records."""
    authorise(actor, Perm.MERGE_RECORDS, merge)
    survivor, merged, locked = lock_merge(merge)
    require_merge_move(locked, MergeState.MERGED)
    require_standing(survivor, merged)
    require_decider(actor, locked)
    decide(locked, actor, MergeState.MERGED, reason)
    complete_actions_about(actor=actor, subject=locked, outcome="The records were merged.")
    tell(actor=actor, people=[locked.offered_by], text=gettext_noop("A merge that you asked for was agreed to"))
    return perform(locked, actor, reason)


@transaction.atomic
def refuse_merge(*, actor: User, merge: Merge, reason: str) -> Merge:
    """Say no; both records stay as they are."""
    authorise(actor, Perm.MERGE_RECORDS, merge)
    _, _, locked = lock_merge(merge)
    require_merge_move(locked, MergeState.REFUSED)
    require_decider(actor, locked)
    decide(locked, actor, MergeState.REFUSED, reason)
    complete_actions_about(actor=actor, subject=locked, outcome="The merge was refused.")
    tell(actor=actor, people=[locked.offered_by], text=gettext_noop("A merge that you asked for was refused"), route="offenders:merge-list")
    record_event(Verb.CHANGED, locked, reason=reason, act="Merge of two records refused")
    return locked


@transaction.atomic
def withdraw_merge(*, actor: User, merge: Merge, reason: str) -> Merge:
    """Take an offer back before the other side has decided."""
    authorise(actor, Perm.MERGE_RECORDS, merge)
    _, _, locked = lock_merge(merge)
    require_merge_move(locked, MergeState.WITHDRAWN)
    if locked.offered_by_id != actor.pk and locked.offered_by.unit_id != actor.unit_id:
        raise NotPermitted(Perm.MERGE_RECORDS)
    decide(locked, actor, MergeState.WITHDRAWN, reason)
    cancel_actions_about(actor=actor, subject=locked, reason="The offer was withdrawn.")
    record_event(Verb.CHANGED, locked, reason=reason, act="Merge of two records withdrawn")
    return locked


@transaction.atomic
def undo_merge(*, actor: User, merge: Merge, reason: str, to_merged: Collection[str] = ()) -> Merge:
    """Make two records of one again: each row that moved goes back; of what was added since, only what is named goes along."""
    authorise(actor, Perm.MERGE_RECORDS, merge.survivor)
    survivor, merged, locked = lock_merge(merge)
    require_merge_move(locked, MergeState.UNDONE)
    require_latest(locked)
    added = [each for each in plan_undo(locked) if each.follows or each.key in to_merged]
    write_back(locked, added, actor)
    locked.state, locked.undone_by, locked.undone_at, locked.undo_reason = MergeState.UNDONE, actor, now(), reason
    locked.save(update_fields=["state", "undone_by", "undone_at", "undo_reason"])
    survivor.refresh_from_db()
    merged.merged_into = None
    save_nominal(merged, "merged_into")
    save_nominal(survivor)
    for nominal, act in ((survivor, "Merge undone: another record left this one"), (merged, "Merge undone: the record stands again")):
        record_event(Verb.CHANGED, nominal, reason=reason, act=act, merge=locked.pk, placed=len(added))
        rehome_actions(actor=actor, nominal=nominal.pk)
    text = gettext_noop("A merge of two records was undone. Look at what was added meanwhile")
    tell(actor=actor, people={survivor.offender_manager, merged.offender_manager}, text=text, route="offenders:nominal-list")
    return locked


@transaction.atomic
def bring_section(*, actor: User, section: ConfidentialSection, nominal: Nominal, reason: str) -> ConfidentialSection:
    """Let a section follow its record's merge, or go back after one was undone: its owner's own choice, like passing it on."""
    reason = require_words(reason, SHORTEST_REASON)
    with row_security(actor):
        locked = lock_own_section(actor, section, None)
        if nominal.pk not in {each.pk for each in records_to_bring_to(locked.nominal)}:
            raise DomainError("The section cannot go to this record.", field="nominal")
        record_event(Verb.CHANGED, locked, reason=reason, act="Section brought to another record of the person", to=nominal.pk)
        locked.nominal = nominal
        locked.version += 1
        locked.save()
        keep_fingerprints(locked)
        settle_reviews(actor)
    return locked
