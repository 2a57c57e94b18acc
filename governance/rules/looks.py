"""What is said of an unusual look, and when two finds are one. The words name nobody and tell nothing of a record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from governance.choices.looks import SPANS, Sign

LONDON = ZoneInfo("Europe/London")
EPOCH = date(2020, 1, 1)


class Rule(Protocol):
    """The numbers of a rule."""

    code: str
    least: int
    span: int
    margin: int


def counted(number: int, thing: str) -> str:
    """Return a number with what it counts."""
    return f"{number} {thing}{'s' * (number != 1)}"


def why(rule: Rule, number: int, events: int) -> str:
    """Say in one sentence, with its numbers, why looks are unusual. `number` is what the rule counted."""
    span = counted(rule.span, SPANS[rule.code].removesuffix("s"))
    match rule.code:
        case Sign.SURNAME:
            return f"Looked {counted(number, 'time')} within {span} at a record with the surname of whoever looked, who does not manage it."
        case Sign.COLLEAGUE:
            return (
                f"Looked {counted(number, 'time')} within {span} at a record with the name of somebody of the same force, "
                "without a link by unit, partnership or grant."
            )
        case Sign.MANY:
            return (
                f"Opened {counted(number, 'record')} within {span} that no search of theirs had found, without a link by unit, "
                f"partnership or grant. The rule names {rule.least}."
            )
        case Sign.NO_LINK:
            return (
                f"Opened {counted(number, 'case file')} within {span} by stated reason alone, without a link by unit, partnership "
                f"or grant. The rule names {rule.least}."
            )
        case Sign.HOURS:
            return (
                f"{counted(events, 'look')} at an hour at which this person did nothing on {counted(number, 'day')} of work in the "
                f"{span} before, nor within {counted(rule.margin, 'hour')} of it."
            )
        case Sign.REFUSALS:
            what = "Was refused, or asked for what is not there or hidden,"
            return f"{what} {counted(number, 'time')} within {span}. The rule names {rule.least}."
    raise ValueError(f"No words for {rule.code}")


def key_of(code: str, span: int, person: int, nominal: int | None, at: datetime) -> str:
    """Return what makes a find one: rule, person, record, and the day, or the stretch of days where the rule counts in days."""
    days = (at.astimezone(LONDON).date() - EPOCH).days
    in_days = SPANS[code] == "days" and code != Sign.HOURS
    return f"{code}:{person}:{nominal or 0}:{days // span if in_days else days}"
