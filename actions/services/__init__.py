"""Everything that changes actions, clocks and notifications; upper apps import from here."""

from actions.services.clocks import (
    add_time,
    change_date,
    extend_clock,
    pause_clock,
    resume_clock,
    set_clock,
    start_clock_again,
    stop_clock,
    withdraw_extension,
    withdraw_pause,
)
from actions.services.moving import give_actions_about, hand_over_all, move_actions, rehome_actions
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
    "add_time",
    "cancel_action",
    "cancel_actions_about",
    "change_date",
    "complete_action",
    "complete_actions_about",
    "extend_clock",
    "give_actions_about",
    "hand_over_action",
    "hand_over_all",
    "move_actions",
    "pause_clock",
    "raise_action",
    "rehome_actions",
    "resume_clock",
    "set_clock",
    "start_clock_again",
    "stop_clock",
    "tell",
    "withdraw_extension",
    "withdraw_pause",
]
