"""When a record needs a risk assessment: after a change, once the last one is old, and for records that were forgotten."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.models import User
from actions.models import Action
from actions.rules import start_of
from actions.services.work import Owner, complete_actions_about, raise_action
from offenders.choices.risk import SignOff
from offenders.models import Assessment, Nominal, RiskPeriod
from offenders.services.records import lock_nominal

PERIODIC, AFTER_CHANGE = "assessment-due", "assessment-after-change"
PAGE = "offenders:assessment-list"


@transaction.atomic
def ask_for_assessment(*, actor: User | None, nominal: Nominal, rule: str = "risk-after-change") -> Action:
    """Ask the manager for an assessment because something changed. For callers that have authorised the actor.

    One that already waits under the same rule stays as it is: a second change gives no more time.
    """
    standing = Action.objects.waiting().filter(kind=AFTER_CHANGE, nominal=nominal.pk, rule_code=rule).first()
    if standing:
        return standing
    return raise_action(
        actor=actor, kind=AFTER_CHANGE, title=gettext_noop("Risk assessment after a change"), owner=Owner(user=nominal.offender_manager),
        nominal=nominal, subject=nominal, route=PAGE, rule=rule, key=f"{AFTER_CHANGE}:{nominal.pk}:{rule}:{now().timestamp()}",
    )  # fmt: skip


def settle_assessment(*, actor: User, assessment: Assessment) -> Action:
    """Close what asked for an assessment, and ask for the next in its time; the caller holds the nominal's lock."""
    outcome = f"Assessed with {assessment.tool.name}, approved by {actor.display_name}"
    for kind in (PERIODIC, AFTER_CHANGE):
        complete_actions_about(actor=actor, subject=assessment.nominal, kind=kind, outcome=outcome)
    return raise_periodic(actor=actor, nominal=assessment.nominal, since=assessment.assessed_on, basis=f"assessment-{assessment.pk}")


def raise_periodic(*, actor: User | None, nominal: Nominal, since: date, basis: str) -> Action:
    """Ask for the next periodic assessment, reckoned from a day. For callers that have authorised the actor."""
    return raise_action(
        actor=actor, kind=PERIODIC, title=gettext_noop("Risk assessment due"), owner=Owner(user=nominal.offender_manager), nominal=nominal,
        subject=nominal, route=PAGE, rule="risk-review", starts_at=start_of(since), key=f"{PERIODIC}:{nominal.pk}:{basis}",
    )  # fmt: skip


def raise_missing_assessments(*, actor: User | None, today: date) -> int:
    """Ask for an assessment of each record for which none is asked; return for how many. Safe to run again, for any day.

    The year counts from the last approved assessment; without one from the day of the last level of risk; without that from today.
    """
    raised = 0
    for nominal in without_request(today).iterator(chunk_size=500):
        since = nominal.assessed_on or nominal.level_since
        with transaction.atomic():
            lock_nominal(nominal)  # an approval or another sweep may have asked meanwhile
            if asked().filter(nominal=nominal.pk).exists():
                continue
            if since:
                raise_periodic(actor=actor, nominal=nominal, since=min(since, today), basis=f"sweep-{today.isoformat()}")
            else:
                ask_for_assessment(actor=actor, nominal=nominal)
        raised += 1
    return raised


def asked() -> QuerySet[Action]:
    """Return the requests for an assessment that wait."""
    return Action.objects.waiting().filter(kind__in=[PERIODIC, AFTER_CHANGE], nominal__isnull=False)


def without_request(today: date):  # type: ignore[no-untyped-def]  # the queryset's annotations have no type
    """Return the records for which no assessment is asked, with the days from which the next one counts."""
    assessed = Assessment.objects.filter(nominal=OuterRef("pk"), state=SignOff.APPROVED).order_by("-assessed_on", "-pk")
    level = RiskPeriod.objects.filter(nominal=OuterRef("pk"), period__startswith__lte=today).order_by("-period")
    return (
        Nominal.objects.standing()
        .exclude(pk__in=asked().values("nominal"))
        .select_related("force", "unit", "offender_manager")
        .annotate(assessed_on=Subquery(assessed.values("assessed_on")[:1]), level_since=Subquery(level.values("period__startswith")[:1]))
        .order_by("pk")
    )
