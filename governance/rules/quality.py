"""What is asked of the data of every record: each rule with why, and where it is set right. Dated, because practice changes. Pure.

A rule names work; it stops nobody. Drafts are saved with gaps, and records are opened and worked on with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ui.languages import StrOrPromise

PRACTICE = _("Practice of forces; to be confirmed by the force")


@dataclass(frozen=True)
class QualityRule:
    """Something that a record lacks, why that matters, and the page on which it is set right."""

    code: str
    name: StrOrPromise
    why: StrOrPromise
    route: str


@dataclass(frozen=True)
class Limit:
    """How old something may be, from a day on, until a later row of the same code begins."""

    code: str
    since: date
    length: relativedelta
    source: StrOrPromise


FILE, RISK, REGISTER, FLAGS = "offenders:case-file", "offenders:assessment-list", "offenders:registration", "intelligence:flag-list"
RULES = (
    QualityRule(
        "mappa", _("Category and level not said"),
        _("Nobody has said whether, and how, the person is under MAPPA."), "offenders:mappa",
    ),
    QualityRule(
        "basis", _("Category without its basis"),
        _("Category 1 without a notification period; another category without a conviction or an accepted referral."), REGISTER,
    ),
    QualityRule("risk", _("No level of risk"), _("Visits and checks then count as for the highest level."), "offenders:mappa"),
    QualityRule("assessment", _("Risk assessment missing or too old"), _("The level of risk rests on it."), RISK),
    QualityRule("plan", _("No approved plan"), _("Nobody can act under a plan that is not there."), RISK),
    QualityRule("plan-review", _("Review of the plan overdue"), _("The plan says by when it must be looked at again."), RISK),
    QualityRule("flags", _("No flag"), _("Nobody is told when something happens."), FLAGS),
    QualityRule("flag-review", _("Review of a flag overdue"), _("A supervisor must say whether it still serves."), FLAGS),
    QualityRule("address", _("No main address"), _("The person is not held, and the file does not say where they live."), FILE),
    QualityRule("address-old", _("Main address not verified lately"), _("Nobody has made sure of it for too long."), FILE),
    QualityRule("notification", _("Must notify, but nothing is due"), _("The next notification has no day."), REGISTER),
    QualityRule("photograph", _("No photograph that is new enough"), _("Officers must recognise the person."), "offenders:identity"),
    QualityRule("birth", _("No date of birth"), _("Searches and matches rest on it."), "offenders:identity"),
    QualityRule(
        "manager", _("Its manager has left or works elsewhere"), _("Somebody of the unit must answer for it."), "offenders:nominal",
    ),
    QualityRule("duplicate", _("Perhaps twice on record"), _("Another record may be the same person's."), "offenders:identity"),
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
        return str(rule.why)
    limit = limit_on(rule.code, today)
    years, months = limit.length.years, limit.length.months
    said = {"why": rule.why, "source": limit.source, "number": years or months}
    if years:
        return ngettext("%(why)s At most %(number)s year (%(source)s).", "%(why)s At most %(number)s years (%(source)s).", years) % said
    return gettext("%(why)s At most %(number)s months (%(source)s).") % said
