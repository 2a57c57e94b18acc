"""Pairs of records that may be one person: found by comparison, proposed by hand, refused for good."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError, NotPermitted
from accounts.models import User
from accounts.permissions import Perm
from actions.services import tell
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.duplicates import PairState
from intelligence.matching.duplicates import Likeness, find_likenesses
from intelligence.models import DuplicatePair
from offenders.models import DateOfBirth, Identifier, Name, Nominal

AT_ONCE = 500
TAKE = """
DELETE FROM intelligence_duplicatecheck WHERE nominal_id IN (
    SELECT nominal_id FROM intelligence_duplicatecheck ORDER BY nominal_id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING nominal_id
"""
ASK_ALL = """
INSERT INTO intelligence_duplicatecheck (nominal_id) SELECT id FROM offenders_nominal WHERE merged_into_id IS NULL ORDER BY id
ON CONFLICT DO NOTHING
"""


def find_duplicates(*, actor: User | None, everybody: bool = False) -> int:
    """Compare the records that changed, or all, with all others; return how many pairs are new or open again. Safe to run twice."""
    if everybody:
        with connection.cursor() as cursor:
            cursor.execute(ASK_ALL)
    total = 0
    while (number := compare_some(actor)) is not None:
        total += number
    return total


@transaction.atomic
def compare_some(actor: User | None) -> int | None:
    """Take some records and compare them; None when none waits."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [AT_ONCE])
        keys = [key for (key,) in cursor.fetchall()]
    return compare_records(actor=actor, keys=keys) if keys else None


@transaction.atomic
def compare_records(*, actor: User | None, keys: Collection[int]) -> int:
    """Compare these records with all others; return how many pairs are new."""
    return keep_pairs(actor, keys, find_likenesses(keys))


def keep_pairs(actor: User | None, keys: Collection[int], found: Collection[Likeness]) -> int:
    """Store what was found; drop what the comparison no longer finds, and leave alone what people said."""
    about = DuplicatePair.objects.filter(Q(one__in=keys) | Q(other__in=keys)).select_for_update(of=("self",)).order_by("pk")
    known = {(pair.one_id, pair.other_id): pair for pair in about}
    identities = identities_of({key for each in found if (each.one, each.other) in known for key in (each.one, each.other)})
    new = []
    for each in found:
        pair = known.pop((each.one, each.other), None)
        if pair is None:
            new.append(DuplicatePair(one_id=each.one, other_id=each.other, **values_of(each)))
        elif pair.state == PairState.OPEN or pair.refused_identity != digest_of(identities, each.one, each.other):
            renew(pair, each)
    made = DuplicatePair.objects.bulk_create(new, ignore_conflicts=True)
    DuplicatePair.objects.filter(pk__in=[pair.pk for pair in known.values() if pair.state == PairState.OPEN and not pair.note]).delete()
    if made:
        record_event(Verb.CREATED, None, act="Pairs of records proposed", pairs=len(made))
    return len(made)


def values_of(each: Likeness) -> dict[str, object]:
    """Return the columns of a pair that the comparison fills."""
    return {"weight": each.weight, "reasons": list(each.reasons), "may_be_relatives": each.may_be_relatives}


def renew(pair: DuplicatePair, each: Likeness) -> None:
    """Store what the comparison says now; a refused pair of which either record changed is open again."""
    values = {**values_of(each), "state": PairState.OPEN}
    if any(getattr(pair, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(pair, name, value)
        pair.save(update_fields=list(values))


def identities_of(keys: Collection[int]) -> dict[int, list[str]]:
    """Return what identifies each record, in one order."""
    found: dict[int, list[str]] = {key: [] for key in keys}
    names = Name.objects.filter(nominal__in=keys).values_list("nominal", "given_names", "surname")
    births = DateOfBirth.objects.filter(nominal__in=keys).values_list("nominal", "year", "month", "day")
    numbers = Identifier.objects.filter(nominal__in=keys).values_list("nominal", "kind", "value")
    rows: Iterable[tuple[object, ...]] = [*names, *births, *numbers]
    for key, *values in rows:
        found[int(str(key))].append(repr(values))
    return {key: sorted(said) for key, said in found.items()}


def digest_of(identities: dict[int, list[str]], one: int, other: int) -> str:
    """Return a digest of two identities: another when either changes."""
    return sha256(repr([identities[one], identities[other]]).encode()).hexdigest()


@transaction.atomic
def propose_duplicate(*, actor: User, nominal: Nominal, other: Nominal, reason: str) -> DuplicatePair:
    """Say by hand that two records may be one person; the supervisors of both units are told."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    if nominal.pk == other.pk:
        raise DomainError("This is the same record. Name another one.", field="reference")
    if not Nominal.objects.for_user(actor, Perm.VIEW_MARKER).filter(pk=other.pk).exists():
        raise NotPermitted(Perm.VIEW_MARKER)
    one, two = sorted((nominal, other), key=lambda each: each.pk)
    pair, _ = DuplicatePair.objects.select_for_update(of=("self",)).get_or_create(one=one, other=two)
    if pair.state == PairState.REFUSED and pair.refused_identity == identity_now(pair):
        raise DomainError("Somebody said already that these are two people, and neither record has changed since.", field="reference")
    pair.state, pair.proposed_by, pair.note = PairState.OPEN, actor, reason
    pair.save(update_fields=["state", "proposed_by", "note"])
    record_event(Verb.CREATED, nominal, reason=reason, act="May be the same person as another record", other=other.pk)
    units = {nominal.unit_id, other.unit_id}
    leads = [user for user in User.objects.filter(unit__in=units, is_active=True).prefetch_related("groups") if leads_pair(user, pair)]
    tell(actor=actor, people=leads, text=gettext_noop("Two records may be one person"), route="intelligence:duplicates")
    return pair


def leads_pair(user: User, pair: DuplicatePair) -> bool:
    """Whether the pair is this user's to look at."""
    return DuplicatePair.objects.for_user(user).filter(pk=pair.pk).exists()


def identity_now(pair: DuplicatePair) -> str:
    """Return the digest of both identities as they are."""
    return digest_of(identities_of([pair.one_id, pair.other_id]), pair.one_id, pair.other_id)


@transaction.atomic
def refuse_pair(*, actor: User, pair: DuplicatePair, reason: str) -> DuplicatePair:
    """Say that two records are about two people; the pair is not proposed again until either identity changes."""
    authorise(actor, Perm.MERGE_RECORDS, pair)
    locked = DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if locked.state == PairState.REFUSED:
        raise DomainError("Somebody said so already. Nothing was changed.")
    locked.state, locked.refused_by, locked.refused_at, locked.refuse_reason = PairState.REFUSED, actor, now(), reason
    locked.refused_identity = identity_now(locked)
    locked.save(update_fields=["state", "refused_by", "refused_at", "refuse_reason", "refused_identity"])
    for key in (locked.one, locked.other):
        record_event(Verb.CHANGED, key, reason=reason, act="Said not to be the same person as another record", pair=locked.pk)
    return locked
