"""What each entry of the case file says in words, for its page, its paper and the line of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatch

from django.utils.translation import gettext, ngettext

from offenders.choices.case_file import AgeClass
from offenders.models import Address, Associate, Device, Household, Occupation, OnlineIdentity, ProtectedPerson, Vehicle
from offenders.models.case_file import FilePart
from offenders.rules.case_file import last_of
from ui.templatetags.ui import uk_date


@dataclass(frozen=True)
class EntryWords:
    """An entry in words: what it is, and lines that say more."""

    title: str
    lines: list[str] = field(default_factory=list)


@singledispatch
def title_of(entry: FilePart) -> str:
    """Return what an entry is, on one line."""
    raise TypeError(f"{type(entry).__name__} is no entry of the case file")


@singledispatch
def details_of(entry: FilePart) -> list[str]:
    """Return what an entry says besides, line by line; empty lines are left out later."""
    raise TypeError(f"{type(entry).__name__} is no entry of the case file")


@title_of.register
def _(entry: Address) -> str:
    return f"{entry.words} ({entry.get_kind_display()})" if entry.line_1 else entry.words


@details_of.register
def _(entry: Address) -> list[str]:
    near = gettext("Schools and places for children near: %(near)s") % {"near": entry.schools_near} if entry.schools_near else ""
    return [gettext("Main address") if entry.is_main else "", near]


@title_of.register
def _(entry: Household) -> str:
    said = ngettext("%(number)s child at %(address)s", "%(number)s children at %(address)s", entry.children)
    return said % {"number": entry.children, "address": entry.address.words}


@details_of.register
def _(entry: Household) -> list[str]:
    ages = ", ".join(str(AgeClass(age).label) for age in entry.ages)
    return [gettext("Ages: %(ages)s") % {"ages": ages} if ages else gettext("Ages not recorded"), told(entry.agency_told, entry)]


@title_of.register
def _(entry: OnlineIdentity) -> str:
    return f"{entry.handle} ({entry.service})" if entry.service else entry.handle


@details_of.register
def _(entry: OnlineIdentity) -> list[str]:
    return [str(entry.get_kind_display())]


@title_of.register
def _(entry: Device) -> str:
    return f"{entry.get_kind_display()}: {entry.make}" if entry.make else str(entry.get_kind_display())


@details_of.register
def _(entry: Device) -> list[str]:
    return [gettext("Number: %(number)s") % {"number": entry.identifier} if entry.identifier else ""]


@title_of.register
def _(entry: Vehicle) -> str:
    looks = " ".join(filter(None, (lower(entry.colour) if entry.make else entry.colour, entry.make, entry.model_name)))
    return ", ".join(filter(None, (entry.mark, looks)))


@details_of.register
def _(entry: Vehicle) -> list[str]:
    return [str(entry.get_use_display()), gettext("Kept at: %(place)s") % {"place": entry.kept_at} if entry.kept_at else ""]


@title_of.register
def _(entry: Occupation) -> str:
    return f"{entry.role}, {entry.organisation}" if entry.role else entry.organisation


@details_of.register
def _(entry: Occupation) -> list[str]:
    told_on = gettext("Nobody there has been told")
    if entry.told_on:
        told_on = gettext("They were told on %(day)s") % {"day": uk_date(entry.told_on)}
    contact = gettext("Contact with: %(whom)s") % {"whom": lower(entry.get_contact_with_display())}
    return [str(entry.get_kind_display()), contact, told_on]


@title_of.register
def _(entry: Associate) -> str:
    return " ".join(filter(None, (entry.shown_name, entry.other.reference))) if entry.other else entry.name


@details_of.register
def _(entry: Associate) -> list[str]:
    return [str(entry.get_kind_display())]


@title_of.register
def _(entry: ProtectedPerson) -> str:
    return entry.name


@details_of.register
def _(entry: ProtectedPerson) -> list[str]:
    who = ", ".join(filter(None, (str(entry.get_kind_display()), str(entry.get_age_display()), entry.relation)))
    where = gettext("Where: %(place)s") % {"place": entry.whereabouts} if entry.whereabouts else ""
    protected = gettext("How protected: %(how)s") % {"how": entry.protection or gettext("not recorded")}
    return [who, where, protected, told(entry.agency_told, entry)]


def lower(text: str) -> str:
    """Begin a label in lower case."""
    return text[:1].lower() + text[1:]


def told(agency: str, entry: Household | ProtectedPerson) -> str:
    """Say which agency was told, and when."""
    if not agency:
        return gettext("No agency has been told")
    if entry.told_on:
        return gettext("%(agency)s told on %(day)s") % {"agency": agency, "day": uk_date(entry.told_on)}
    return gettext("%(agency)s told") % {"agency": agency}


def describe_entry(entry: FilePart) -> EntryWords:
    """Put an entry into words."""
    lines = [*details_of(entry), days_of(entry), verified(entry)]
    lines += [gettext("Seen %(day)s") % {"day": uk_date(entry.seen_on)} if entry.seen_on else ""]
    lines += [gettext("Source: %(source)s") % {"source": entry.source} if entry.source else "", entry.note]
    lines += [gettext("Why it ended: %(reason)s") % {"reason": entry.end_reason} if entry.end_reason else ""]
    return EntryWords(title_of(entry), [line for line in lines if line])


def days_of(entry: FilePart) -> str:
    """Say from when to when an entry holds."""
    first, last = entry.period.lower, last_of(entry.period)
    if first and last:
        return gettext("%(first)s to %(last)s") % {"first": uk_date(first), "last": uk_date(last)}
    if last:
        return gettext("Until %(day)s") % {"day": uk_date(last)}
    return gettext("Since %(day)s") % {"day": uk_date(first)} if first else gettext("First day not known")


def verified(entry: FilePart) -> str:
    """Say who made sure of an entry, when and how."""
    if not entry.verified_on or entry.verified_by is None:
        return gettext("Not verified")
    how = lower(str(entry.get_verified_how_display()))  # type: ignore[attr-defined]  # (made by Django for a field with choices)
    said = gettext("Verified %(day)s by %(person)s: %(how)s")
    return said % {"day": uk_date(entry.verified_on), "person": entry.verified_by.display_name, "how": how}
