"""Rules of assessments and sign-off: what a score may be, which level follows, who moves what where, what an approval covers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from offenders.choices import RiskLevel
from offenders.choices.risk import FieldKind, PlanPart, RepeatUnit, SignOff
from ui.templatetags.ui import in_sentence

Problem = tuple[str, str]  # the form field, and what to do
LONGEST_TEXT = 200
LONGEST_RHYTHM = 365

# From each state, where something signed off may go. Nothing leaves the last two.
MOVES: dict[SignOff, frozenset[SignOff]] = {
    SignOff.DRAFT: frozenset({SignOff.SUBMITTED, SignOff.WITHDRAWN}),
    SignOff.SUBMITTED: frozenset({SignOff.APPROVED, SignOff.RETURNED, SignOff.DRAFT}),
    SignOff.RETURNED: frozenset({SignOff.SUBMITTED, SignOff.WITHDRAWN}),
    SignOff.APPROVED: frozenset({SignOff.SUPERSEDED}),
    SignOff.SUPERSEDED: frozenset(),
    SignOff.WITHDRAWN: frozenset(),
}
BEING_WRITTEN = [SignOff.DRAFT, SignOff.RETURNED]
SIGNED = [SignOff.APPROVED, SignOff.SUPERSEDED]


@dataclass(frozen=True)
class FormField:
    """One thing that a tool asks for."""

    code: str
    name: str
    kind: FieldKind
    lowest: int | None = None
    highest: int | None = None
    options: tuple[str, ...] = ()
    is_required: bool = True
    gives_level: bool = False


def may_move(state: SignOff | str, to: SignOff | str) -> bool:
    """Say whether something signed off may go from one state to another."""
    return SignOff(to) in MOVES[SignOff(state)]


def score_field(code: str) -> str:
    """Return the form field that takes a score."""
    return f"score_{code}"


def levels_of(field: FormField) -> list[RiskLevel]:
    """Return the levels that a field knows: all of them, or those between its lowest and highest."""
    return [level for level in RiskLevel if (field.lowest or level) <= level <= (field.highest or level)]


def what_it_takes(field: FormField) -> str:
    """Say in words which answers a field takes."""
    match field.kind:
        case FieldKind.NUMBER:
            return gettext("a whole number from %(lowest)s to %(highest)s") % {"lowest": field.lowest, "highest": field.highest}
        case FieldKind.CHOICE:
            return gettext("one of: %(options)s") % {"options": ", ".join(field.options)}
        case FieldKind.LEVEL:
            return gettext("one of: %(options)s") % {"options": ", ".join(in_sentence(level.label) for level in levels_of(field))}
    return gettext("at most %(most)s characters") % {"most": LONGEST_TEXT}


def is_whole(value: Any) -> bool:
    """Say whether it is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def fits(field: FormField, value: Any) -> bool:
    """Say whether an answer lies in what the field takes."""
    match field.kind:
        case FieldKind.NUMBER:
            return is_whole(value) and field.lowest is not None and field.highest is not None and field.lowest <= value <= field.highest
        case FieldKind.CHOICE:
            return value in field.options
        case FieldKind.LEVEL:
            return is_whole(value) and value in levels_of(field)
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def is_given(value: Any) -> bool:
    """Say whether there is an answer; nought is one."""
    return value not in (None, "")


def check_scores(form: Sequence[FormField], scores: Mapping[str, Any], *, is_final: bool) -> list[Problem]:
    """Return what is wrong with the answers to a tool's form; a draft may leave answers out, but none may be out of range."""
    known = {field.code for field in form}
    problems = [("", gettext("This tool does not ask for “%(code)s”.") % {"code": code}) for code in scores if code not in known]
    for field in form:
        value = scores.get(field.code)
        if is_given(value) and not fits(field, value):
            said = gettext("%(name)s must be %(answer)s")
            problems.append((score_field(field.code), said % {"name": field.name, "answer": what_it_takes(field)}))
        elif is_final and field.is_required and not is_given(value):
            said = gettext("%(name)s: enter %(answer)s")
            problems.append((score_field(field.code), said % {"name": field.name, "answer": what_it_takes(field)}))
    return problems


def level_from(form: Sequence[FormField], scores: Mapping[str, Any]) -> int | None:
    """Return the level that the tool gives: the highest of the fields that give one; None while none is answered."""
    answers: list[int] = [scores[field.code] for field in form if field.gives_level and fits(field, scores.get(field.code))]
    return max(answers, default=None)


def score_words(field: FormField, value: Any) -> str:
    """Write an answer as people read it."""
    if not is_given(value):
        return gettext("Not answered")
    return str(RiskLevel(value).label) if field.kind == FieldKind.LEVEL and value in RiskLevel.values else str(value)


def check_assessment(form: Sequence[FormField], values: Mapping[str, Any], today: date) -> list[Problem]:
    """Return what keeps an assessment from being submitted."""
    problems = check_scores(form, values["scores"], is_final=True)
    if values["assessed_on"] > today:
        problems.append(("assessed_on", gettext("The day of the assessment must be today or earlier")))
    if not values["level_proposed"]:
        problems.append(("level_proposed", gettext("Select the level that you propose")))
    given = level_from(form, values["scores"])
    if given and values["level_proposed"] and given != values["level_proposed"] and not values["difference_reason"].strip():
        said = gettext("The tool gives %(level)s. Enter why you propose another level")
        problems.append(("difference_reason", said % {"level": in_sentence(RiskLevel(given).label)}))
    required = (
        ("at_risk", gettext("Select to whom the risk is")),
        ("rationale", gettext("Enter your reasons")),
        ("sources", gettext("Select what you drew on")),
    )
    return problems + [(name, words) for name, words in required if not values[name]]


def content_hash(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of content in one canonical form: what an approval is bound to."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def next_turn(due_on: date, every: int, unit: RepeatUnit | str, today: date) -> date:
    """Return the next day on which something that comes again is due: in step with the last, and after today."""
    step = every * (7 if unit == RepeatUnit.WEEKS else 1)
    missed = max(0, (today - due_on).days // step)
    return due_on + timedelta(days=step * (missed + 1))


def check_plan(content: Mapping[str, str], review_on: date | None, today: date) -> list[Problem]:
    """Return what keeps a plan from being submitted: an empty part, or no review ahead."""
    empty = [part for part in PlanPart if not content[part].strip()]
    said = gettext("%(part)s: say what is done, or that nothing is needed and why")
    problems = [(part.value, said % {"part": part.label}) for part in empty]
    if review_on is None or review_on <= today:
        problems.append(("review_on", gettext("The review must be on a day after today")))
    return problems


def check_rhythm(every: int | None, unit: str) -> list[Problem]:
    """Return what is wrong with how often something comes again."""
    if bool(every) != bool(unit):
        return [("every_unit" if every else "every", gettext("Enter both how many and whether days or weeks, or leave both empty"))]
    return [("every", gettext("Enter a number from 1 to 365"))] if every and not 1 <= every <= LONGEST_RHYTHM else []
