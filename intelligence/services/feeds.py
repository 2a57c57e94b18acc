"""Sources of reports from the border: kept by administrators, and watched so that none falls silent unnoticed."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.guards import wait_turn
from accounts.models import Organisation, Unit, User
from accounts.permissions import Perm
from actions.models import Action
from actions.services import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.travel import Door
from intelligence.models import AlertSource, TravelAlert
from intelligence.reports.travel import feeds_of, sums_of
from offenders.guards import require_unchanged

SILENT, UNEVEN = "travel-feed-silent", "travel-sum"
PAGE = "intelligence:connections"
BALANCE_PAGE = "intelligence:alert-balance"
WATCHED_DAYS = 7


def require_sendable(door: str, agency: Organisation | None) -> None:
    """An API is for one agency; a mailbox or a folder need not name one."""
    if door == Door.API and agency is None:
        raise DomainError("Choose the agency whose system sends reports.", field="agency")


@transaction.atomic
def add_source(
    *, actor: User, code: str, name: str, door: str, unit: Unit, agency: Organisation | None, allowed_senders: list[str],
    silent_after_hours: int
) -> AlertSource:  # fmt: skip
    """Add a way by which reports come in, and say which unit looks at them."""
    authorise(actor, Perm.CHANGE_RULES)
    require_sendable(door, agency)
    if unit.organisation_id != actor.organisation_id:
        raise DomainError("Choose a unit of your own force.", field="unit")
    wait_turn(f"alert source {code}")
    if AlertSource.objects.filter(code=code).exists():
        raise DomainError("Another source has this code. Choose another.", field="code")
    source = AlertSource.objects.create(
        code=code, name=name, door=door, force=actor.organisation, unit=unit, agency=agency, allowed_senders=allowed_senders,
        silent_after_hours=silent_after_hours,
    )  # fmt: skip
    record_event(Verb.CREATED, source, act="Source of travel alerts added", code=code)
    return source


@transaction.atomic
def change_source(
    *, actor: User, source: AlertSource, version: int, name: str, unit: Unit, agency: Organisation | None, allowed_senders: list[str],
    silent_after_hours: int, is_active: bool
) -> AlertSource:  # fmt: skip
    """Change who looks at the reports of a source, who may send, and whether it is in use. What came in already stays where it is."""
    authorise(actor, Perm.CHANGE_RULES, source)
    locked = AlertSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    require_unchanged(locked, version)
    require_sendable(locked.door, agency)
    if unit.organisation_id != locked.force_id:
        raise DomainError("Choose a unit of the force that the source belongs to.", field="unit")
    locked.name, locked.unit, locked.agency, locked.is_active = name, unit, agency, is_active
    locked.allowed_senders, locked.silent_after_hours, locked.version = allowed_senders, silent_after_hours, locked.version + 1
    locked.save()
    record_event(Verb.CHANGED, locked, act="Source of travel alerts changed", code=locked.code, in_use=is_active)
    return locked


def watch_feeds(*, actor: User | None) -> int:
    """Raise an action for each source that fell silent, and for each whose reports do not add up; return how many stand.

    The action closes by itself when the source speaks again, or the sum is even.
    """
    sources = list(AlertSource.objects.filter(is_active=True).select_related("force", "unit").order_by("pk"))
    uneven = {each.source.pk for each in sums_of(TravelAlert.objects.all(), localdate() - timedelta(days=WATCHED_DAYS)) if not each.adds_up}
    silent = {feed.source.pk for feed in feeds_of(sources) if feed.is_silent}
    for source in sources:
        keep_alarm(source, SILENT, source.pk in silent, gettext_noop("A source of travel alerts is silent: find out why"), PAGE)
        keep_alarm(source, UNEVEN, source.pk in uneven, gettext_noop("Reports of a source of travel alerts do not add up"), BALANCE_PAGE)
    return len(silent) + len(uneven)


@transaction.atomic
def keep_alarm(source: AlertSource, kind: str, is_on: bool, title: str, route: str) -> None:
    """Let an alarm stand exactly while there is a reason for it."""
    AlertSource.objects.select_for_update(of=("self",)).get(pk=source.pk)  # two sweeps must not raise two
    if not is_on:
        complete_actions_about(actor=None, subject=source, outcome="It is over", kind=kind)
    elif not Action.objects.waiting().filter(kind=kind, subject_type=source._meta.label_lower, subject_id=source.pk).exists():
        raise_action(
            actor=None, kind=kind, title=title, owner=Owner(unit=source.unit), force=source.force, unit=source.unit, subject=source,
            route=route, rule=SILENT, detail=f"{source.code}: {source.name}",
        )  # fmt: skip
