"""Dealing with reports that pile up: somebody has looked, and says what follows and why."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError, NotPermitted, StaleRecord
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, raise_action
from audit.choices import Verb
from audit.services import record_event
from intelligence.choices.weak_signals import Follow
from intelligence.guards.information import require_reason
from intelligence.models import InformationReport, SignalLook, SignalReport
from intelligence.reports.weak_signals import Signal, all_signals, columns_of
from intelligence.services.information_routing import PAGE, SUGGESTED

KIND = "weak-signals"
TITLES = {
    Follow.MANAGER: gettext_noop("Several weak reports tell of this person: read them together"),
    Follow.ASSESSMENT: gettext_noop("Several weak reports tell of this person: assess the risk anew"),
}


@transaction.atomic
def look_at_signal(*, actor: User, key: str, version: int, follows: Follow | str, reason: str) -> SignalLook:
    """Say that somebody has looked at every report about a person or thing; it stays away until another report comes."""
    authorise(actor, Perm.LINK_INTELLIGENCE)
    signal = hold_signal(actor, key)
    if signal.version != version:
        raise StaleRecord("Another report has come, or somebody has looked at these meanwhile. Open the page again.")
    require_reason(reason)
    if follows not in Follow.values or (str(follows) in TITLES and not signal.nominal):
        raise DomainError("Choose what follows.", field="follows")
    look = SignalLook.objects.create(
        force=actor.organisation, by=actor, follows=str(follows), reason=reason.strip(), **columns_of(signal.about)
    )
    SignalReport.objects.bulk_create(SignalReport(look=look, report=report) for report in signal.reports)
    record_event(Verb.CHANGED, look, act="Weak signals looked at", follows=str(follows), reports=len(signal.reports))
    tell_manager(actor, look, signal)
    return look


def hold_signal(actor: User, key: str) -> Signal:
    """Hold the reports of a pile until the transaction ends, so that one person at a time deals with it; return it as it is then."""
    seen = next((signal for signal in all_signals(actor) if signal.key == key), None)
    if seen is None:
        raise NotPermitted(Perm.LINK_INTELLIGENCE)
    keys = [report.pk for report in seen.reports]
    list(InformationReport.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    held = next((signal for signal in all_signals(actor) if signal.key == key), None)
    if held is None:
        raise StaleRecord("These reports no longer pile up. Go back to the list.")
    return held


def tell_manager(actor: User, look: SignalLook, signal: Signal) -> None:
    """Raise an action with whoever manages the person, as for a report that names them; it says nothing of what was reported."""
    nominal = signal.nominal
    if nominal and (title := TITLES.get(Follow(look.follows))):
        raise_action(
            actor=actor, kind=KIND, title=title, owner=Owner(user=nominal.offender_manager), nominal=nominal, route=PAGE, rule=SUGGESTED,
            key=f"{KIND}-{look.pk}",
        )  # fmt: skip
