"""The person and the events that the guide's first story tells of, and one of each exception to the rules."""
from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from accounts.access import row_security
from accounts.models import Organisation, User
from accounts.permissions import Perm
from offenders.choices import (
    AtRisk,
    ConditionKind,
    IdentifierKind,
    MarkKind,
    NameKind,
    ReasonCategory,
    Registration,
    RiskLevel,
    SectionKind,
    Sex,
    WarningKind,
)
from offenders.demo.copying import Rows, span
from offenders.demo.numbers import cro, pnc, written
from offenders.demo.people import Place
from offenders.models import (
    Condition,
    ConfidentialSection,
    DateOfBirth,
    Description,
    Exclusion,
    Identifier,
    MappaPeriod,
    Mark,
    Name,
    Nominal,
    Notice,
    OperationalFacts,
    Partnership,
    RiskPeriod,
    StatedReason,
    WarningMarker,
)

ON_ENCOUNTER = """Double-crew. Do not leave alone with any child.
If a child is present: safeguard first, then call 4417 (on-call DI).
If at Northport Leisure Centre or out after 9pm: breach of licence. Arrest power: ask duty sergeant about recall.
Record what you saw before you finish duty."""
LICENCE_CONDITIONS = ("No unsupervised contact, under 18", "Not to enter Northport Leisure Centre", "Curfew 9pm to 7am, tag")
NOTICES = (
    ("NM-20431", "Seen outside Northport Leisure Centre at 3:40pm with two boys of about ten. Left when spoken to."),
    ("", "Neighbour says that he has started to repair bicycles for children of the street."),
    ("NM-20518", "Passenger in a car stopped on Quay Road at 10:15pm. Named himself as Archer."),
)


def add_arthur_sample(rows: Rows, place: Place, today: date) -> None:
    """Add the man whose card the guide shows: very high risk to children, category 1 level 2, on licence."""
    pk, manager = place.pk, place.manager
    rows[Nominal].append((pk, place.reference, Registration.REGISTERED, place.force, place.unit, manager, False, place.local_reference, 1))
    rows[Name] += [
        (pk, NameKind.PRIMARY, "Arthur", "Sample", "Birth certificate", []),
        (pk, NameKind.NICKNAME, "", "Archer", "Associates", []),
        (pk, NameKind.ALIAS, "Arthur", "Sampson", "Tenancy", []),
    ]
    rows[DateOfBirth].append((pk, 1971, 3, 14, True, "Birth certificate"))
    numbers = (pnc(1971, 417), cro(1993, 20417), written(IdentifierKind.VISOR, "12/0004417"), written(IdentifierKind.PHONE, "07700900417"))
    rows[Identifier] += [(pk, *number, "") for number in numbers]
    rows[Description].append((pk, Sex.MALE, "White", 178, "Medium", "Grey, short", "Blue", "Custody record"))
    rows[Mark].append((pk, MarkKind.TATTOO, "left forearm", "anchor", "Custody record"))
    rows[OperationalFacts].append((
        pk, ON_ENCOUNTER, "Approaches at leisure centres, offers sports coaching, moves to private messages within days.",
        "Stopped treatment in the spring.\nNew phone each few weeks.", "Children 8 to 12. One named child: ask the on-call DI.",
        today + timedelta(days=420), "Probation out of hours, 01632 960133", today - timedelta(days=3), manager, 1,
    ))  # fmt: skip
    rows[WarningMarker].append((pk, WarningKind.LONE_OFFICERS, "", None))
    released = today - timedelta(days=300)
    rows[Condition] += [(pk, ConditionKind.LICENCE, text, released, None) for text in LICENCE_CONDITIONS]
    raised = released + timedelta(days=120)
    rows[RiskPeriod] += [
        (pk, RiskLevel.HIGH, [AtRisk.CHILDREN], span(released, raised), "Assessed at release", manager),
        (pk, RiskLevel.VERY_HIGH, [AtRisk.CHILDREN], span(raised), "Contact with children through sports coaching", manager),
    ]
    rows[MappaPeriod] += [
        (pk, 1, 1, span(released, raised), "Screened at release", manager),
        (pk, 1, 2, span(raised), "Referred by the supervisor; decided by the meeting", manager),
    ]


def add_exceptions(users: dict[str, User], arthur: Nominal, others: list[Nominal]) -> None:
    """Add notices, a confidential section, a stated reason, exclusions and partnerships."""
    add_notices(users, arthur)
    add_section(users["offender_manager"], arthur)
    eastvale = Organisation.objects.get(code="eastvale")
    StatedReason.objects.create(
        nominal=arthur,
        user=users["other_force_officer"],
        permission=Perm.VIEW_CARD,
        category=ReasonCategory.INCIDENT,
        text="Stopped in a car with Eastvale plates",
        expires_at=timezone.now() + timedelta(hours=8),
    )
    Partnership.objects.create(
        nominal=arthur, force=eastvale, unit=users["other_force_supervisor"].unit, reason="Works in Eastvale two days a week"
    )
    excluded = (users["press_officer"], users["offender_manager_2"])
    Exclusion.objects.bulk_create(
        [
            Exclusion(nominal=nominal, user=user, reason="Related by marriage", made_by=users["supervisor"])
            for nominal, user in zip(others, excluded, strict=False)
        ]
    )


def add_notices(users: dict[str, User], arthur: Nominal) -> None:
    """Two notices wait, one was answered."""
    reporters = (users["operational"], users["control_room"], users["control_room"])
    notices = [
        Notice(nominal=arthur, reported_by=reporter, incident_reference=reference, what_happened=text)
        for reporter, (reference, text) in zip(reporters, NOTICES, strict=True)
    ]
    notices[-1].answer = "Thank you. Visited the next morning; the driver is a colleague from work."
    notices[-1].answered_by, notices[-1].answered_at = users["offender_manager"], timezone.now()
    Notice.objects.bulk_create(notices)


def add_section(owner: User, arthur: Nominal) -> None:
    """One confidential section, which only its owner can see."""
    with row_security(owner):
        ConfidentialSection.objects.create(
            nominal=arthur,
            owner=owner,
            kind=SectionKind.VICTIM,
            body="The child of the 2019 offence has moved schools; the family asks that nobody at the new school be told.",
            lawful_basis="Safeguarding of children",
            originator="Victim liaison",
            handling="Ask the owner before any use",
            review_on=timezone.localdate() + timedelta(days=180),
        )
