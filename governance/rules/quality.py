"""What is asked of the data of every record: each rule with why, and where it is set right. Dated, because practice changes. Pure.

A rule names work; it stops nobody. Drafts are saved with gaps, and records are opened and worked on with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

PRACTICE = "Practice of forces; to be confirmed by the force"


@dataclass(frozen=True)
class QualityRule:
    """Something that a record lacks, why that matters, and the page on which it is set right."""

    code: str
    name: str
    why: str
    route: str


@dataclass(frozen=True)
class Limit:
    """How old something may be, from a day on, until a later row of the same code begins."""

    code: str
    since: date
    length: relativedelta
    source: str


FILE, RISK, REGISTER, FLAGS = "offenders:case-file", "offenders:assessment-list", "offenders:registration", "intelligence:flag-list"
RULES = (
    QualityRule("mappa", "Category and level not said", "Nobody has said whether, and how, the person is under MAPPA.", "offenders:mappa"),
    QualityRule(
        "basis", "Category without its basis",
        "Category 1 without a notification period; another category without a conviction or an accepted referral.", REGISTER,
    ),
    QualityRule("risk", "No level of risk", "Visits and checks then count as for the highest level.", "offenders:mappa"),
    QualityRule("assessment", "Risk assessment missing or too old", "The level of risk rests on it.", RISK),
    QualityRule("plan", "No approved plan", "Nobody can act under a plan that is not there.", RISK),
    QualityRule("plan-review", "Review of the plan overdue", "The plan says by when it must be looked at again.", RISK),
    QualityRule("flags", "No flag", "Nobody is told when something happens.", FLAGS),
    QualityRule("flag-review", "Review of a flag overdue", "A supervisor must say whether it still serves.", FLAGS),
    QualityRule("address", "No main address", "The person is not held, and the file does not say where they live.", FILE),
    QualityRule("address-old", "Main address not verified lately", "Nobody has made sure of it for too long.", FILE),
    QualityRule("notification", "Must notify, but nothing is due", "The next notification has no day.", REGISTER),
    QualityRule("photograph", "No photograph that is new enough", "Officers must recognise the person.", "offenders:identity"),
    QualityRule("birth", "No date of birth", "Searches and matches rest on it.", "offenders:identity"),
    QualityRule("manager", "Its manager has left or works elsewhere", "Somebody of the unit must answer for it.", "offenders:nominal"),
    QualityRule("duplicate", "Perhaps twice on record", "Another record may be the same person's.", "offenders:identity"),
)  # fmt: skip
BY_CODE = {rule.code: rule for rule in RULES}
LIMITS = (
    Limit("assessment", date(2005, 1, 1), relativedelta(months=12), PRACTICE),
    Limit("address-old", date(2005, 1, 1), relativedelta(months=12), PRACTICE),
    Limit("photograph", date(2005, 1, 1), relativedelta(years=3), PRACTICE),
)


def limit_on(code: str, today: date) -> Limit:
    """Return the limit of a rule that holds on a day: of the row that began last."""
    begun = [limit for limit in LIMITS if limit.code == code and limit.since <= today]
    return max(begun, key=lambda limit: limit.since)


def oldest(code: str, today: date) -> date:
    """Return the first day that is new enough."""
    return today - limit_on(code, today).length


def explained(rule: QualityRule, today: date) -> str:
    """Return why a rule is there, and the limit that it goes by."""
    if rule.code not in {limit.code for limit in LIMITS}:
        return rule.why
    limit = limit_on(rule.code, today)
    years, months = limit.length.years, limit.length.months
    length = f"{years} year{'s' * (years != 1)}" if years else f"{months} months"
    return f"{rule.why} At most {length} ({limit.source})."
