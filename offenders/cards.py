"""The operational card: what whoever meets the person must know, read in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from offenders.choices import AtRisk, ConditionKind, MarkKind, RiskLevel, WarningKind
from offenders.choices.custody import CustodyKind, RecallKind, RecallState
from offenders.models import Description, Nominal, OperationalFacts
from ui.templatetags.ui import RISK_WORDS, in_sentence, uk_date, uk_datetime

CHECK_EVERY = timedelta(days=90)
BUILD, HAIR, EYES = _("%(build)s build"), _("%(hair)s hair"), _("%(eyes)s eyes")
MARK = _("%(kind)s on %(place)s: %(description)s")
FOR_LIFE = date.max  # the last day of a licence that has none
Row = dict[str, Any]


class Part(NamedTuple):
    """Rows of a nominal that the card shows: their table, what is shown of them, which of them and in which order."""

    table: str
    shown: str
    which: str = "true"
    order: str = "id"


# In SQL, because a control room waits for it: built from querysets it took several times as long as it runs.
IN_FORCE = "(starts_on IS NULL OR starts_on <= %(today)s) AND (ends_on IS NULL OR ends_on >= %(today)s)"
PARTS = {
    "names": Part("offenders_name", "kind surname given_names", order="kind <> 'primary', id"),
    "births": Part("offenders_dateofbirth", "year month day", order="NOT is_primary, id"),
    "marks": Part("offenders_mark", "kind place description"),
    "photographs": Part("offenders_photograph", "id", order="added_at DESC, id DESC"),
    "risk": Part("offenders_riskperiod", "level at_risk", "period @> %(today)s"),
    "mappa": Part("offenders_mappaperiod", "category level", "period @> %(today)s"),
    "warnings": Part("offenders_warningmarker", "kind note", "ended_on IS NULL"),
    "conditions": Part("offenders_condition", "kind text", IN_FORCE),
    "recalls": Part("offenders_recall", "kind state revoked_at risk_on_arrest", "state IN ('requested', 'revoked', 'arrested')"),
    "custody": Part("offenders_custody", "kind establishment", "period @> %(today)s"),
}


class Tag(NamedTuple):
    """A short fact in a coloured box; the words carry the meaning."""

    text: str
    colour: str


@dataclass(frozen=True)
class Card:
    """Everything on the card of one nominal, as it is today."""

    nominal: Nominal
    today: date
    facts: OperationalFacts
    looks: Description | None
    names: Sequence[Row]
    births: Sequence[Row]
    marks: Sequence[Row]
    photographs: Sequence[Row]
    risk: Sequence[Row]
    mappa: Sequence[Row]
    warnings: Sequence[Row]
    conditions: Sequence[Row]
    recalls: Sequence[Row]
    custody: Sequence[Row]

    @property
    def level(self) -> str:
        """The level of risk as low, medium, high, very_high; empty when none is set."""
        return RiskLevel(self.risk[0]["level"]).name.lower() if self.risk else ""

    @property
    def level_words(self) -> str:
        """The first words that anybody reads."""
        return str(RISK_WORDS[self.level]) if self.risk else gettext("Risk not set")

    @property
    def to_whom(self) -> str:
        """To whom the risk is."""
        return and_list([str(AtRisk(who).label) for who in self.risk[0]["at_risk"]]) if self.risk else ""

    @property
    def name(self) -> str:
        """The name by which the record goes, surname first and in capitals as officers write it."""
        if not self.names:
            return gettext("Name not recorded")
        surname, given = self.names[0]["surname"].upper(), self.names[0]["given_names"]
        return f"{surname}, {given}" if given else surname

    @property
    def other_names(self) -> list[str]:
        """Every other name, once each."""
        return list(dict.fromkeys(f"{row['given_names']} {row['surname']}".strip() for row in self.names[1:]))

    @property
    def birth(self) -> tuple[int, int | None, int | None] | None:
        """The date of birth to go by, as far as it is known."""
        return (self.births[0]["year"], self.births[0]["month"], self.births[0]["day"]) if self.births else None

    @property
    def age(self) -> str:
        """The age today; two numbers where the birthday is not known."""
        return age_on(self.birth, self.today) if self.birth else ""

    @property
    def appearance(self) -> str:
        """Looks and marks in one sentence."""
        looks = self.looks
        known = [looks.ethnicity, looks.height_cm and f"{looks.height_cm}cm"] if looks else []
        for name, words in (("build", BUILD), ("hair", HAIR), ("eyes", EYES)):
            if looks and (said := getattr(looks, name)):
                known.append(in_sentence(said) if name in said.lower() else words % {name: in_sentence(said)})
        known += [MARK % {**mark, "kind": in_sentence(MarkKind(mark["kind"]).label)} for mark in self.marks]
        return ", ".join(str(part) for part in known if part)

    @property
    def is_on_licence(self) -> bool:
        """Whether the person can be recalled today."""
        return self.facts.on_licence_until is not None and self.facts.on_licence_until >= self.today

    @property
    def licence_end(self) -> str:
        """How long the licence lasts."""
        until = self.facts.on_licence_until
        return gettext("for life") if until == FOR_LIFE else gettext("until %(day)s") % {"day": uk_date(until)}

    @property
    def recall(self) -> str:
        """What a running recall asks of whoever meets the person; empty without one."""
        if not self.recalls:
            return ""
        row = self.recalls[0]
        kind, state = RecallKind(row["kind"]).label, RecallState(row["state"])
        if state == RecallState.REVOKED:
            revoked = uk_datetime(datetime.fromisoformat(row["revoked_at"]))
            assessed = row["risk_on_arrest"] or gettext("Risk not reassessed yet: ask the manager.")
            arrest = gettext("Arrest: %(kind)s, licence revoked %(revoked)s.") % {"kind": in_sentence(kind), "revoked": revoked}
            return f"{arrest} {assessed}"
        is_asked = state == RecallState.REQUESTED
        words = gettext("asked for, the licence is not revoked yet") if is_asked else gettext("arrested, on the way to custody")
        return f"{kind}: {words}. {row['risk_on_arrest']}".strip()

    @property
    def mappa_words(self) -> str:
        """Category and level today; empty outside MAPPA."""
        period = self.mappa[0] if self.mappa else None
        return gettext("MAPPA category %(category)s, level %(level)s") % period if period and period["category"] else ""

    @property
    def tags(self) -> list[Tag]:
        """Licence, warnings, MAPPA, registration: in that order."""
        on_licence = gettext("On licence %(end)s: recall possible")
        licence = [Tag(on_licence % {"end": self.licence_end}, "red")] if self.is_on_licence else []
        held = [Tag(f"{CustodyKind(row['kind']).label}: {row['establishment']}", "turquoise") for row in self.custody]
        warnings = [Tag(line, "orange") for line in self.warning_lines]
        mappa = [Tag(self.mappa_words, "blue")] if self.mappa_words else []
        restricted = [Tag(gettext("Restricted record"), "purple")] if self.nominal.is_restricted else []
        return [*held, *licence, *warnings, *mappa, Tag(self.nominal.get_registration_display(), "grey"), *restricted]

    @property
    def warning_lines(self) -> list[str]:
        """Warnings for whoever meets the person, with their notes."""
        return [warning_words(row) for row in self.warnings]

    @property
    def condition_lines(self) -> list[str]:
        """Conditions and prohibitions in force."""
        return [condition_words(row) for row in self.conditions]

    @property
    def instructions(self) -> list[str]:
        """What to do now, one line each."""
        return [line.strip() for line in self.facts.on_encounter.splitlines() if line.strip()]

    @property
    def is_written(self) -> bool:
        """Whether anybody has written any of the card's words."""
        words = (self.facts.on_encounter, self.facts.modus_operandi, self.facts.people_at_risk)
        return any(words) or bool(self.conditions)

    @property
    def is_stale(self) -> bool:
        """Whether the card was checked too long ago, or never."""
        return self.facts.checked_on is None or self.facts.checked_on < self.today - CHECK_EVERY

    @property
    def photograph(self) -> int | None:
        """The key of the newest photograph."""
        return self.photographs[0]["id"] if self.photographs else None


