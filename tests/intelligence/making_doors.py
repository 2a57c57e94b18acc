"""Sources and messages of reports from the border, for tests."""

from __future__ import annotations

from typing import Any

from accounts.models import Unit
from intelligence.choices.travel import Door
from intelligence.models import AlertSource, RawMessage
from intelligence.services.messages import Incoming, take_message
from intelligence.services.reading import read_message
from tests.factories import make_unit

ALLOWED = ["@border.example"]


def make_alert_source(*, code: str = "border-mail", unit: Unit | None = None, door: str = Door.MAILBOX, **values: Any) -> AlertSource:
    """A source in use; its queue is kept by the unit."""
    unit = unit or make_unit()
    defaults = {"name": f"Invented border, {code}", "allowed_senders": ALLOWED, "force": unit.organisation, "unit": unit}
    return AlertSource.objects.create(code=code, door=door, **{**defaults, **values})


def take(source: AlertSource, content: bytes | str, **values: Any) -> RawMessage:
    """Store content as if it had come through the source's door."""
    content = content.encode() if isinstance(content, str) else content
    values.setdefault("is_mail", source.door == Door.MAILBOX)
    return take_message(actor=None, source=source, incoming=Incoming(content=content, size=len(content), **values))[0]


def take_and_read(source: AlertSource, content: bytes | str, **values: Any) -> RawMessage:
    """The same, read to its end."""
    message = take(source, content, **values)
    while read_message(actor=None, message_id=message.pk):
        pass
    return RawMessage.objects.get(pk=message.pk)
