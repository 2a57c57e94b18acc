"""What was chosen to go with a decision, as the reader may see it; what somebody should look at twice; what the recipient has already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accounts.access import may, row_security
from accounts.models import User
from accounts.permissions import Perm
from offenders.models import Associate, ConfidentialSection, Name, Nominal, ProtectedPerson
from offenders.services.leaks import passages_that_may_leak
from sharing.choices.agreements import DataClass
from sharing.models import DecisionItem, Release, SharingDecision
from sharing.reports.items import BEHIND_GATES, OPEN, privileged_among, read_items
from sharing.rules.passages import GATED, found_by, is_undecided, kept_of, needs_second_person, whole_of

GATE_HEADINGS = frozenset(source.heading for source in BEHIND_GATES.values())


def items_for(user: User, decision: SharingDecision) -> list[DecisionItem]:
    """Return what was chosen, in order; each says whether this user reads its text, and what it still needs.

    Sensitive and confidential things are read by whoever chose them, decides on them, or may read where they come from; a document that
    became privileged since by nobody here.
    """
    items = list(decision.items.select_related("chosen_by", "checked_by"))
    sealed = privileged_among(item.key for item in items)
    readable = readable_classes(user, decision, [item.key for item in items]) if any(item.data_class in GATED for item in items) else set()
    for item in items:
        is_reader = item.data_class not in GATED or item.chosen_by_id == user.pk or bool({item.data_class, item.key} & readable)
        item.is_shown = is_reader and item.key not in sealed
        item.is_undecided = is_undecided(item.passages)
        item.needs_check = needs_second_person(item.data_class, item.passages, item.concerns_others) and item.checked_by_id is None
    return items


def readable_items(user: User, decision: SharingDecision) -> list[DecisionItem]:
    """Return those whose text the user may read."""
    return [item for item in items_for(user, decision) if getattr(item, "is_shown", False)]


def readable_classes(user: User, decision: SharingDecision, keys: Iterable[str]) -> set[str]:
    """Return which classes behind gates, and which keys of theirs, a user may read with a decision."""
    if may(user, Perm.APPROVE_SHARING, decision):
        return set(GATED)
    nominal = decision.nominal
    classes = {str(DataClass.SENSITIVE)} if may(user, Perm.VIEW_SENSITIVE, nominal) else set()
    sections = [key.removeprefix("confidential:") for key in keys if key.startswith("confidential:")]
    with row_security(user):
        seen = ConfidentialSection.objects.for_user(user).filter(nominal=nominal, public_id__in=sections)
        return classes | {f"confidential:{public_id}" for public_id in seen.values_list("public_id", flat=True)}


def contents_for(user: User, release: Release) -> list[dict[str, object]]:
    """Return what a release said, for the police; what came from behind a gate only to whoever may read it there."""
    if not any(each["heading"] in GATE_HEADINGS for each in release.contents):
        return [each | {"is_shown": True} for each in release.contents]
    gated = [item for item in items_for(user, release.decision) if item.data_class in GATED]
    hidden = GATE_HEADINGS - {item.heading for item in gated} | {item.heading for item in gated if not item.is_shown}
    if (release.pk and release.sent_by_id == user.pk) or may(user, Perm.APPROVE_SHARING, release.decision):
        hidden = set()
    return [each | {"is_shown": each["heading"] not in hidden} for each in release.contents]


def changed_since(user: User, decision: SharingDecision) -> list[str]:
    """Return the labels of what stands otherwise on the record now than when it was chosen, or is gone, or lost its consent."""
    items = list(decision.items.all())
    gated = [source for source in BEHIND_GATES.values() if source.data_class in {item.data_class for item in items}]
    current = read_items(user, decision.nominal, [*OPEN, *gated])
    same = {key for key, (_, item) in current.items() if not item.blocked}
    texts = {key: item.text for key, (_, item) in current.items()}
    return [item.label for item in items if item.key not in same or texts[item.key] != whole_of(item.passages)]


def suggestions(user: User, item: DecisionItem) -> list[list[str]]:
    """Return, passage by passage, which rules suggest that somebody looks twice, in words."""
    nominal, texts = item.decision.nominal, [each["text"] for each in item.passages]
    apart, names = passages_that_may_leak(actor=user, nominal=nominal, texts=texts), other_names(user, nominal)
    return [found_by(text, names, is_apart) for text, is_apart in zip(texts, apart, strict=True)]


def own_words(user: User, nominal: Nominal) -> set[str]:
    """Return the words of the names that the person bears, in small letters."""
    return {word.casefold() for name in Name.objects.for_user(user).filter(nominal=nominal) for word in name.full_name.split()}


def other_names(user: User, nominal: Nominal) -> list[str]:
    """Return names of other people on the record, as far as the user may see them."""
    rows = [model.objects.for_user(user).filter(nominal=nominal).values_list("name", flat=True) for model in (Associate, ProtectedPerson)]
    whole = [name for names in rows for name in names if name]
    own = own_words(user, nominal)
    return [part for name in whole for part in {name, *(word for word in name.split() if len(word) > 3 and word.casefold() not in own)}]


def known_to_recipient(decision: SharingDecision) -> dict[tuple[str, str], str]:
    """Return what the agency has already: label and text, with the reference of the release. Not what was withdrawn or has ended."""
    if decision.agency_id is None:
        return {}
    rows = Release.objects.filter(decision__nominal=decision.nominal_id, agency=decision.agency_id).for_agency(decision.agency_id)
    return {(each["label"], each["text"]): row.reference for row in rows.order_by("pk") for each in row.contents}


def with_known(items: Sequence[DecisionItem], decision: SharingDecision) -> Sequence[DecisionItem]:
    """Say of each item under which release the recipient has it already."""
    known = known_to_recipient(decision)
    for item in items:
        item.known_from = known.get((item.label, kept_of(each | {"keep": each["keep"] is not False} for each in item.passages)), "")
    return items
