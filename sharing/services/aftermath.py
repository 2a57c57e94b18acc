"""What happened after something was shared: a breach of data, and what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.choices import Role
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unchanged
from sharing.choices.sending import Came, Effect
from sharing.guards.releases import require_look, require_open_breach, require_past, require_words
from sharing.models import DataBreach, Release, ReleaseOutcome
from sharing.rules.decisions import ROUTE
from sharing.services.releases import LOOKS, hold_release, take_back

BREACH = "sharing-breach"


@transaction.atomic
def report_breach(
    *, actor: User, release: Release, found_at: datetime, what_happened: str, who_has_it: str, contained: str
) -> DataBreach:
    """Say that what was shared is where it should not be: it is withdrawn at once, and data protection has a clock."""
    locked = hold_release(actor, release)
    require_past(found_at, "found_at")
    require_words(what_happened=what_happened, who_has_it=who_has_it, contained=contained)
    if locked.data_breaches.filter(closed_at__isnull=True).exists():
        raise DomainError("A breach of this is open already.")
    if locked.withdrawn_at is None:
        take_back(actor, locked, "Breach of data")
    breach = DataBreach.objects.create(
        release=locked, by=actor, found_at=found_at, what_happened=what_happened, who_has_it=who_has_it, contained=contained
    )
    raise_action(
        actor=actor, kind=BREACH, title=gettext_noop("A breach of data to be looked at"), owner=Owner(role=Role.INFORMATION_GOVERNANCE),
        nominal=locked.decision.nominal, subject=breach, route=ROUTE, rule=BREACH, starts_at=found_at, key=f"{BREACH}-{breach.pk}",
    )  # fmt: skip
    record_event(Verb.CREATED, breach, act="Breach of data reported")
    return breach


@transaction.atomic
def close_breach(*, actor: User, breach: DataBreach, outcome: str, lessons: str, version: int | None = None) -> DataBreach:
    """Say as data protection what was decided and learned; whoever reported it does not close it."""
    authorise(actor, Perm.VIEW_SHARING, breach)
    authorise(actor, Perm.MANAGE_AGREEMENTS)
    locked: DataBreach = DataBreach.objects.select_for_update(of=("self",)).get(pk=breach.pk)
    require_unchanged(locked, version)
    require_open_breach(locked, actor)
    require_words(outcome=outcome, lessons=lessons)
    locked.outcome, locked.lessons, locked.closed_at, locked.closed_by = outcome, lessons, now(), actor
    locked.version += 1
    locked.save(update_fields=["outcome", "lessons", "closed_at", "closed_by", "version"])
    complete_actions_about(actor=actor, subject=locked, kind=BREACH, outcome="Closed by data protection.")
    record_event(Verb.CHANGED, locked, act="Breach of data closed")
    return locked


@transaction.atomic
def record_outcome(*, actor: User, release: Release, days: int, text: str, **came: Came | Effect | str) -> ReleaseOutcome:
    """Record what came of sharing, 7 or 28 days on: media, disorder, underground, harm, victim, family."""
    locked = hold_release(actor, release)
    require_look(locked, days, (localdate() - localdate(locked.sent_at)).days)
    require_words(text=text)
    for field, value in came.items():
        if value not in Came.values:
            raise DomainError("Choose an answer.", field=field)
    outcome = ReleaseOutcome.objects.create(release=locked, by=actor, days=days, text=text.strip(), **came)
    complete_actions_about(actor=actor, subject=locked, kind=LOOKS[days], outcome="Recorded.")
    record_event(Verb.CREATED, outcome, act="What came of sharing recorded", days=days)
    return outcome
