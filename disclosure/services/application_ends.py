"""How applications end before a decision, and what follows: withdrawn, the same as another, made to harm, gone on with by the police."""

from __future__ import annotations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.access import authorise, row_security
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import cancel_actions_about, complete_actions_about, tell
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.applications import PartyRole, Received, Route
from disclosure.guards.applications import require_danger_answered, require_withdrawn, require_words
from disclosure.models import Application, Party
from disclosure.reports.twins import twins_before
from disclosure.rules.applications import State
from disclosure.services.application_people import know_again
from disclosure.services.applications import LIST, TWIN, leads_of, open_application, stop_for_danger
from disclosure.services.moving import hold_application, hold_running, move_application, touch

GOES_ON = {PartyRole.SUBJECT, PartyRole.AT_RISK, PartyRole.CHILD}
KEPT = ("role", "name", "born_on", "address", "phone", "email", "relationship", "notes")


@transaction.atomic
def withdraw_application(*, actor: User, application: Application, reason: str, version: int) -> Application:
    """End it because the applicant no longer asks; its clocks are cancelled."""
    locked = hold_running(actor, application, version)
    require_words(gettext_noop("Say why it is withdrawn, as the applicant put it."), reason=reason)
    end(actor, locked, reason, "Withdrawn")
    return locked


def end(actor: User, application: Application, reason: str, act: str) -> None:
    """End an application that is held; the reason stands with it, and no word of it with the actions."""
    move_application(actor, application, State.WITHDRAWN, act, reason.strip())
    cancel_actions_about(actor=actor, subject=application, reason=f"{act}.")


@transaction.atomic
def go_on_as_right_to_know(
    *, actor: User, application: Application, reason: str, in_danger: bool | None, danger: str = ""
) -> Application:  # fmt: skip
    """Go on as the police where the applicant has withdrawn: another application, with those at risk and the person asked about."""
    authorise(actor, Perm.WORK_APPLICATION, application)
    rows = Application.objects.select_for_update(of=("self",)).select_related("unit", "force", "officer", "nominal")
    before = rows.get(pk=application.pk)
    require_withdrawn(before)
    require_words(gettext_noop("Say why the police go on."), reason=reason)
    require_danger_answered(in_danger, danger)
    after = Application(
        scheme=before.scheme, route=Route.KNOW, received_by=Received.POLICE, received_at=now(), unit=before.unit, force=before.force,
        officer=before.officer, taken_by=actor, nominal=before.nominal, has_no_record=before.has_no_record, twin_of=before,
        why_another=reason.strip(), in_danger=in_danger,
    )  # fmt: skip
    open_application(actor, after)
    with row_security(actor):
        for party in Party.objects.filter(application=before, role__in=GOES_ON).order_by("pk"):
            Party.objects.create(application=after, **{field: getattr(party, field) for field in KEPT})
        know_again(actor, after)
    record_event(Verb.CHANGED, before, act="The police go on under the right to know", after=after.pk)
    if in_danger:
        stop_for_danger(actor, after, danger)
    return after


@transaction.atomic
def settle_twin(*, actor: User, application: Application, is_same: bool, reason: str, version: int) -> Application:
    """Say as the unit's supervisor that it is the same as an earlier one, which ends it, or why it is another."""
    locked = hold_running(actor, application, version, Perm.DECIDE_APPLICATION)
    earlier = twins_before(locked).select_related("unit", "officer").first()
    if earlier is None or locked.why_another:
        raise DomainError("No earlier application is like this one.")
    require_words(gettext_noop("Say how you know."), reason=reason)
    locked.twin_of = earlier
    if is_same:
        locked.save(update_fields=["twin_of"])
        end(actor, locked, reason, "Ended: the same application stands already")
        people = [earlier.officer] if earlier.officer else leads_of(earlier.unit)
        tell(actor=actor, people=people, text=gettext_noop("A disclosure application of yours came again by another door"), route=LIST)
        return locked
    locked.why_another = reason.strip()
    touch(locked, "twin_of", "why_another")
    record_event(Verb.CHANGED, locked, act="Said to be another application")
    complete_actions_about(actor=actor, subject=locked, kind=TWIN, outcome="Another application")
    return locked


@transaction.atomic
def mark_malicious(*, actor: User, application: Application, reason: str, version: int) -> Application:
    """Say as the unit's supervisor that it was made to harm or to pry. The reason stands in the trail."""
    locked = hold_application(actor, application, version, Perm.DECIDE_APPLICATION)
    require_words(gettext_noop("Say what shows it."), reason=reason)
    locked.is_malicious = True
    touch(locked, "is_malicious")
    record_event(Verb.CHANGED, locked, reason=reason, act="Found to be made to harm or to pry")
    return locked
