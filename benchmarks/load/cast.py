"""Makes who takes part, in the database that the environment names, and writes to a folder whatever the others need to know of it."""
from __future__ import annotations

import argparse
import csv
import json
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import django

django.setup()

from django.db.models import Count  # noqa: E402
from django.utils.timezone import localdate, now  # noqa: E402

from accounts.choices import OrganisationKind, Role  # noqa: E402
from accounts.models import Organisation, Unit, User  # noqa: E402
from accounts.permissions import Perm  # noqa: E402
from accounts.services.clients import create_client  # noqa: E402
from benchmarks.control_room import misspell, sample_names  # noqa: E402
from benchmarks.partner_api import share  # noqa: E402
from disclosure.services import subject_access  # noqa: E402
from intelligence.models import AlertSource  # noqa: E402
from offenders.demo.names import ORIGINS  # noqa: E402
from offenders.demo.staff import PASSWORD, Login, make_users  # noqa: E402
from offenders.models import DateOfBirth, Name, Nominal  # noqa: E402
from sharing.demo.agreements import EVERYTHING  # noqa: E402
from sharing.models import Agreement  # noqa: E402
from sharing.services.agreements import add_agreement  # noqa: E402

FORCE, BROUGHT_IN = "northmere", "Load MOSOVO"
CASES, SHARED, SEARCHES, AT_ONCE, BROUGHT_IN_OFFICERS = 20, 20, 500, 1000, 100


