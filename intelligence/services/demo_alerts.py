"""The demonstration's border: an invented report about somebody of the synthetic force is dropped into a folder now and then."""

from __future__ import annotations

import csv
import random
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime, now

from accounts.models import Unit, User
from intelligence.choices.travel import Door
from intelligence.models import AlertSource, RawMessage
from offenders.choices import IdentifierKind, NameKind
from offenders.models import DateOfBirth, Identifier, Name, Nominal

CODE = "border-demo"
MOST_A_DAY = 200
MOST_WAITING = 20
PLACES = ("Alicante", "Faro", "Palma", "Kraków", "Bangkok", "Amsterdam", "Dublin")
COLUMNS = (
    "Surname", "Given names", "Date of birth", "Nationality", "Document type", "Document number", "Direction", "Date and time", "Port",
    "Carrier", "Flight", "Origin", "Destination",
)  # fmt: skip


def drop_demo_alert(*, actor: User | None) -> Path | None:
    """Write one invented report into the demonstration's folder; nothing outside the demonstration, and only so many a day."""
    source = demo_source() if settings.DEMO else None
    folder = Path(settings.ALERT_FOLDERS.get(CODE, ""))
    if source is None or not folder.name or is_enough(source, folder):
        return None
    moment = localtime(now())
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"border-{moment:%Y%m%d-%H%M%S-%f}.csv"
    written = path.with_name(f".{path.name}")
    with written.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, invented_row(random.Random())])  # noqa: S311 - an invented journey, no secret
    written.replace(path)
    return path


def demo_source() -> AlertSource | None:
    """Return the demonstration's source, made at the first call; none where there is no synthetic force yet."""
    unit = Unit.objects.filter(nominals__isnull=False).select_related("organisation").order_by("pk").first()
    if unit is None:
        return None
    values = {"name": "Border, demonstration", "door": Door.FOLDER, "force": unit.organisation, "unit": unit}
    return AlertSource.objects.get_or_create(code=CODE, defaults=values)[0]


def is_enough(source: AlertSource, folder: Path) -> bool:
    """Whether so much came today, or waits unread, that no more is wanted."""
    today = RawMessage.objects.filter(source=source, taken_at__gt=now() - timedelta(days=1)).count()
    waiting = sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
    return today >= MOST_A_DAY or waiting >= MOST_WAITING


def invented_row(chance: random.Random) -> list[str]:
    """Return a journey: of somebody on record, or of somebody whom nobody knows."""
    name, birth, passport = somebody(chance)
    travels = localtime(now()) + timedelta(hours=chance.randint(3, 200))
    numbers = {"flight": f"ZZ{chance.randint(100, 999)}", "document": passport or f"9{chance.randint(10**7, 10**8 - 1)}"}
    return [
        *name, birth, "British", "Passport", numbers["document"], "Outbound", f"{travels:%d/%m/%Y %H:%M}", "Northmere Airport",
        "Invented Air", numbers["flight"], "Northmere", chance.choice(PLACES),
    ]  # fmt: skip


def somebody(chance: random.Random) -> tuple[tuple[str, str], str, str]:
    """Return a name, a date of birth and a passport: of a person on record two times in three, when there is one with a whole date."""
    keys = Nominal.objects.filter(is_restricted=False).order_by("pk").values_list("pk", flat=True)[:3000]
    key = chance.choice(list(keys)) if chance.random() < 2 / 3 and keys else None
    name = Name.objects.filter(nominal=key, kind=NameKind.PRIMARY).first()
    birth = DateOfBirth.objects.filter(nominal=key, is_primary=True, day__isnull=False).first()
    if name is None or birth is None:
        day = f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/19{chance.randint(50, 99)}"
        return ("TRAVELLER", chance.choice(("Ada", "Ben", "Cleo", "Dan"))), day, ""
    passport = Identifier.objects.filter(nominal=key, kind=IdentifierKind.PASSPORT).values_list("value", flat=True).first()
    return (name.surname, name.given_names), f"{birth.day:02}/{birth.month:02}/{birth.year}", passport or ""
