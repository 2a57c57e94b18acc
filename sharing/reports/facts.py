"""What the system knows that a decision needs: filled in when it begins, and compared again by whoever decides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import override

from accounts.choices import OrganisationKind
from accounts.models import Organisation
from offenders.choices import AtRisk
from offenders.models import MappaPeriod, Nominal, RiskPeriod
from sharing.choices.agreements import DataClass, Purpose
from sharing.models import Agreement, Power, Release, SharingDecision
from sharing.rules.questions import AGENCY_KINDS, BY_CODE, uncovered
from ui.languages import KEPT_IN, StrOrPromise
from ui.templatetags.ui import uk_date

# All of this becomes answers, which are kept: it is in English.
NOT_SET, NOTHING_SENT = "Not set", "Nothing was sent to them before, as far as is recorded here."
NO_AGREEMENT = "No agreement with them is in force."


def facts_of(nominal: Nominal) -> dict[str, str]:
    """Return what the record says today, by the code of the question; nobody but the officer is named."""
    with override(KEPT_IN):
        return facts_in_english(nominal, localdate())


def facts_in_english(nominal: Nominal, today: date) -> dict[str, str]:
    """Return the same in the language in which answers are kept, so that they compare."""
    risk = RiskPeriod.objects.filter(nominal=nominal, period__contains=today).first()
    level = mappa_of(nominal)
    under_mappa = level and level.category
    return {
        "fact_mappa": f"Category {level.category}, level {level.level or 'not set'}, since {uk_date(level.period.lower)}"
        if level and under_mappa
        else "Not under MAPPA" if level else NOT_SET,
        "fact_risk": f"{risk.get_level_display()}, since {uk_date(risk.period.lower)}" if risk else NOT_SET,
        "fact_at_risk": ", ".join(str(AtRisk(who).label) for who in risk.at_risk).capitalize() if risk and risk.at_risk else NOT_SET,
        "fact_manager": f"{nominal.offender_manager.display_name}, {nominal.unit.name}",
    }  # fmt: skip


def mappa_of(nominal: Nominal) -> MappaPeriod | None:
    """Return how MAPPA stands today."""
    return MappaPeriod.objects.filter(nominal=nominal, period__contains=localdate()).first()


def changed_facts(decision: SharingDecision) -> list[tuple[str, str, str]]:
    """Return what the record says otherwise than the sealed decision: the label, then what was written and what stands now."""
    written = dict(decision.answers.filter(code__startswith="fact_").values_list("code", "text"))
    now = facts_of(decision.nominal)
    return [(str(BY_CODE[code].label), written[code], text) for code, text in now.items() if code in written and written[code] != text]


def print_of(changed: Iterable[tuple[str, str, str]]) -> str:
    """Return a short print of what changed, so that a form can say which changes its reader saw; empty where there are none."""
    text = "\n".join("|".join(words) for _, *words in changed)  # labels are in the reader's language
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def agencies_for(template: str) -> QuerySet[Organisation]:
    """Return the agencies to which a template may go."""
    rows = Organisation.objects.filter(is_active=True).exclude(kind=OrganisationKind.FORCE).order_by("name")
    return rows.filter(kind=AGENCY_KINDS[template]) if template in AGENCY_KINDS else rows


def agreements_with(force: Organisation, agency: Organisation) -> QuerySet[Agreement]:
    """Return the agreements with an agency that are in force, newest first."""
    return Agreement.objects.in_force().filter(force=force, agency=agency).order_by("-pk")


def best_agreement(force: Organisation, agency: Organisation, purpose: str) -> Agreement | None:
    """Return the agreement to go by: one that is for this purpose, else any that is in force."""
    rows = list(agreements_with(force, agency))
    return next((row for row in rows if purpose in row.purposes), rows[0] if rows else None)


def outside(agreement: Agreement, purpose: str, data_classes: Iterable[str]) -> list[StrOrPromise]:
    """Return in words what an agreement does not cover."""
    found = uncovered(purpose, data_classes, agreement.purposes, agreement.data_classes)
    return [Purpose(code).label if code in Purpose.values else DataClass(code).label for code in found]


def agreement_words(agreement: Agreement | None, purpose: str) -> tuple[str, str]:
    """Return the answer to whether an agreement covers this, as the register has it."""
    if agreement is None:
        return "no", NO_AGREEMENT
    words = f"{agreement.title}, in force until {uk_date(agreement.last_day)}"
    if purpose and purpose not in agreement.purposes:
        return "no", f"{words}, is not for this purpose."
    kinds = ", ".join(str(DataClass(code).label) for code in agreement.data_classes)
    return "yes", f"{words}, covers: {kinds}."


def powers_today() -> QuerySet[Power]:
    """Return the powers that hold today."""
    return Power.objects.filter(period__contains=localdate()).order_by("name")


def sent_before(nominal: Nominal, agency: Organisation | None) -> str:
    """Return what an agency was sent about the person before: references, days and headings."""
    if agency is None:
        return ""
    rows = Release.objects.filter(decision__nominal=nominal, agency=agency).order_by("-pk")[:20]
    lines = [f"{row.reference}, {uk_date(row.sent_at.date())}: {', '.join(headings_of(row))}" for row in rows]
    return "\n".join(lines) or NOTHING_SENT


def headings_of(release: Release) -> list[str]:
    """Return the headings of what left, once each."""
    return list(dict.fromkeys(part["heading"] for part in release.contents))
