"""The synthetic organisations, units and people who sign in: one simple login for each role."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.choices import DelegatedAuthority, OrganisationKind, Role
from accounts.models import Delegation, Organisation, Unit, User
from offenders.demo.names import words

PASSWORD = "northmere-rehearsal"  # noqa: S105 - printed on purpose; nothing real can be behind it
CASELOAD = 55
MANAGERS_AT_MOST = 5000
MANAGERS_IN_A_UNIT = 25

AGENCIES = (
    ("Northmere Probation", "northmere-probation", OrganisationKind.PROBATION),
    ("HMP Holmebrook", "hmp-holmebrook", OrganisationKind.PRISON),
    ("Northmere Children's Services", "northmere-children", OrganisationKind.CHILDRENS_SERVICES),
    ("Northmere Adult Social Care", "northmere-adults", OrganisationKind.ADULT_SERVICES),
    ("Northmere Health Trust", "northmere-health", OrganisationKind.HEALTH),
    ("Northmere Homes", "northmere-homes", OrganisationKind.HOUSING),
    ("Border Desk", "border-desk", OrganisationKind.BORDER),
    ("Parole Desk", "parole-desk", OrganisationKind.PAROLE_BOARD),
    ("Barring Desk", "barring-desk", OrganisationKind.DISCLOSURE_AND_BARRING),
)
TEAMS = (
    "Control room",
    "Response and neighbourhood",
    "Intelligence bureau",
    "Media office",
    "Information governance",
    "Professional standards",
    "MAPPA unit",
)
SURNAMES = words(
    "Abara Ainsley Bexley Birtle Cardew Chesney Dalgleish Danvers Eccles Fairley Gaskin Harcroft Idowu Jardine Kendrick Lathom Merrick "
    "Nandra Orme Peverell Quill Rashid Sefton Tanvir Underhill Vickery Wardle Yardley Zielinski"
)


@dataclass(frozen=True)
class Login:
    """Somebody who can sign in to the demonstration."""

    username: str
    roles: tuple[Role, ...]
    rank: str
    collar_number: str
    surname: str
    team: str
    what_for: str
    organisation: str = "northmere"
    is_expired: bool = False
    phone: str = "01632 960100"


@dataclass
class Staff:
    """Everybody who was made, by username, and the managers of each force in turn."""

    users: dict[str, User] = field(default_factory=dict)
    managers: dict[str, list[User]] = field(default_factory=dict)


NORTHPORT, SOUTHMOOR = "Northport MOSOVO", "Southmoor MOSOVO"
R = Role
LOGINS = (
    Login("control_room", (R.CONTROL_ROOM,), "", "8114", "Marsh", "Control room", "finds people and reads cards"),
    Login(
        "offender_manager",
        (R.OFFENDER_MANAGER,),
        "DS",
        "2207",
        "Okafor",
        NORTHPORT,
        "manages Arthur Sample and others",
        phone="01632 960417",
    ),
    Login(
        "offender_manager_2",
        (R.OFFENDER_MANAGER,),
        "DC",
        "2251",
        "Brennan",
        SOUTHMOOR,
        "manages people in the other unit",
        phone="01632 960451",
    ),
    Login("supervisor", (R.SUPERVISOR,), "DI", "1180", "Haworth", NORTHPORT, "leads Northport MOSOVO; imports files", phone="01632 960180"),
    Login("supervisor_2", (R.SUPERVISOR,), "DI", "1192", "Pendle", SOUTHMOOR, "leads Southmoor MOSOVO", phone="01632 960192"),
    Login("supervisor_and_chair", (R.SUPERVISOR, R.MAPP_CHAIR), "DI", "1204", "Rowntree", NORTHPORT, "has two roles"),
    Login(
        "disclosure_authority", (R.DISCLOSURE_AUTHORITY,), "Supt", "0031", "Ellwood", "MAPPA unit", "lends and holds authority to disclose"
    ),
    Login("mapp_chair", (R.MAPP_CHAIR,), "CI", "0310", "Stroud", "MAPPA unit", "chairs meetings"),
    Login("mappa_coordinator", (R.MAPPA_COORDINATOR,), "", "7020", "Vance", "MAPPA unit", "keeps the meetings' calendar"),
    Login("operational", (R.OPERATIONAL,), "PC", "4417", "Doyle", "Response and neighbourhood", "meets people on patrol"),
    Login("intelligence", (R.INTELLIGENCE,), "DC", "3308", "Iqbal", "Intelligence bureau", "evaluates reports"),
    Login("press_officer", (R.PRESS_OFFICER,), "", "7301", "Lyle", "Media office", "answers the media"),
    Login(
        "information_governance", (R.INFORMATION_GOVERNANCE,), "", "7402", "Nkemelu", "Information governance", "answers requests for data"
    ),
    Login(
        "information_governance_2", (R.INFORMATION_GOVERNANCE,), "", "7411", "Ferrars", "Information governance", "is the second person"
    ),
    Login("auditor", (R.AUDITOR,), "DI", "0907", "Thorne", "Professional standards", "reads the trail"),
    Login("administrator", (R.ADMINISTRATOR,), "", "7001", "Webster", "Professional standards", "keeps users and units"),
    Login("expired_officer", (R.OFFENDER_MANAGER,), "DC", "2290", "Farrow", NORTHPORT, "whose training has run out", is_expired=True),
    Login(
        "other_force_officer", (R.OPERATIONAL,), "PC", "5120", "Carrick", "Response and neighbourhood", "is of another force", "eastvale"
    ),
    Login(
        "other_force_supervisor", (R.SUPERVISOR,), "DI", "5011", "Moreton", "Eastvale MOSOVO", "leads a unit of another force", "eastvale"
    ),
    Login("partner", (R.PARTNER,), "", "", "Adeyemi", "", "works in probation", "northmere-probation"),
)


def make_staff(nominals: dict[str, int], today: date) -> Staff:
    """Make organisations, units, the logins and enough offender managers for the nominals of each force."""
    organisations = make_organisations()
    numbers = {code: managers_for(count) for code, count in nominals.items()}
    units = make_units(
        organisations, {code: max(2 if code == "northmere" else 1, number // MANAGERS_IN_A_UNIT) for code, number in numbers.items()}
    )
    logins = [*LOGINS, *(login for code, number in numbers.items() for login in further_managers(code, number, units))]
    users = make_users(logins, organisations, units, today)
    lend_authority(users, today)
    managers = [login for login in logins if login.roles == (R.OFFENDER_MANAGER,) and not login.is_expired]
    return Staff(users, {code: [users[login.username] for login in managers if login.organisation == code] for code in nominals})


def managers_for(nominals: int) -> int:
    """How many managers share so many people."""
    return min(MANAGERS_AT_MOST, max(2, round(nominals / CASELOAD)))


def make_organisations() -> dict[str, Organisation]:
    """Make two forces and the agencies."""
    forces = [("Northmere Police", "northmere", OrganisationKind.FORCE), ("Eastvale Police", "eastvale", OrganisationKind.FORCE)]
    made = [Organisation(name=name, code=code, kind=kind, phone="01632 960100") for name, code, kind in (*forces, *AGENCIES)]
    return {organisation.code: organisation for organisation in Organisation.objects.bulk_create(made)}


def make_units(organisations: dict[str, Organisation], mosovo: dict[str, int]) -> dict[tuple[str, str], Unit]:
    """Make the units of both forces."""
    named = {"northmere": [NORTHPORT, SOUTHMOOR], "eastvale": ["Eastvale MOSOVO"]}
    names = {
        code: [*named[code], *(f"MOSOVO team {number}" for number in range(len(named[code]) + 1, count + 1))]
        for code, count in mosovo.items()
    }
    made = [
        Unit(organisation=organisations[code], name=name, phone="01632 960440", on_call="On-call DI, 01632 960441 (extension 4417)")
        for code, teams in names.items()
        for name in (*teams, *TEAMS)
    ]
    codes = {organisation.pk: code for code, organisation in organisations.items()}
    return {(codes[unit.organisation_id], unit.name): unit for unit in Unit.objects.bulk_create(made)}


def further_managers(code: str, number: int, units: dict[tuple[str, str], Unit]) -> list[Login]:
    """Return managers besides the named ones, spread over the MOSOVO units."""
    teams = [name for force, name in units if force == code and "MOSOVO" in name]
    already = sum(login.organisation == code and login.roles == (R.OFFENDER_MANAGER,) and not login.is_expired for login in LOGINS)
    prefix = "manager" if code == "northmere" else f"{code}_manager"
    return [
        Login(
            f"{prefix}_{each:04}",
            (R.OFFENDER_MANAGER,),
            "DC",
            str(20_000 + each),
            SURNAMES[each % len(SURNAMES)],
            teams[each % len(teams)],
            "manages people",
            code,
        )
        for each in range(1, number - already + 1)
    ]


def make_users(
    logins: list[Login], organisations: dict[str, Organisation], units: dict[tuple[str, str], Unit], today: date
) -> dict[str, User]:
    """Store the users and their roles. Outside a demonstration nobody can sign in with the password that is public."""
    password = make_password(PASSWORD if settings.DEMO else None)
    users = User.objects.bulk_create([user_for(login, password, organisations, units, today) for login in logins])
    groups = {group.name: group.pk for group in Group.objects.filter(name__in=Role.values)}
    held = [(user.pk, groups[role]) for user, login in zip(users, logins, strict=True) for role in login.roles]
    User.groups.through.objects.bulk_create([User.groups.through(user_id=user, group_id=group) for user, group in held])
    return {user.username: user for user in users}


def user_for(login: Login, password: str, organisations: dict[str, Organisation], units: dict[tuple[str, str], Unit], today: date) -> User:
    """Return one user, not yet stored."""
    until = today + timedelta(days=-30 if login.is_expired else 400)
    return User(
        username=login.username,
        password=password,
        email=f"{login.username}@{login.organisation}.invalid",
        last_name=login.surname,
        rank=login.rank,
        collar_number=login.collar_number,
        phone=login.phone,
        organisation=organisations[login.organisation],
        unit=units.get((login.organisation, login.team)),
        trained_until=until,
        vetted_until=today + timedelta(days=700),
    )


def lend_authority(users: dict[str, User], today: date) -> None:
    """The superintendent lends authority to an inspector for a quarter."""
    Delegation.objects.create(
        authority=DelegatedAuthority.DISCLOSE_CATEGORY_1_LEVEL_1,
        delegator=users["disclosure_authority"],
        delegate=users["supervisor"],
        period=DateRange(today - timedelta(days=20), today + timedelta(days=70)),
        reason="Cover for planned absences",
    )
