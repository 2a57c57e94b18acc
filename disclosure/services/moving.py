"""Holding an application while it changes, and moving it from step to step: only here, and only past what the step needs."""

from __future__ import annotations

from django.utils.timezone import now

from accounts.access import authorise, row_security
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from audit.choices import Verb
from audit.services import record_event
from disclosure.guards.needs import require_nothing_missing
from disclosure.models import Application
from disclosure.reports.facts import facts_of
from disclosure.rules.applications import ENDED, NO_DANGER, Facts, State, lacking, may_move, missing
from offenders.guards import require_unchanged


def hold_application(actor: User, application: Application, version: int | None = None, perm: Perm = Perm.WORK_APPLICATION) -> Application:
    """Hold an application until the transaction ends; the actor holds the permission on it, and it has not ended.

    Until then the database shows the actor what is sealed in it.
    """
    authorise(actor, perm, application)
    rows = Application.objects.select_for_update(of=("self",)).select_related("force", "unit", "officer", "nominal")
    with row_security(actor):
        locked = rows.get(pk=application.pk)
    require_unchanged(locked, version)
    if locked.state in ENDED:
        raise DomainError("This application has ended. Open it to read how.")
    return locked


def hold_running(actor: User, application: Application, version: int | None = None, perm: Perm = Perm.WORK_APPLICATION) -> Application:
    """Hold an application as `hold_application` does; while somebody is in danger nothing goes on but protecting them."""
    locked = hold_application(actor, application, version, perm)
    if locked.state == State.SAFEGUARDING:
        raise DomainError(lacking((NO_DANGER,), Facts(danger_open=True))[0])
    return locked


def touch(application: Application, *fields: str) -> None:
    """Store fields of an application that is held, and count the change."""
    application.version += 1
    application.save(update_fields=[*fields, "version"])


def move_application(actor: User, application: Application, after: State, act: str, reason: str = "") -> None:
    """Move an application that is held to a state for which nothing is missing. Raises DomainError that names what is.

    Back where it stood before somebody was in danger it needs nothing anew.
    """
    before = State(application.state)
    if not may_move(before, after):
        raise DomainError("The application does not stand where this can be done. Load the page again.")
    if before != State.SAFEGUARDING:
        with row_security(actor):
            require_nothing_missing(missing(after, facts_of(application)))
    application.state = after
    fields = ["state", "stood_at"]
    application.stood_at = before if after == State.SAFEGUARDING else ""
    if after in ENDED:
        application.ended_at, application.ended_by, application.end_reason = now(), actor, reason
        fields += ["ended_at", "ended_by", "end_reason"]
    touch(application, *fields)
    record_event(Verb.CHANGED, application, act=act, before=str(before), after=str(after))
