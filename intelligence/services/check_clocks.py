"""The clock of system checks: one action a record, due by its level of risk, begun anew when every routine source has answered."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Case, CharField, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from accounts.models import User
from actions.models import Action
from actions.services.work import Owner, cancel_actions_about, complete_actions_about, raise_action
from intelligence.choices.checks import CheckState
from intelligence.models import CheckSource, SystemCheck
from intelligence.rules.checks import round_began, rule_for
from offenders.choices import RiskLevel
from offenders.models import Nominal, RiskPeriod

KIND = "system-check"
ROUTE = "intelligence:check-list"
MOST_AT_ONCE = 1000


def hold_record(key: int) -> Nominal:
    """Hold a record until the transaction ends, with those who answer for it."""
    people = ("force", "unit", "offender_manager")
    return Nominal.objects.select_for_update(of=("self",)).select_related(*people).get(pk=key)


def keep_clock(*, actor: User | None, nominal: Nominal, today: date) -> None:
    """Bring the record's action up to date: done when its round is complete, replaced when the risk has changed, raised when missing.

    For callers that hold the record. An action whose time somebody set by hand keeps it until the round is complete.
    """
    sources = CheckSource.objects.on(today).filter(is_routine=True).values_list("pk", flat=True)
    answered = SystemCheck.objects.filter(nominal=nominal, state=CheckState.ANSWERED, withdrawn_at__isnull=True)
    began = round_began(sources, dict(answered.order_by().values_list("source").annotate(Max("finished_at"))), nominal.created_at)
    if began is None:
        return
    level = RiskPeriod.objects.filter(nominal=nominal, period__contains=today).values_list("level", flat=True).first()
    rule, actions = rule_for(level), Action.objects.filter(nominal=nominal.pk, kind=KIND)
    standing = actions.waiting().first()
    if standing is not None:
        if standing.starts_at >= began and standing.rule_code in {rule, ""}:
            return
        if standing.starts_at < began:
            complete_actions_about(actor=actor, subject=nominal, kind=KIND, outcome="Every routine source has answered")
        else:
            cancel_actions_about(actor=actor, subject=nominal, kind=KIND, reason="The level of risk has changed")
    raise_action(
        actor=actor, kind=KIND, title=gettext_noop("System checks"), owner=Owner(user=nominal.offender_manager), nominal=nominal,
        subject=nominal, route=ROUTE, rule=rule, starts_at=began, key=f"{KIND}-{nominal.pk}-{actions.count()}",
        detail="Ask each routine source and record what it answers.",
    )  # fmt: skip


def raise_due_checks(*, actor: User | None, today: date | None = None) -> int:
    """Give each record without an action of system checks one, and set right those whose level of risk changed; return how many."""
    day = today or localdate()
    waiting = Action.objects.waiting().filter(nominal=OuterRef("pk"), kind=KIND)
    levels = [When(risk_level=level.value, then=Value(rule_for(level.value))) for level in RiskLevel]
    wanted = Case(*levels, default=Value(rule_for(None)), output_field=CharField())
    rows = Nominal.objects.standing().with_level(day).annotate(wanted=wanted, rule=Subquery(waiting.values("rule_code")[:1]))
    lacking = rows.filter(~Exists(waiting) | (~Q(rule="") & ~Q(rule=F("wanted"))))
    keys = list(lacking.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    for key in keys:
        with transaction.atomic():
            keep_clock(actor=actor, nominal=hold_record(key), today=day)
    return len(keys)


