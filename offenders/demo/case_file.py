"""The case files of the synthetic force: a full one for Arthur Sample, short ones for a few others."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from accounts.models import User
from actions.services import Owner, raise_action
from offenders.choices import IdentifierKind
from offenders.models import (
    Address,
    Associate,
    Contact,
    ContactCorrection,
    Device,
    Household,
    Identifier,
    Marking,
    Nominal,
    Occupation,
    OnlineIdentity,
    ProtectedPerson,
    Vehicle,
)
from offenders.rules.case_file import span
from offenders.services.contacts import FOLLOW_UP, TITLE

RELEASED, MOVED = 300, 140  # days ago

# days ago, hour, how, with whom, name, agency, about, what was said
TALKS = (
    (299, 10, "in_person", "offender", "", "", "Release", "Reported the day after release. Rules of the licence read and signed."),
    (296, 15, "telephone", "agency", "Adeyemi", "Northmere Probation", "First supervision", "Keeps the curfew. Looks for work."),
    (251, 11, "email", "agency", "Duty desk", "Northmere Homes", "Tenancy", "A flat on Quay Road can be let to him from the summer."),
    (188, 14, "in_person", "offender", "", "", "Sports club", "Admits to coaching boys on Saturdays. Says that the club did not ask."),
    (187, 9, "telephone", "agency", "Duty worker", "Northmere Children's Services", "Sports club", "Checks who was coached."),
    (141, 12, "in_person", "offender", "", "", "Move", "Shows the tenancy agreement for Quay Road. Moves tomorrow."),
    (96, 16, "telephone", "employer", "Mx Lathom", "Harbour Cold Store", "Night shifts", "Works alone at night. Told of the hours only."),
    (44, 10, "video", "agency", "Adeyemi", "Northmere Probation", "Treatment", "Missed two sessions of the programme. Warned in writing."),
    (21, 17, "message", "offender", "", "", "New number", "Sends a new telephone number and says that the old one is lost."),
    (9, 13, "telephone", "family", "Sister", "", "Visits", "He eats with her on Sundays. Her children are at their father's then."),
    (2, 11, "telephone", "agency", "Adeyemi", "Northmere Probation", "Notices", "Told of the sightings. Recall is considered."),
)
CORRECTION = "The tenancy began two days later, as the agreement shows."


def add_case_file(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Tell where people live and work, who stands around them, and what was said."""
    manager = users["offender_manager"]
    add_places(manager, arthur, today)
    add_belongings(manager, arthur, today)
    add_people(manager, arthur, others, today)
    add_talks(manager, arthur, today)
    Marking.objects.create(
        nominal=arthur,
        level="official_sensitive",
        handling="Not to be copied outside the unit",
        reason="Names a child at risk",
        set_by=manager,
        period=span(today - timedelta(days=180), None),
    )
    for number, nominal in enumerate(others):
        add_short_file(nominal, number, today)


def add_places(manager: User, arthur: Nominal, today: date) -> None:
    """Approved premises first, then a flat, a sister's house, and work."""
    released, moved = today - timedelta(days=RELEASED), today - timedelta(days=MOVED)
    verified = {"verified_on": today - timedelta(days=30), "verified_by": manager, "verified_how": "visit", "added_by": manager}
    Address.objects.bulk_create([
        Address(nominal=arthur, kind="approved", is_main=True, line_1="Holme House", town="Northport", postcode="NM2 4AA",
                period=span(released, moved - timedelta(days=1)), end_reason="Moved", source="Probation", added_by=manager),
        Address(nominal=arthur, kind="home", is_main=True, line_1="Flat 3, 41 Quay Road", town="Northport", postcode="NM1 2AB",
                period=span(moved, None), seen_on=today - timedelta(days=30), source="Notification", **verified,
                schools_near="Quay Primary, about 400 metres; Northport Leisure Centre, about 900 metres"),
    ])  # fmt: skip
    sister = Address.objects.create(
        nominal=arthur, kind="stays", line_1="8 Orchard Close", town="Millbrook", postcode="NM5 7CD",
        period=span(released, None), note="Sunday meals at his sister's. Has not stayed the night.", source="Sister", **verified,
    )  # fmt: skip
    Household.objects.create(
        nominal=arthur, address=sister, children=2, ages=["from_5", "from_11"], period=span(released, None), added_by=manager,
        agency_told="Northmere Children's Services", told_on=today - timedelta(days=187), source="Sister",
    )  # fmt: skip
    Occupation.objects.bulk_create([
        Occupation(nominal=arthur, kind="employed", organisation="Harbour Cold Store", role="Night loader", contact_with="neither",
                   period=span(today - timedelta(days=100), None), source="Visit", **verified),
        Occupation(nominal=arthur, kind="leisure", organisation="Northport Juniors", role="Saturday coach", contact_with="children",
                   period=span(today - timedelta(days=230), today - timedelta(days=187)), told_on=today - timedelta(days=187),
                   end_reason="Told to stop; the club was told", added_by=manager),
    ])  # fmt: skip