def main() -> None:
    """Make everybody, and what they will send."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("officers", "operators", "agencies", "rows", "alerts", "bundles", "seed"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    rng, force = Random(asked.seed), Organisation.objects.get(code=FORCE)
    write_people(asked.folder / "people.csv", asked.rows, rng)
    cast = {
        "password": PASSWORD,
        "officers": officers(force, asked.officers),
        "operators": operators(force, asked.operators),
        "searches": searches(rng),
        "agencies": [agency(force, number) for number in range(asked.agencies)],
        "border": border(force),
        "calls": calls(asked.alerts, rng),
        "importer": "load_importer",
        "bundles": bundles(force, asked.bundles),
    }
    (asked.folder / "cast.json").write_text(json.dumps(cast), encoding="utf-8")


def add_people(force: Organisation, logins: list[Login]) -> list[User]:
    """Make people who sign in as those of the demonstration do."""
    units = {(force.code, unit.name): unit for unit in Unit.objects.filter(organisation=force)}
    return list(make_users(logins, {force.code: force}, units, localdate()).values())


def officers(force: Organisation, count: int) -> list[dict[str, Any]]:
    """Return officers with people of their own to manage; where the force has too few, new ones take over from those with the most."""
    rows = User.objects.filter(groups__name=Role.OFFENDER_MANAGER, organisation=force, trained_until__gte=localdate())
    ready = list(rows.annotate(cases=Count("managed_nominals")).filter(cases__gte=2).order_by("-cases", "pk")[:count])
    for number in range(count - len(ready)):
        ready.append(newcomer(force, ready[number % len(ready)], number))
    return [{"username": user.username, "references": cases_of(user)} for user in ready]


def newcomer(force: Organisation, busiest: User, number: int) -> User:
    """Make an officer who takes over half of a colleague's people."""
    login = Login(f"load_officer_{number:03}", (Role.OFFENDER_MANAGER,), "DC", f"{30_000 + number}", "Yardley", busiest.unit.name, "")
    user = add_people(force, [login])[0]
    keys = list(Nominal.objects.filter(offender_manager=busiest).values_list("pk", flat=True))
    Nominal.objects.filter(pk__in=keys[: len(keys) // 2]).update(offender_manager=user)
    return user


def cases_of(user: User) -> list[str]:
    """Return the records on which somebody works."""
    rows = Nominal.objects.for_user(user, Perm.CHANGE_RECORD).filter(offender_manager=user)
    return list(rows.order_by("pk").values_list("reference", flat=True)[:CASES])


def operators(force: Organisation, count: int) -> list[str]:
    """Make operators of the control room, each with a login of their own."""
    logins = [
        Login(f"load_operator_{number:03}", (Role.CONTROL_ROOM,), "", f"{40_000 + number}", "Quill", "Control room", "")
        for number in range(count)
    ]
    return [user.username for user in add_people(force, logins)]


def searches(rng: Random) -> list[dict[str, str]]:
    """Return names of people on record with one slip in the surname."""
    names = sample_names(User.objects.get(username="control_room"), SEARCHES, rng)
    return [
        {"reference": name.nominal.reference, "text": misspell(f"{name.given_names} {name.surname}".strip(), name.surname, rng)}
        for name in names
    ]


def agency(force: Organisation, number: int) -> dict[str, str]:
    """Let in the system of an agency with which things were shared."""
    made = Organisation.objects.create(code=f"load-agency-{number}", name=f"Load agency {number}", kind=OrganisationKind.PROBATION)
    agreement = agree(made)
    nominals = Nominal.objects.select_related("force", "offender_manager").filter(force=force)
    lead = User.objects.get(username="supervisor")
    for nominal in nominals.exclude(offender_manager=lead).order_by("pk")[number * SHARED : (number + 1) * SHARED]:
        share(nominal, nominal.offender_manager, lead, agreement)
    return let_in(made, ["shared-records", "information-requests", "intelligence", "changes"])


def agree(made: Organisation) -> Agreement:
    """Agree with an agency on sharing."""
    today = localdate()
    return add_agreement(
        actor=User.objects.get(username="information_governance"), agency=made, title="Load", purposes=["manage_risk"],
        data_classes=EVERYTHING, powers=["cja_325"], first_day=today - timedelta(days=30), last_day=today + timedelta(days=300),
        review_on=today + timedelta(days=100), signed_by="Nobody; nobody", document="None",
    )  # fmt: skip


def let_in(made: Organisation, scopes: list[str]) -> dict[str, str]:
    """Let in an agency's system and return what it signs in with."""
    admin = User.objects.get(username="administrator")
    client, secret = create_client(
        actor=admin, agency=made, name=f"Load of {made.code}", contact="Nobody", scopes=scopes,
        ends_on=localdate() + timedelta(days=300), networks=["127.0.0.1/32"], any_network=False,
    )  # fmt: skip
    return {"client_id": client.client_id, "secret": secret, "name": made.name}


def border(force: Organisation) -> dict[str, str]:
    """Let in the border's system, with a source for what it sends."""
    desk = Organisation.objects.get(code="border-desk")
    unit = Unit.objects.get(organisation=force, name="Northport MOSOVO")
    AlertSource.objects.create(code="load", name="Load", door="api", force=force, unit=unit, agency=desk)
    return let_in(desk, ["travel-alerts"])


def calls(count: int, rng: Random) -> list[list[dict[str, str]]]:
    """Return reports from the border in calls: half about people on record, the rest about nobody; of ten, one cannot be used."""
    births = DateOfBirth.objects.filter(is_primary=True, day__isnull=False, nominal__force__code=FORCE).order_by("pk")[:2000]
    names = {name.nominal_id: name for name in Name.objects.filter(kind="primary", nominal__in=[birth.nominal_id for birth in births])}
    known = [(names[birth.nominal_id], birth) for birth in births if birth.nominal_id in names]
    reports = iter([report(number, *rng.choice(known)) for number in range(count)])
    return list(iter(lambda: list(islice(reports, AT_ONCE)), []))


def report(number: int, name: Name, birth: DateOfBirth) -> dict[str, str]:
    """Return one report."""
    when = now() + timedelta(minutes=number)
    who = {"surname": name.surname, "given_names": name.given_names, "date_of_birth": f"{birth.year}-{birth.month:02}-{birth.day:02}"}
    if number % 2:
        who = {"surname": f"Nobody{number}", "given_names": "Anton", "date_of_birth": f"{1930 + number % 70}-01-01"}
    day = "2026-02-31" if number % 10 == 0 else f"{when:%Y-%m-%d}"
    return who | {
        "document_number": f"9{number:08}", "direction": "out", "travel_date": day, "travel_time": f"{when:%H:%M}",
        "port": "Northmere Airport", "service": f"LD{number}", "destination": "Portugal",
    }  # fmt: skip


def write_people(path: Path, rows: int, rng: Random) -> None:
    """Write the file that a supervisor hands in: for a unit of its own, whose officers are made here."""
    force = Organisation.objects.get(code=FORCE)
    Unit.objects.create(organisation=force, name=BROUGHT_IN, phone="01632 960449", on_call="Nobody")
    managers = [f"load_manager_{number:03}" for number in range(BROUGHT_IN_OFFICERS)]
    logins = [
        Login(name, (Role.OFFENDER_MANAGER,), "DC", f"{50_000 + number}", "Lathom", BROUGHT_IN, "") for number, name in enumerate(managers)
    ]
    add_people(force, [*logins, Login("load_importer", (Role.SUPERVISOR,), "DI", "49999", "Merrick", BROUGHT_IN, "")])
    names = ORIGINS["english"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(person(0, managers, names.men, names.surnames, rng)))
        writer.writeheader()
        writer.writerows(person(number, managers, names.men, names.surnames, rng) for number in range(rows))


def person(number: int, managers: list[str], men: tuple[str, ...], surnames: tuple[str, ...], rng: Random) -> dict[str, Any]:
    """Return one line of that file."""
    born = date(1940, 1, 1) + timedelta(days=rng.randrange(24_000))
    return {
        "local_reference": f"LOAD-{number:06}", "registration": "registered", "surname": f"{rng.choice(surnames)}-{rng.choice(surnames)}",
        "given_names": f"{rng.choice(men)} {rng.choice(men)}", "offender_manager": managers[number % len(managers)], "birth": born,
        "sex": "male", "height_cm": rng.randrange(155, 200), "mappa_category": 1, "mappa_level": 1, "mappa_from": "2026-01-05",
        "risk_level": rng.choice(("low", "medium", "high", "very_high")), "risk_from": "2026-01-05",
        "aliases": f"{rng.choice(surnames)}, {rng.choice(men)}", "on_encounter": "Double-crew.|Ask where the phone is.",
    }  # fmt: skip


def bundles(force: Organisation, count: int) -> list[dict[str, str]]:
    """Take requests for one's own data as far as the button that has a worker collect; return who presses it where."""
    governance = User.objects.get(username="information_governance")
    rows = Nominal.objects.select_related("unit", "offender_manager").filter(force=force, is_restricted=False)
    return [bundle(governance, nominal) for nominal in rows.order_by("pk")[10 : 10 + count]]


def bundle(governance: User, nominal: Nominal) -> dict[str, str]:
    """Take one request, prove who asks, and link the record."""
    came = now() - timedelta(days=2)
    asked = subject_access.take_subject_request(actor=governance, name="Load Sample", received_by="letter", received_at=came)
    asked = subject_access.prove_identity(
        actor=governance, request=asked, version=None, identity="known", identity_detail="By the officer", at=came
    )
    asked = subject_access.ask_unit_for_help(actor=governance, request=asked, version=None, unit=nominal.unit)
    asked = subject_access.link_subject_record(actor=nominal.offender_manager, request=asked, version=None, nominal=nominal)
    return {"username": nominal.offender_manager.username, "address": f"/subject-requests/{asked.public_id}/", "id": str(asked.public_id)}


if __name__ == "__main__":
    main()
