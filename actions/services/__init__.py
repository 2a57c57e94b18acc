"""Everything that changes actions, clocks and notifications; upper apps import from here."""

from actions.services.clocks import extend_clock, pause_clock, resume_clock, set_clock
from actions.services.telling import tell
from actions.services.work import (
    Owner,
    cancel_action,
    cancel_actions_about,
    complete_action,
    complete_actions_about,
    hand_over_action,
    raise_action,
)

__all__ = [
    "Owner",
    "cancel_action",
    "cancel_actions_about",
    "complete_action",
    "complete_actions_about",
    "extend_clock",
    "hand_over_action",
    "pause_clock",
    "raise_action",
    "resume_clock",
    "set_clock",
    "tell",
]
