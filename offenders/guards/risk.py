"""State guards of assessments, plans and their approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from accounts.errors import DomainError
from accounts.models import User
from offenders.choices.risk import SignOff
from offenders.models.plan import PlanAction
from offenders.models.risk import AssessmentTool, SignedPart
from offenders.rules.risk import Problem, may_move
from ui.templatetags.ui import date_words, words_in_sentence


def require_move(row: SignedPart, to: SignOff) -> None:
    """The table of moves lets it go there from where it stands."""
    if not may_move(row.state, to):
        state = words_in_sentence(SignOff(row.state).label)
        raise DomainError("This cannot be done now: it is {state}. Open it again to see how it stands.", state=state)


def require_author(row: SignedPart, actor: User) -> None:
    """Only its author changes or submits it, so that whoever approves has written no part of it."""
    if row.author_id != actor.pk:
        raise DomainError(
            "{person} is writing this. Ask them to change it, or withdraw it and start your own.", person=row.author.display_name
        )


def require_other_than_author(row: SignedPart, actor: User) -> None:
    """Nobody approves what they wrote. The database refuses it too."""
    if row.author_id == actor.pk:
        raise DomainError("You wrote this, so somebody else must decide. Ask another supervisor of the unit.")


def require_what_was_submitted(row: SignedPart) -> None:
    """The content is what its author submitted."""
    if row.content_hash != row.submitted_hash:
        raise DomainError("This is not what was submitted any more. Ask its author to take it back and submit it again.")


def require_reasons(reasons: str) -> None:
    """Whoever gets something back learns why."""
    if not reasons.strip():
        raise DomainError("Enter what must change before you can approve it", field="reasons")


def require_no_problem(problems: Sequence[Problem]) -> None:
    """Nothing is missing or wrong; the first thing that is stands for all."""
    if problems:
        field, words = problems[0]
        raise DomainError(words, field=field or None)


def require_tool_in_use(tool: AssessmentTool, day: date) -> None:
    """The tool was in use on the day of the assessment."""
    if day not in tool.period:
        raise DomainError(
            "{tool} was not in use on {day}. Choose another tool or check the day.", tool=tool.name, day=date_words(day), field="tool"
        )


def require_live_action(planned: PlanAction) -> None:
    """The plan still asks for it."""
    if planned.ended_at is not None:
        raise DomainError("This plan action has ended already.")
