"""Visits of the synthetic force: the last one to everybody, a history for Arthur Sample, some overdue, one in reactive management."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import make_aware

from accounts.models import User
from offenders.choices import RiskLevel
from offenders.choices.visits import RiskSeen, VisitNotice, VisitPurpose, VisitState
from offenders.demo.copying import copy_rows
from offenders.models import Nominal, ReactiveManagement, Visit
from offenders.services.visits_due import raise_visits

SEED = 48
OVERDUE_SHARE = 0.12
COLUMNS = (
    "public_id", "nominal_id", "state", "notice", "purpose", "happened_at", "officer_id", "others_present", "lone_reason", "place",
    "seen", "home", "said", "devices", "new_facts", "concerns", "risk", "cancel_reason", "recorded_by_id", "recorded_at", "version",
)  # fmt: skip
# How many days lie between two visits at each level, at most.
BETWEEN = {RiskLevel.VERY_HIGH: 28, RiskLevel.HIGH: 85, RiskLevel.MEDIUM: 175, RiskLevel.LOW: 355, None: 28}
STREETS = ("Quay Road", "Harbour Street", "Millbrook Lane", "Chapel Row", "Orchard Close", "Tannery Yard")
SAID = (
    "In when we called. Calm, answered each question. No sign of anybody else staying.",
    "Showed the telephone and the tablet without being asked. Looking for work at the depot.",
    "Tired after nights. Talks of his sister's wedding and has asked what he must notify.",
    "Cooperative but short. Did not want to speak of the new neighbour.",
)
ARTHUR = (  # days ago, what came of it, seen, said, concerns
    (171, VisitState.DONE, "Arthur Sample", "First visit after release. Rules of the licence gone through line by line.", ""),
    (140, VisitState.DONE, "Arthur Sample and his landlady", "Room tidy. One telephone, no other device found.", ""),
    (112, VisitState.NO_REPLY, "", "Curtains drawn, no answer. Neighbour says he leaves early.", ""),
    (109, VisitState.DONE, "Arthur Sample", "At home this time. Says he helps at a market stall at weekends.", ""),
    (80, VisitState.DONE, "Arthur Sample", "Two small bicycles in the hall: says he repairs them.", "Children's bicycles"),
    (52, VisitState.DONE, "Arthur Sample", "Bicycles gone. Tablet found behind the wardrobe, handed over.", "Hidden tablet"),
)


def add_visits(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Add the last visit to everybody, Arthur Sample's whole history, a planned visit, and the clocks that follow."""
    rng = Random(SEED)
    people = Nominal.objects.with_level(today).exclude(pk=arthur.pk).order_by("pk")
    rows = [last_visit(rng, *person, today) for person in people.values_list("pk", "offender_manager_id", "risk_level")]
    copy_rows(Visit, COLUMNS, rows)
    add_arthurs_visits(users, arthur, today)
    if others:
        add_reactive(users, others[-1], today)
    raise_visits(actor=None, today=today)


def last_visit(rng: Random, nominal: int, officer: int, level: int | None, today: date) -> tuple[object, ...]:
    """Make somebody's last visit: inside the time that the level allows, or for a few of them well before it."""
    between = BETWEEN[RiskLevel(level) if level else None]
    ago = between + rng.randint(10, 120) if rng.random() < OVERDUE_SHARE else rng.randint(1, between)
    at = make_aware(datetime.combine(today - timedelta(days=ago), time(rng.randint(8, 19), rng.choice((0, 15, 30, 45)))))
    place = f"{rng.randint(1, 99)} {rng.choice(STREETS)}, Northmere"
    return (
        UUID(int=rng.getrandbits(128), version=4), nominal, VisitState.DONE, VisitNotice.UNANNOUNCED, VisitPurpose.ROUTINE, at, officer,
        "An officer of the duty team", "", place, "The person alone", "Clean and in order.", rng.choice(SAID), "One telephone looked at.",
        "", "", RiskSeen.UNCHANGED, "", officer, at + timedelta(hours=3), 1,
    )  # fmt: skip


def add_arthurs_visits(users: dict[str, User], arthur: Nominal, today: date) -> None:
    """Tell Arthur Sample's story as the visits saw it, with a visit that is planned for the day after tomorrow."""
    officer, second = users["offender_manager"], users["supervisor_and_chair"]
    common = {"nominal": arthur, "officer": officer, "second_officer": second, "place": "14 Quay Road, Northmere"}
    for days, state, seen, said, concerns in ARTHUR:
        at = make_aware(datetime.combine(today - timedelta(days=days), time(18, 30)))
        risk = (RiskSeen.CHANGED if concerns else RiskSeen.UNCHANGED) if state == VisitState.DONE else ""
        told = {"seen": seen, "said": said, "concerns": concerns, "risk": risk, "recorded_by": officer}
        Visit.objects.create(**common, state=state, happened_at=at, recorded_at=at + timedelta(hours=2), **told)
    planned_for = make_aware(datetime.combine(today + timedelta(days=2), time(7, 30)))
    Visit.objects.create(**common, planned_for=planned_for, purpose=VisitPurpose.DEVICES)


def add_reactive(users: dict[str, User], nominal: Nominal, today: date) -> None:
    """Leave one settled person without visits by the calendar."""
    ReactiveManagement.objects.create(
        nominal=nominal,
        period=DateRange(today - timedelta(days=60), None),
        review_on=today + timedelta(days=120),
        reason="Twelve years without a concern, in work, lives with his sister who knows. A move or a new relationship ends this.",
        authorised_by=users["supervisor"],
    )
