"""The queue of reports that somebody must look at: one action for each queue, about its oldest report; and questions to other managers."""

from __future__ import annotations

from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.models import Unit, User
from actions.models import Action
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.references import known_to
from intelligence.choices.travel import AlertState
from intelligence.models import TravelAlert

QUEUE, QUEUE_PAGE = "travel-triage", "intelligence:alert-list"
QUESTION, QUESTION_PAGE = "travel-candidate", "intelligence:travel"
ASKED = 3  # as many of the likeliest people as are asked about


def keep_queue(unit_id: int) -> None:
    """See to it that exactly one action stands for the reports that wait in a unit's queue: that of the oldest.

    One for each report would bury the unit's supervisors after an outage; the oldest runs late first and goes up first.
    """
    waiting = TravelAlert.objects.filter(unit=unit_id, state=AlertState.TRIAGE)
    oldest = waiting.select_related("force", "unit").order_by("received_at", "pk").first()
    unit = Unit.objects.select_for_update().get(pk=unit_id)  # two workers must not raise two
    standing = Action.objects.waiting().filter(kind=QUEUE, unit=unit)
    for action in standing.exclude(subject_id=oldest.pk if oldest else None):
        about = TravelAlert(pk=action.subject_id)
        complete_actions_about(actor=None, subject=about, outcome="The report was dealt with", kind=QUEUE)
    if oldest is None:
        return
    times = Action.objects.filter(kind=QUEUE, subject_id=oldest.pk).count()
    if not standing.filter(subject_id=oldest.pk).exists():
        raise_action(
            actor=None, kind=QUEUE, title=gettext_noop("Look at the oldest travel alert"), owner=Owner(unit=unit), force=oldest.force,
            unit=unit, subject=oldest, route=QUEUE_PAGE, rule=QUEUE, starts_at=oldest.received_at, key=f"{QUEUE}-{oldest.pk}-{times}",
            detail="The page of the queue shows every report that waits.",
        )  # fmt: skip


def ask_managers(alert: TravelAlert) -> None:
    """Ask the managers of likely people outside of the queue's unit, or hidden from it, whether it is their person.

    The unit that keeps the queue learns nothing of this: to it the report looks as if these people were not on record.
    """
    if alert.state != AlertState.TRIAGE:
        return
    others = alert.candidates.filter(ruled_out_at__isnull=True).exclude(nominal__unit=alert.unit_id, nominal__is_restricted=False)
    for candidate in others.select_related("nominal__offender_manager", "nominal__force", "nominal__unit").order_by("rank")[:ASKED]:
        nominal = candidate.nominal
        raise_action(
            actor=None, kind=QUESTION, title=gettext_noop("A travel alert may be about this person"),
            owner=Owner(user=nominal.offender_manager), nominal=nominal, subject=candidate,
            route=QUESTION_PAGE, rule=QUEUE, key=f"{QUESTION}-{alert.pk}-{nominal.pk}-{alert.version}",
        )  # fmt: skip


def close_questions(alert: TravelAlert) -> None:
    """Nobody needs to be asked about a report any more."""
    for candidate in alert.candidates.all():
        cancel_actions_about(actor=None, subject=candidate, reason="The report was dealt with", kind=QUESTION)


def rule_out_all(alert: TravelAlert, actor: User) -> None:
    """Remember that none of the people whom somebody saw beside the report is the traveller."""
    known = alert.candidates.filter(ruled_out_at__isnull=True, nominal__in=known_to(actor).values("pk"))
    known.update(ruled_out_at=now(), ruled_out_by=actor)
