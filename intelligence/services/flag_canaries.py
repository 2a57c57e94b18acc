"""Tests of routes: each way that flags in use take is tried with an event of no record, and must arrive in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from intelligence.choices.flags import CanaryState, DeliveryState
from intelligence.models import Canary, FlagDelivery

ARRIVED = {DeliveryState.TOLD, DeliveryState.HANDED_OVER}


def note_arrivals(deliveries: Iterable[FlagDelivery], now: datetime) -> None:
    """Note which tests of routes arrived with these deliveries."""
    keys = {delivery.canary_id for delivery in deliveries if delivery.canary_id and delivery.state in ARRIVED}
    if keys:
        Canary.objects.filter(pk__in=keys, arrived_at__isnull=True).update(arrived_at=now, state=CanaryState.ARRIVED)
