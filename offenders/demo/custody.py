"""Licence, recall, custody, a transfer on offer and what probation was told, in the synthetic force."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import make_aware, now

from accounts.choices import OrganisationKind
from accounts.models import Organisation, Unit, User
from audit.context import acting_as
from offenders.models import Custody, Licence, Nominal, Recall
from offenders.services.authorities import record_answer, tell_authority
from offenders.services.custody import add_licence, request_recall, revoke_licence
from offenders.services.transfers import offer_transfer

PROBATION = {
    "probation_office": "Northmere probation",
    "probation_manager": "Duty desk",
    "probation_phone": "01632 960133",
    "tell_probation": "Any contact with children.",
}


def add_custody_story(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Arthur Sample is on licence after three years in prison; one other is being recalled, one is on offer to another unit."""
    manager, boss = users["offender_manager"], users["supervisor"]
    Custody.objects.create(
        nominal=arthur,
        kind="sentence",
        establishment="HMP Eastvale",
        period=DateRange(today - timedelta(days=1500), today - timedelta(days=400)),
        recorded_by=manager,
    )
    with acting_as(manager):
        period = {"starts_on": today - timedelta(days=400), "ends_on": today + timedelta(days=190)}
        add_licence(actor=manager, nominal=arthur, kind="standard", **period, **PROBATION)
        tell_probation(manager, arthur, today)
    if not others:
        return
    recall = others[0]
    offered = Nominal.objects.filter(unit=boss.unit, is_restricted=False).exclude(pk__in=[arthur.pk, recall.pk]).order_by("-pk").first()
    with acting_as(recall.offender_manager):
        be_recalled(recall.offender_manager, recall, today)
    if offered:
        with acting_as(boss):
            be_offered(boss, offered)


def tell_probation(manager: User, arthur: Nominal, today: date) -> None:
    """Probation was told of a new relationship, and answered."""
    agency = Organisation.objects.filter(kind=OrganisationKind.PROBATION).first()
    if agency is None:
        return
    told = make_aware(datetime.combine(today - timedelta(days=20), time(14, 10)))
    notice = tell_authority(
        actor=manager, nominal=arthur, agency=agency, recipient="Duty desk", channel="phone", about="relationship",
        text="Seen twice with a woman who has a son of nine. She has not been told.",
        expected_action="Ask about it at Thursday's appointment.",
        told_at=told, needs_answer=True,
    )  # fmt: skip
    answer = "Asked; he denies it. To be raised at the meeting."
    record_answer(actor=manager, notice=notice, answered_at=told + timedelta(days=2), answered_by="Duty manager", answer=answer)


def be_recalled(manager: User, nominal: Nominal, today: date) -> None:
    """One licence was revoked this morning."""
    if not Licence.objects.filter(nominal=nominal).exists():
        period = {"starts_on": today - timedelta(days=90), "ends_on": today + timedelta(days=700)}
        add_licence(actor=manager, nominal=nominal, kind="extended", **period, **PROBATION)
    recall: Recall = request_recall(
        actor=manager,
        nominal=nominal,
        kind="emergency",
        requested_by="Duty manager",
        requested_at=now() - timedelta(hours=2),
        reason="Left the approved premises last night; the tag was cut.",
    )
    revoke_licence(actor=manager, recall=recall, revoked_at=now() - timedelta(hours=1))


def be_offered(boss: User, nominal: Nominal) -> None:
    """One record is on offer to another unit of the force."""
    unit = Unit.objects.filter(organisation=nominal.force_id, name__contains="MOSOVO").exclude(pk=nominal.unit_id).first()
    if unit is None:
        return
    offer_transfer(
        actor=boss,
        nominal=nominal,
        to_unit=unit,
        reason="Moved into that team's area last month",
        handover="Settled in the new flat, plan in date, next visit due in three weeks.",
        version=nominal.version,
    )
