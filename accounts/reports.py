"""What is shown about machine clients besides their own rows."""
from __future__ import annotations

from typing import TYPE_CHECKING

from audit.models import Event

if TYPE_CHECKING:
    from accounts.models import ApiClient

SHOWN = 20


def recent_refusals(client: ApiClient) -> list[Event]:
    """Return what a client was refused lately, newest first; the caller has checked that the client may be seen."""
    return list(Event.objects.refusals_of_client(client.pk)[:SHOWN])