def read_card(nominal: Nominal, today: date) -> Card:
    """Read the card of a nominal that the caller may see (tier 1)."""
    parts = {f"card_{name}": column(part, today) for name, part in PARTS.items()}
    row = Nominal.objects.filter(pk=nominal.pk).select_related("facts__checked_by", "description").annotate(**parts).get()
    facts = getattr(row, "facts", None) or OperationalFacts(nominal=nominal, version=0)
    looks = getattr(row, "description", None)
    return Card(nominal=nominal, today=today, facts=facts, looks=looks, **{name: getattr(row, f"card_{name}") for name in PARTS})


def column(part: Part, today: date) -> RawSQL:
    """Return rows of a nominal as one column of JSON objects, in its own row."""
    pairs = ", ".join(f"'{name}', {name}" for name in part.shown.split())
    day = "%(today)s"
    select = f"""
        ARRAY(SELECT jsonb_build_object({pairs}) FROM {part.table}
              WHERE nominal_id = offenders_nominal.id AND {part.which.replace(day, "%s::date")} ORDER BY {part.order})"""  # noqa: S608
    return RawSQL(select, [today] * part.which.count(day), ArrayField(JSONField()))  # noqa: S611  (both from the constants above)


def warning_words(row: Row) -> str:
    """Return a warning with its note."""
    label = str(WarningKind(row["kind"]).label)
    return f"{label}: {row['note']}" if row["note"] else label


def condition_words(row: Row) -> str:
    """Return a condition; one of an order says which order."""
    kind = ConditionKind(row["kind"])
    return row["text"] if kind == ConditionKind.LICENCE else f"{row['text']} ({in_sentence(kind.label)})"


def and_list(words: Sequence[str]) -> str:
    """Join words as in a sentence: children, staff and the public."""
    return gettext(" and ").join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def age_on(birth: tuple[int, int | None, int | None], today: date) -> str:
    """Return the age on a day; "54 or 55" while the birthday is not known."""
    year, month, day = birth
    full = today.year - year
    had_by_now = full if (month or 1, day or 1) <= (today.month, today.day) else full - 1
    surely = full if (month or 12, day or 31) <= (today.month, today.day) else full - 1
    return str(surely) if surely == had_by_now else gettext("%(age)s or %(other)s") % {"age": surely, "other": had_by_now}
