"""How the routes of flags stand, by their newest test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions.choices import Happening
from intelligence.choices.flags import Audience, CanaryState, Channel
from intelligence.models import Canary


@dataclass(frozen=True)
class RouteHealth:
    """The newest test of all routes: when, how many arrived or are under way, and which are dead."""

    tested_at: datetime | None
    arrived: int
    waiting: int
    dead: list[str]


def route_health() -> RouteHealth:
    """Return how the routes of flags stand."""
    newest = Canary.objects.order_by("-sent_at").first()
    rows = list(Canary.objects.filter(run=newest.run)) if newest else []
    return RouteHealth(
        tested_at=newest.sent_at if newest else None,
        arrived=sum(row.state == CanaryState.ARRIVED for row in rows),
        waiting=sum(row.state == CanaryState.SENT for row in rows),
        dead=[route_words(row) for row in rows if row.state == CanaryState.LATE],
    )


def route_words(row: Canary) -> str:
    """Name a route."""
    return f"{Happening(row.kind).label}, {Audience(row.audience).label.lower()}: {Channel(row.channel).label}"
