"""Records of the synthetic force that look like one person: a pair to be looked at, and one that somebody said to be two people."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from intelligence.services.duplicates import compare_records, propose_duplicate, refuse_pair
from offenders.choices import NameKind
from offenders.models import DateOfBirth, Name, Nominal
from offenders.services.identity import add_date_of_birth, add_name


def add_duplicates(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Let somebody of Arthur Sample's unit have given the name and birth of another person; call a third one two people."""
    of_unit = Nominal.objects.filter(unit=arthur.unit_id, is_restricted=False, pk__gt=arthur.pk).order_by("pk")
    near = [*of_unit[:1], *(each for each in others if each.unit_id == arthur.unit_id)][-1]
    like, unlike = [each for each in reversed(others) if each != near][:2]
    name = Name.objects.get(nominal=like, kind=NameKind.PRIMARY)
    birth = DateOfBirth.objects.get(nominal=like, is_primary=True)
    manager, given = near.offender_manager, "Given to officers at a stop check"
    add_name(
        actor=manager, nominal=near, kind=NameKind.ALIAS, surname=name.surname, given_names=name.given_names, used_from=today, source=given
    )
    if not DateOfBirth.objects.filter(nominal=near, year=birth.year, month=birth.month, day=birth.day).exists():
        add_date_of_birth(actor=manager, nominal=near, birth=(birth.year, birth.month, birth.day), source=given)
    compare_records(actor=None, keys=[near.pk])
    pair = propose_duplicate(actor=manager, nominal=near, other=unlike, reason="Both were seen at one address in the same week")
    refuse_pair(actor=users["supervisor"], pair=pair, reason="Both were there when the address was visited")
