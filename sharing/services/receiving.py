"""What an agency does with what was shared with it: opens it, accepts the handling, says what it did."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import complete_actions_about, tell
from audit.choices import Verb
from audit.services import record_event
from sharing.models import AgencyAction, Reading, Release
from sharing.rules.decisions import ROUTE

RECEIPT, EXPECTED = "sharing-receipt", "sharing-expected"


def hold(actor: User, release: Release, perm: Perm) -> Release:
    """Authorise a user of the agency and lock the release, as it stands for the agency now."""
    authorise(actor, Perm.VIEW_SHARED, release)
    authorise(actor, perm)
    return Release.objects.select_for_update(of=("self",)).select_related("decision__nominal", "sent_by").get(pk=release.pk)


@transaction.atomic
def open_release(*, actor: User, release: Release, on_behalf_of: str = "") -> Reading:
    """Note that somebody of the agency opened it. Its content shows only once the handling has been accepted."""
    authorise(actor, Perm.VIEW_SHARED, release)
    is_accepted = release.acknowledged_at is not None
    return Reading.objects.create(release=release, user=actor, on_behalf_of=on_behalf_of, with_content=is_accepted)


@transaction.atomic
def acknowledge_release(*, actor: User, release: Release, on_behalf_of: str = "") -> Release:
    """Accept how it must be handled, so that its content opens; the first time counts. The sender is told and the chase ends."""
    locked = hold(actor, release, Perm.VIEW_SHARED)
    if locked.acknowledged_at is None:
        locked.acknowledged_at, locked.acknowledged_by, locked.acknowledged_for = now(), actor, on_behalf_of
        locked.version += 1
        locked.save(update_fields=["acknowledged_at", "acknowledged_by", "acknowledged_for", "version"])
        complete_actions_about(actor=actor, subject=locked, kind=RECEIPT, outcome="The recipient accepted the handling.")
        record_event(Verb.CHANGED, locked, act="Handling accepted by the recipient")
        tell_sender(actor, locked, gettext_noop("The recipient accepted the handling of what was shared"))
    return locked


@transaction.atomic
def report_action(
    *, actor: User, release: Release, done_on: date, text: str, is_final: bool, on_behalf_of: str = ""
) -> AgencyAction:
    """Say what the agency did about it; the last of what was expected ends the wait for it."""
    locked = hold(actor, release, Perm.TELL_POLICE)
    if locked.acknowledged_at is None:
        raise DomainError("Accept how this must be handled first.")
    if done_on > localdate():
        raise DomainError("Enter today or an earlier day.", field="done_on")
    if not text.strip():
        raise DomainError("Say what was done.", field="text")
    done = AgencyAction.objects.create(
        release=locked, done_on=done_on, text=text.strip(), is_final=is_final, by=actor, on_behalf_of=on_behalf_of
    )
    if is_final:
        complete_actions_about(actor=actor, subject=locked, kind=EXPECTED, outcome="The recipient has done what was asked.")
    record_event(Verb.CREATED, locked, act="What the recipient did", final=is_final)
    tell_sender(actor, locked, gettext_noop("A recipient says what it did about what was shared"))
    return done


def tell_sender(actor: User, release: Release, text: str) -> None:
    """Tell whoever sent it and the offender manager; the words name nobody."""
    nominal = release.decision.nominal
    tell(actor=actor, people=[release.sent_by, nominal.offender_manager], text=text, nominal=nominal.pk, route=ROUTE)
