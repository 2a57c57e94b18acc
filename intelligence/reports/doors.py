"""How the doors of reports from the border stand, and what a page shows of one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from intelligence.choices.travel import AlertState, Door, MessageState
from intelligence.models import AlertSource, MessageScan, RawMessage, TravelAlert
from intelligence.parsing import Unreadable
from intelligence.parsing.characters import text_of
from intelligence.parsing.mails import headers_that_matter, open_mail

SHOWN_BYTES = 20_000
SHOWN_ALERTS = 100


@dataclass(frozen=True)
class DoorHealth:
    """A source, when its door was last opened, and what waits behind it."""

    source: AlertSource
    is_set_up: bool
    last_message: object
    waiting: int
    held_back: int
    rejected: int

    @property
    def is_down(self) -> bool:
        """Whether its door does not open now."""
        return self.source.fetch_failures > 0


def doors(user: User) -> list[DoorHealth]:
    """Return the sources of the user's force with figures that say nothing of any person."""
    counted = RawMessage.objects.filter(source=OuterRef("pk")).order_by().values("source")
    wanted = {
        "waiting": Count("pk", filter=Q(state=MessageState.TAKEN)),
        "held_back": Count("pk", filter=Q(state=MessageState.QUARANTINED)),
        "rejected": Count("pk", filter=Q(state=MessageState.REJECTED)),
    }
    figures = {name: Coalesce(Subquery(counted.annotate(figure=count).values("figure")), 0) for name, count in wanted.items()}
    newest = Subquery(counted.annotate(figure=Max("last_seen_at")).values("figure"))
    sources = AlertSource.objects.for_user(user).filter(is_active=True).annotate(**figures, last_message=newest).order_by("name")
    return [DoorHealth(row, is_set_up(row), row.last_message, row.waiting, row.held_back, row.rejected) for row in sources]


def is_set_up(source: AlertSource) -> bool:
    """Whether the operator has said where the door is; a call needs no such word."""
    places = {Door.MAILBOX: settings.ALERT_MAILBOXES, Door.FOLDER: settings.ALERT_FOLDERS}
    return source.code in places.get(Door(source.door), {source.code: True})


class Beginning(NamedTuple):
    """What a page shows of the content of a message: always text, never markup."""

    headers: list[tuple[str, str]]
    text: str
    is_cut: bool


def beginning_of(message: RawMessage) -> Beginning:
    """Return the headers that matter and the first text of a message whose `content` is at hand."""
    data = bytes(message.content)
    headers: list[tuple[str, str]] = []
    if message.source.door == Door.MAILBOX:
        try:
            headers = headers_that_matter(open_mail(data))
        except Unreadable:
            headers = []
    text = text_of(data[:SHOWN_BYTES])
    shown = "".join(character if character.isprintable() or character in "\n\t" else "·" for character in text.replace("\r\n", "\n"))
    return Beginning(headers, shown, len(data) > SHOWN_BYTES)


class Rows(NamedTuple):
    """The reports of a message: counts, and those that cannot be used."""

    count: int
    refused_count: int
    repeats: int
    refused: QuerySet[TravelAlert]


def rows_of(message: RawMessage, user: User) -> Rows:
    """Return what came of a message, as far as the user may see its reports."""
    alerts = TravelAlert.objects.for_user(user).filter(message=message)
    refused = alerts.filter(state=AlertState.REJECTED).order_by("line")
    return Rows(alerts.count(), refused.count(), message.repeats.count(), refused[:SHOWN_ALERTS])


def scan_of(message: RawMessage) -> MessageScan | None:
    """Return what the virus scanner said of a message; none before it was asked."""
    return MessageScan.objects.filter(message=message).first()
