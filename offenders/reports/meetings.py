"""Reading meetings: what is lacking, actions with their outcomes, the content that an approval stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from actions.choices import ActionState
from actions.models import Action
from offenders.models import AgendaItem, MeetingAction, Minutes

CONTENT = (
    "confidentiality_read", "background", "risk_assessment", "risk_management_plan", "victim_issues", "disclosure", "disclosure_to",
    "disclosure_how", "disclosure_reasons", "human_rights", "diversity", "media_strategy", "decided_category", "decided_level",
    "level_reasons", "next_review_on",
)  # fmt: skip


def content_of(minutes: Minutes) -> dict[str, Any]:
    """Return everything that an approval stands for, restricted parts and attendance too."""
    restricted = [
        {"text": part.text, "reason": part.reason, "to": sorted(invited.pk for invited in part.recipients.all())}
        for part in minutes.restricted_items.prefetch_related("recipients").order_by("pk")
    ]
    return {
        "item": minutes.item_id,
        "number": minutes.number,
        "texts": {name: getattr(minutes, name) for name in CONTENT},
        "agencies": {str(row.agency_id): row.text for row in minutes.information.all()},
        "restricted": restricted,
        "attendance": {str(pk): state for pk, state in minutes.item.invitations.values_list("pk", "attendance")},
    }


@dataclass(frozen=True)
class Tracked:
    """An action that a meeting set, with how it stands."""

    action: MeetingAction
    raised: Action | None

    @property
    def is_open(self) -> bool:
        """Whether it waits."""
        return self.raised is not None and self.raised.state == ActionState.OPEN

    @property
    def words(self) -> str:
        """How it stands."""
        if self.raised is None:
            return gettext("Not tracked")
        return gettext("Open") if self.is_open else f"{self.raised.get_state_display()}: {self.raised.outcome}"

    def is_late(self, now: datetime) -> bool:
        """Whether it waits past its day."""
        return self.is_open and self.raised is not None and self.raised.late_from is not None and self.raised.late_from <= now


def track(actions: Iterable[MeetingAction]) -> list[Tracked]:
    """Return actions that the caller may see with what was raised for them, in one query."""
    found = list(actions)
    keys = [action.pk for action in found]
    rows = Action.objects.filter(subject_type=MeetingAction._meta.label_lower, subject_id__in=keys)
    raised = {row.subject_id: row for row in rows}
    return [Tracked(action, raised.get(action.pk)) for action in found]


def lacks_of(item: AgendaItem, now: datetime) -> list[str]:
    """Return what an agenda item still needs; its meeting, invitations and minutes are fetched."""
    meeting = item.meeting
    lacks = []
    if meeting.starts_at > now:
        lacks += [] if meeting.chair_id else [gettext("No chair")]
        lacks += [] if any(invited.user_id is None for invited in item.invitations.all()) else [gettext("No agency invited")]
        return lacks
    states = {minutes.state for minutes in item.minutes.all()}
    if not states:
        return [gettext("Minutes not begun")]
    if "submitted" in states:
        return [gettext("Minutes wait for the chair")]
    return [] if "approved" in states else [gettext("Minutes are a draft")]


def day_words(when: datetime) -> str:
    """Return the day of a meeting as files are named: 2026-11-24."""
    return localtime(when).date().isoformat()
