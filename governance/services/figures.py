"""Closing a year: its figures are kept as they are known at that moment, with every row that they count."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from accounts.access import authorise
from accounts.models import Organisation, User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from governance.guards.figures import require_not_closed, require_over
from governance.models import ClosedYear
from governance.reports.figures import Question, figures_of
from governance.reports.ledger import settled_moment
from governance.rules.figures import frozen, last_of, seal_of


@transaction.atomic
def close_year(*, actor: User, year: int, today: date | None = None) -> ClosedYear:
    """Freeze the figures of a year of the actor's force; nothing changes them afterwards."""
    authorise(actor, Perm.CLOSE_FIGURES)
    force = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.organisation_id)
    require_over(year, today or localdate())
    require_not_closed(force, year)
    as_at, known_at = last_of(year), settled_moment()
    tables = frozen(figures_of(Question(force.pk, year, as_at, known_at)))
    sha256 = seal_of(force.pk, year, as_at.isoformat(), known_at.isoformat(), tables)
    closed = ClosedYear.objects.create(
        force=force, year=year, as_at=as_at, known_at=known_at, tables=tables, sha256=sha256, closed_by=actor
    )
    record_event(Verb.CHANGED, closed, act="Annual figures closed", year=year, sha256=sha256)
    return closed
