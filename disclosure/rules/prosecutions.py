"""Rules of unused material, pure: what a description must be, what each item still needs, what a schedule waits for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from disclosure.choices.prosecutions import Answer, Decision, Examined, Ruling
from offenders.rules.leaks import marks_to_compare, marks_to_keep

FEWEST_WORDS = 5
VAGUE = re.compile(r"\b(misc\w*|various|assorted|sundry|etc|other (?:papers|documents|material)|as discussed)\b", re.IGNORECASE)
# Words that tell of themselves why something is sensitive.
TELLING = re.compile(
    r"\b(informant\w*|informer\w*|covert\w*|surveillance|undercover|chis|source handl\w*|intercept\w*|observation (?:post|point)|"
    r"technical (?:device|equipment)|tracking device|listening device|tasked source|sensitive)\b",
    re.IGNORECASE,
)


def faults_of(description: str, sensitive: str = "") -> list[DomainError]:
    """Say what is wrong with a description for the defence: too little, nothing, or what it tells of why the item is sensitive."""
    faults = []
    if len(re.findall(r"\w+", description)) < FEWEST_WORDS:
        faults.append(
            DomainError(
                "Say more: what it is, from whom and of when, in {fewest} words or more, so that the defence can judge what it is.",
                fewest=FEWEST_WORDS,
                field="description",
            )
        )
    if VAGUE.search(description):
        faults.append(DomainError("Leave out words such as “various” and “miscellaneous”: name what it is.", field="description"))
    if gives_away(description, sensitive):
        repeats = gettext_noop("It repeats words of why the item is sensitive. Describe it without them.")
        tells = gettext_noop("It tells why something is sensitive. Describe it so that it can be shown to the defence.")
        faults.append(DomainError(tells if TELLING.search(description) else repeats, field="description"))
    return faults


def gives_away(description: str, sensitive: str = "") -> bool:
    """Whether a description would itself tell what is sensitive: by its words, or by names, numbers and phrases of the reasons."""
    return bool(TELLING.search(description) or marks_to_keep(sensitive, ()) & marks_to_compare(description))


@dataclass(frozen=True)
class ItemFacts:
    """What is known of an item, as its schedules rest on it. `ruling` is the newest ruling of the court on it."""

    number: int
    examined: str = ""
    not_examined_why: str = ""
    relevant: str = ""
    relevant_why: str = ""
    undermines: str = ""
    undermines_why: str = ""
    assists: str = ""
    assists_why: str = ""
    is_sensitive: bool = False
    ground: str = ""
    sensitive_why: str = ""
    decision: str = ""
    is_fresh: bool = True
    is_asked: bool = False
    ruling: str = ""
    is_disclosed: bool = False

    @property
    def meets_test(self) -> bool:
        """Whether it might undermine the prosecution or assist the accused."""
        return str(Answer.YES) in {self.undermines, self.assists}

    @property
    def is_left_out(self) -> bool:
        """Whether it is not relevant, so that no schedule lists it."""
        return self.relevant == Answer.NO


def allowed_decisions(item: ItemFacts) -> set[str]:
    """Return what may become of an item: what meets a test is disclosed, unless it is sensitive and the court ruled or is to rule."""
    if item.ruling == Ruling.DISCLOSE or (not item.is_sensitive and (item.ruling or item.meets_test)):
        return {Decision.DISCLOSE}
    if item.ruling:
        return {Decision.COURT} if item.ruling == Ruling.STOPPED else {Decision.WITHHOLD, Decision.DISCLOSE}
    return {Decision.DISCLOSE, Decision.COURT if item.meets_test else Decision.NOT}


def lacks(item: ItemFacts) -> list[DomainError]:
    """Return what an item still needs before a schedule may list it."""
    number = item.number
    if not item.examined:
        return [DomainError("Item {number} has not been looked at.", number=number)]
    found = []
    if not item.is_fresh:
        found.append(DomainError("Item {number} must be looked at again.", number=number))
    if item.examined == Examined.NOT_EXAMINED and not item.not_examined_why:
        found.append(DomainError("Item {number} was not examined and does not say why.", number=number))
    if item.relevant == Answer.CANNOT_SAY:
        found.append(DomainError("Item {number} does not say whether it is relevant.", number=number))
    if not item.is_left_out:
        return [*found, *lacks_in_tests(item)]
    return found if item.relevant_why else [*found, DomainError("Item {number} does not say why it is not relevant.", number=number)]


def lacks_in_tests(item: ItemFacts) -> list[DomainError]:
    """Return what is missing in the tests of a relevant item, and in what becomes of it."""
    found, number = [], item.number
    if Answer.CANNOT_SAY in {item.undermines, item.assists}:
        found.append(DomainError("Item {number} does not say yet whether it undermines or assists.", number=number))
    if not (item.undermines_why and item.assists_why):
        found.append(DomainError("Item {number} gives no reasons for a test.", number=number))
    if item.is_sensitive and not (item.ground and item.sensitive_why):
        found.append(DomainError("Item {number} gives no ground for being sensitive.", number=number))
    if item.decision not in allowed_decisions(item):
        found.append(DomainError("Item {number} has no decision that fits.", number=number))
    return found


def missing(items: Iterable[ItemFacts]) -> list[DomainError]:
    """Return what stands in the way of a schedule, each by the number of its item."""
    return [each for item in items for each in lacks(item)]


def left_to_finish(items: Iterable[ItemFacts]) -> list[DomainError]:
    """Return what stands in the way of the end: rulings that are not made, and what was to be disclosed and was not."""
    found = []
    for item in items:
        if item.is_sensitive and item.meets_test and not item.is_left_out and not item.ruling:
            waits = gettext_noop("Item {number} waits for a ruling of the court.")
            found.append(DomainError(waits if item.is_asked else gettext_noop("Item {number} needs a ruling."), number=item.number))
        if item.decision == Decision.DISCLOSE and not item.is_disclosed and not item.is_left_out:
            found.append(DomainError("Item {number} has not been disclosed.", number=item.number))
    return found


def changes_between(before: Sequence[dict[str, str]], after: Sequence[dict[str, str]]) -> list[str]:
    """Say what a new version of a schedule has that the one before had not. Rows are named by their number in their own version.

    The key by which rows are compared is that of the item, which no paper shows.
    """
    old = {row["item"]: (number, row) for number, row in enumerate(before, 1)}
    new = {row["item"]: (number, row) for number, row in enumerate(after, 1)}
    words = [f"Row {number} is new." for key, (number, _) in new.items() if key not in old]
    words += [f"Row {number} has changed." for key, (number, row) in new.items() if key in old and old[key][1] != row]
    return [*words, *(f"Row {number} of the version before is no longer listed." for key, (number, _) in old.items() if key not in new)]
