"""Tests of routes: each way that flags in use take is tried with an event of no record, and must arrive in time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.choices import Nation, Role
from accounts.models import Organisation, User
from actions.models import Occurrence
from actions.reports import RuleBook, reckon_clock
from actions.services.occurrences import match_later
from actions.services.work import Owner, raise_action
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.flags import Audience, CanaryState, DeliveryState
from intelligence.models import Canary, FlagDelivery, FlagSetting

ARRIVED = {DeliveryState.TOLD, DeliveryState.HANDED_OVER}
RULE, DEAD = "flag-canary", "flag-dead-route"


def routes_in_use() -> list[tuple[str, str, str]]:
    """Return each event, channel and kind of audience that a live flag has."""
    live = FlagSetting.objects.live().order_by("kind", "channel", "audience")
    return list(live.values_list("kind", "channel", "audience").distinct())


def watcher_of_tests() -> User | None:
    """Return who stands for every audience: the supervisor with the lowest number who is here. No test ever troubles them."""
    return User.objects.filter(is_active=True, groups__name=Role.SUPERVISOR, unit__isnull=False).order_by("pk").first()


@transaction.atomic
def send_canaries(*, actor: User | None, now: datetime) -> int:
    """Send a test on each route in use; return how many. None goes while no supervisor could stand for its audience."""
    watcher = watcher_of_tests()
    routes = routes_in_use() if watcher else []
    if watcher is None or not routes:
        return 0
    clock = reckon_clock(RuleBook.of([RULE], localdate(now)), RULE, starts_at=now, nation=Nation.ENGLAND_AND_WALES)
    run, kinds = uuid.uuid4(), sorted({kind for kind, _, _ in routes})
    made = Occurrence.objects.bulk_create(Occurrence(kind=kind, at=now, raised_by=actor, is_canary=True) for kind in kinds)
    by_kind = dict(zip(kinds, made, strict=True))
    Canary.objects.bulk_create(
        Canary(
            run=run, kind=kind, channel=channel, audience=audience, watcher=watcher, occurrence=by_kind[kind], sent_at=now,
            late_from=clock.late_from or now, role=Role.SUPERVISOR if audience == Audience.ROLE else "",
        )
        for kind, channel, audience in routes
    )  # fmt: skip
    record_event(Verb.CREATED, act="Routes of flags tested", routes=len(routes))
    match_later(actor=actor)
    return len(routes)


def note_arrivals(deliveries: Iterable[FlagDelivery], now: datetime) -> None:
    """Note which tests of routes arrived with these deliveries; `check_canaries` finds those that came too late."""
    keys = {delivery.canary_id for delivery in deliveries if delivery.canary_id and delivery.state in ARRIVED}
    if keys:
        arrived = Canary.objects.filter(pk__in=keys, arrived_at__isnull=True)
        arrived.filter(late_from__lte=now).update(arrived_at=now)
        arrived.filter(late_from__gt=now).update(arrived_at=now, state=CanaryState.ARRIVED)


@transaction.atomic
def check_canaries(*, actor: User | None, now: datetime) -> int:
    """Call routes dead whose test is late, with one action for the supervisors of each force that has flags on them; return how many."""
    late = Canary.objects.filter(state=CanaryState.SENT, late_from__lte=now).select_for_update(skip_locked=True)
    dead = list(late)
    if not dead:
        return 0
    Canary.objects.filter(pk__in=[canary.pk for canary in dead]).update(state=CanaryState.LATE)
    flags = FlagSetting.objects.live().filter(kind__in={canary.kind for canary in dead})
    for force in Organisation.objects.filter(pk__in=flags.values("nominal__force")).order_by("pk"):
        raise_action(
            actor=actor, kind=DEAD, title=gettext_noop("A route of flags does not arrive"), owner=Owner(role=Role.SUPERVISOR), force=force,
            rule=DEAD, starts_at=now, key=f"{DEAD}-{dead[0].run}-{force.pk}",
            detail="The page “Connections” names the routes. Ask the operator to repair them, and tell people by telephone until then.",
        )  # fmt: skip
    record_event(Verb.CHANGED, act="Routes of flags are dead", routes=len(dead))
    return len(dead)