def add_belongings(manager: User, arthur: Nominal, today: date) -> None:
    """Names online, one of them no longer in use, a device and a vehicle."""
    since = today - timedelta(days=200)
    OnlineIdentity.objects.bulk_create([
        OnlineIdentity(nominal=arthur, kind="email", handle="a.sample@post.invalid", period=span(since, None), source="Notification",
                       added_by=manager),
        OnlineIdentity(nominal=arthur, kind="messaging", handle="coach_archer", service="Chatter", source="Telephone examined",
                       period=span(since, today - timedelta(days=150)), end_reason="Account closed by the service", added_by=manager),
    ])  # fmt: skip
    Device.objects.create(
        nominal=arthur, kind="telephone", make="Larch 5", period=span(today - timedelta(days=21), None), added_by=manager,
        note="Third telephone this year. Not yet examined.", source="Told by him",
    )  # fmt: skip
    number = Identifier.objects.create(nominal=arthur, kind=IdentifierKind.VEHICLE, value="NM17XQB", as_given="NM17 XQB", source="Visit")
    Vehicle.objects.create(
        nominal=arthur, identifier=number, make="Larch", model_name="Carrier", colour="White", use="user", kept_at="Yard of the cold store",
        seen_on=today - timedelta(days=30), period=span(today - timedelta(days=95), None), source="Visit", added_by=manager,
        note="A van of his employer's. Takes it home on some nights.",
    )  # fmt: skip


def add_people(manager: User, arthur: Nominal, others: list[Nominal], today: date) -> None:
    """A sister, somebody met in custody who is on record, and a boy from the club."""
    Associate.objects.create(
        nominal=arthur, kind="family", name="Joan Sample", note="Sister. Knows of the offences.", period=span(None, None), added_by=manager
    )
    for other in others[2:3]:
        Associate.objects.create(
            nominal=arthur, kind="custody", other=other, source="Prison", period=span(today - timedelta(days=900), None), added_by=manager
        )
    ProtectedPerson.objects.create(
        nominal=arthur, kind="child", name="Robin Example", relation="Coached by him at Northport Juniors", age="from_11", added_by=manager,
        whereabouts="Northport", protection="Parents told. No contact under the licence.", agency_told="Northmere Children's Services",
        told_on=today - timedelta(days=187), period=span(today - timedelta(days=188), None), source="Club",
    )  # fmt: skip


def add_talks(manager: User, arthur: Nominal, today: date) -> None:
    """The log, with a correction and something still to do."""
    talks = [
        Contact(nominal=arthur, at=moment(today, ago, hour), way=way, party=party, with_whom=name, agency=agency, about=about, said=said,
                recorded_by=manager)
        for ago, hour, way, party, name, agency, about, said in TALKS
    ]  # fmt: skip
    talks[-1].follow_up, talks[-1].follow_up_on = "Ask probation what was decided on recall", today + timedelta(days=2)
    made = Contact.objects.bulk_create(talks)
    moved = next(talk for talk in made if talk.about == "Move")
    ContactCorrection.objects.create(nominal=arthur, contact=moved, text=CORRECTION, made_by=manager)
    raise_action(
        actor=manager, kind=FOLLOW_UP, title=TITLE, owner=Owner(user=manager), nominal=arthur,
        subject=made[-1], route="offenders:contacts", due_on=today + timedelta(days=2), key=f"{FOLLOW_UP}-{made[-1].pk}",
    )  # fmt: skip


def moment(today: date, ago: int, hour: int) -> datetime:
    """Return an hour of a day some days ago."""
    return make_aware(datetime.combine(today - timedelta(days=ago), time(hour)))


def add_short_file(nominal: Nominal, number: int, today: date) -> None:
    """Where somebody lives and works, and one talk."""
    manager, since = nominal.offender_manager, today - timedelta(days=400 + number)
    Address.objects.create(
        nominal=nominal, kind="home", is_main=True, line_1=f"{10 + number} Station Road", town="Southmoor", postcode="NM7 1AB",
        period=span(since, None), source="Notification", added_by=manager,
    )  # fmt: skip
    job = {"kind": "employed", "organisation": "Southmoor Joinery", "contact_with": "neither"}
    Occupation.objects.create(nominal=nominal, period=span(since, None), added_by=manager, **job)
    Contact.objects.create(nominal=nominal, at=moment(today, 12 + number, 10), way="telephone", party="offender", about="Visit date",
                           said="Agrees to a visit next week.", recorded_by=manager)  # fmt: skip
