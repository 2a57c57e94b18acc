"""Makes the numbers by which a synthetic person is known; check letters are right, telephones are of the range kept for drama."""
from __future__ import annotations

from datetime import date
from random import Random

from offenders.choices import IdentifierKind
from offenders.rules import check_letter, format_identifier, pnc_check_letter

Number = tuple[str, str, str]  # kind, canonical value, as given
LETTERS = "ABCDEFGHJKLMNPRSTUVWXY"


def make_numbers(rng: Random, born: date, today: date) -> list[Number]:
    """Return the person's numbers: nearly everybody has a PNC number, few have a passport on record."""
    year = rng.randrange(born.year + 16, min(today.year, born.year + 45) + 1)
    numbers = [written(IdentifierKind.VISOR, f"{rng.randrange(3, today.year - 1999):02}/{rng.randrange(10_000_000):07}")]
    if rng.random() < 0.97:
        numbers.append(pnc(year, rng.randrange(10_000_000)))
    if rng.random() < 0.85:
        numbers.append(cro(year, rng.randrange(1, 1_000_000)))
    if rng.random() < 0.6:
        numbers.append(written(IdentifierKind.PRISON, f"A{rng.randrange(10_000):04}{pick(rng, 2)}"))
    if rng.random() < 0.35:
        numbers.append(written(IdentifierKind.PASSPORT, f"{rng.randrange(100_000_000, 1_000_000_000)}"))
    if rng.random() < 0.8:
        numbers.append(written(IdentifierKind.PHONE, f"07700900{rng.randrange(1000):03}"))
    if rng.random() < 0.4:
        numbers.append(written(IdentifierKind.VEHICLE, f"{pick(rng, 2)}{rng.choice((12, 15, 18, 20, 62, 67, 71, 73)):02}{pick(rng, 3)}"))
    return numbers


def pnc(year: int, serial: int) -> Number:
    """Return a PNC number with its check letter."""
    return written(IdentifierKind.PNC, f"{year:04}/{serial:07}{pnc_check_letter(year, serial)}")


def cro(year: int, serial: int) -> Number:
    """Return a CRO number with its check letter."""
    return written(IdentifierKind.CRO, f"{serial:06}/{year % 100:02}{check_letter(str(year), f'{serial:06}')}")


def written(kind: str, value: str) -> Number:
    """Return the number with the form in which people write it."""
    return kind, value, format_identifier(kind, value)


def pick(rng: Random, count: int) -> str:
    """Return some letters."""
    return "".join(rng.choices(LETTERS, k=count))
