"""Requests for information of the force: what must be referred to the national unit first, and what a reply must say. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext

from disclosure.choices.freedom import FreedomKind, ReplyOutcome

# Words by which a request concerns MAPPA or registered offenders.
TELLTALES = re.compile(
    r"\b(mapp[as]?|multi[\s-]agency public protection|visor|mosovo|rsos?|shpos?|sopos?|sarah['’]?s law|notification (requirements?|orders?)"
    r"|sex(ual)? (offen[cd]\w*|harm prevention)|(violent|dangerous) offenders?|register(ed)? (sex\w* )?offenders?)\b",
    re.IGNORECASE,
)
# What each outcome needs besides its reasons, and what it must not have.
WITH_GROUNDS = frozenset({ReplyOutcome.PART, ReplyOutcome.REFUSE})
WITH_OWN_WORDS = frozenset({ReplyOutcome.DISCLOSE, ReplyOutcome.PART, ReplyOutcome.PUBLISHED})
WITH_FIGURES = frozenset({ReplyOutcome.DISCLOSE, ReplyOutcome.PART})
# Outcomes whose letter is made of a standard text alone, whatever is held.
STANDARD = {
    ReplyOutcome.NEITHER: "freedom-neither",
    ReplyOutcome.NOT_HELD: "freedom-not-held",
    ReplyOutcome.PUBLISHED: "freedom-published",
}
RIGHTS = "freedom-rights"


def suggests_referral(question: str) -> bool:
    """Say whether the words of a request concern MAPPA or registered offenders."""
    return bool(TELLTALES.search(question))


@dataclass(frozen=True)
class Standing:
    """How a request stands towards the national unit."""

    kind: FreedomKind
    concerns: bool  # it concerns MAPPA or registered offenders, says whoever took it
    is_suggested: bool  # its words suggest so
    no_is_agreed: bool = False  # a second person agreed that it does not all the same
    is_referred: bool = False
    is_advised: bool = False
    is_followed: bool | None = None
    departure_is_agreed: bool = False  # a second person agreed not to follow the advice

    @property
    def must_be_referred(self) -> bool:
        """Whether the national unit is asked first."""
        return self.kind != FreedomKind.PUBLISHED and (self.concerns or (self.is_suggested and not self.no_is_agreed))


def missing_to_reply(standing: Standing) -> list[str]:
    """Say what must be done before a reply may be written; nothing is missing where only the published report is pointed to."""
    if not standing.must_be_referred or standing.is_followed:
        return []
    if not standing.concerns:
        return [
            gettext("Its words concern MAPPA or registered offenders, and the answer was no. A second person must agree, or make it yes.")
        ]
    if not standing.is_referred:
        return [gettext("It concerns MAPPA or registered offenders: refer it to the national unit, and enter when that was done.")]
    if not standing.is_advised:
        return [gettext("The national unit's advice is not recorded. No reply goes out before it.")]
    return [] if standing.departure_is_agreed else [gettext("A second person must agree that the national unit's advice is not followed.")]


@dataclass(frozen=True)
class Reasoned:
    """A ground for holding back as a reply uses it."""

    code: str
    why: str
    needs_test: bool
    test: str  # how the public interest was weighed


def reply_faults(
    kind: FreedomKind, outcome: ReplyOutcome, text: str, grounds: Collection[Reasoned], has_figures: bool
) -> list[tuple[str, str]]:
    """Return what a reply has too little or too much of: the field, and what to do."""
    faults = []
    if (outcome == ReplyOutcome.PUBLISHED) != (kind == FreedomKind.PUBLISHED):
        faults.append(("outcome", pointing(kind)))
    if kind == FreedomKind.CASE and outcome == ReplyOutcome.NOT_HELD:
        faults.append(("outcome", gettext("About a person, “not held” would tell that nobody is on record. Neither confirm nor deny.")))
    if outcome in WITH_OWN_WORDS and not text.strip():
        faults.append(("text", gettext("Enter what the reply says.")))
    if outcome not in WITH_OWN_WORDS | WITH_GROUNDS and text.strip():
        words = gettext("This answer is the standard words alone, so that it reads the same whatever is held. Leave this empty.")
        faults.append(("text", words))
    if has_figures and outcome not in WITH_FIGURES:
        faults.append(("text", gettext("Only a reply that discloses something has figures. Take the figures out first.")))
    return faults + ground_faults(outcome, grounds)


def pointing(kind: FreedomKind) -> str:
    """Say why an outcome does not fit the kind of request."""
    if kind == FreedomKind.PUBLISHED:
        return gettext("A request for the published report is answered by pointing to it. For anything else, say first what is asked for.")
    return gettext("Only a request for the published MAPPA report is answered by pointing to it.")


def ground_faults(outcome: ReplyOutcome, grounds: Collection[Reasoned]) -> list[tuple[str, str]]:
    """Return what is wrong with the reasons of refusal."""
    if outcome not in WITH_GROUNDS:
        return [("grounds", gettext("Only a reply that holds something back names exemptions."))] if grounds else []
    if not grounds:
        return [("grounds", gettext("Choose the exemption under which something is held back."))]
    faults = [(f"why_{each.code}", gettext("Say why it applies here.")) for each in grounds if not each.why.strip()]
    tests = [each for each in grounds if each.needs_test and not each.test.strip()]
    return faults + [(f"test_{each.code}", gettext("Say what weighs for telling, what against, and which weighs more.")) for each in tests]
