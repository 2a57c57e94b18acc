"""Sending a released report on to people and units: conditions go with it, opening it is the receipt, and they say what they did."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError, StaleRecord
from accounts.models import Unit, User
from accounts.permissions import Perm
from actions.services import tell
from audit.choices import Verb
from audit.services import record_event
from intelligence.guards.information import require_conditions, require_reason
from intelligence.models import Dissemination, InformationReport
from intelligence.reports.information import readers_of
from intelligence.rules.information import State
from intelligence.services.information import lock_report
from intelligence.services.information_evaluating import RECEIVED

TOLD = gettext_noop("Intelligence was sent to you")


@transaction.atomic
def send_report(
    *,
    actor: User,
    report: InformationReport,
    people: Sequence[User] = (),
    units: Sequence[Unit] = (),
    conditions: str = "",
    expected: str = "",
) -> list[Dissemination]:
    """Send it; who has it already is not sent it twice, and who may not know of somebody named cannot receive it."""
    locked = lock_report(actor, Perm.EVALUATE_REPORT, report, None)
    if locked.state != State.RELEASED:
        raise DomainError("Only a report that is released can be sent on.")
    if not people and not units:
        raise DomainError("Say who receives it.", field="recipients")
    require_conditions(locked.handling, conditions)
    said = {"conditions": conditions.strip(), "expected": expected.strip(), "sent_by": actor}
    sent = []
    for user in people:
        row, is_new = Dissemination.objects.get_or_create(report=locked, user=user, defaults=said)
        if not Dissemination.objects.for_user(user).filter(pk=row.pk).exists():
            refused = gettext_noop("{person} cannot receive this report. Leave them out.")
            raise DomainError(refused, person=user.display_name, field="recipients")
        sent += [row] if is_new else []
    for unit in units:
        row, is_new = Dissemination.objects.get_or_create(report=locked, unit=unit, defaults=said)
        sent += [row] if is_new else []
    for row in sent:
        record_event(Verb.CREATED, row, act="Report sent on", user=row.user_id, unit=row.unit_id)
        tell(actor=actor, people=readers_of(row), text=TOLD, route=RECEIVED)
    return sent


@transaction.atomic
def confirm_report(*, actor: User, sent: Dissemination) -> None:
    """Note that it was opened by whoever was sent it, for the first time."""
    authorise(actor, Perm.READ_INTELLIGENCE, sent)
    Dissemination.objects.filter(pk=sent.pk, read_at__isnull=True).update(read_at=now(), read_by=actor)


@transaction.atomic
def say_what_was_done(*, actor: User, sent: Dissemination, did: str) -> Dissemination:
    """Tell the bureau what was done with it, once."""
    authorise(actor, Perm.READ_INTELLIGENCE, sent)
    locked = Dissemination.objects.select_for_update(of=("self",)).select_related("sent_by").get(pk=sent.pk)
    if locked.did:
        raise StaleRecord("What was done has been said already.")
    require_reason(did, "did")
    locked.did, locked.did_by, locked.did_at = did, actor, now()
    locked.save(update_fields=["did", "did_by", "did_at"])
    record_event(Verb.CHANGED, locked, act="Said what was done with a report")
    tell(
        actor=actor,
        people=[locked.sent_by],
        text=gettext_noop("Somebody said what they did with a report"),
        route="intelligence:report-queue",
    )
    return locked
