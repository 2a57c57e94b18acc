"""The synthetic force: the same for the same seed, in national proportions, and never among real people."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db.models import Count, Model

from accounts.access import row_security
from accounts.choices import Role
from accounts.models import User
from accounts.permissions import Perm
from offenders.choices import IdentifierKind, RiskLevel
from offenders.demo.copying import no_rows
from offenders.demo.people import PersonMaker, Place
from offenders.demo.staff import LOGINS, PASSWORD
from offenders.models import (
    Condition,
    ConfidentialSection,
    DateOfBirth,
    Exclusion,
    Identifier,
    MappaPeriod,
    Name,
    Nominal,
    Notice,
    OperationalFacts,
    Partnership,
    RiskPeriod,
    StatedReason,
)
from offenders.rules import canonical_identifier
from tests.factories import make_nominal

TODAY = date(2026, 11, 24)


def make_people(number: int, seed: int = 1) -> dict[type[Model], list[tuple[Any, ...]]]:
    """Make people without a database."""
    rows, maker = no_rows(), PersonMaker(Random(seed), TODAY)
    for key in range(1, number + 1):
        maker.add(rows, Place(key, f"V-{key}", f"NM-{key}", 1, 1, 1))
    return rows


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


def seed(**options: Any) -> None:
    """Run the command."""
    call_command("seed_demo", **{"nominals": 10, "seed": 7, **options})


def test_same_seed_makes_the_same_people_and_another_seed_others() -> None:
    assert make_people(200) == make_people(200)
    assert make_people(200)[Name] != make_people(200, seed=2)[Name]


def test_mappa_and_names_have_the_promised_proportions() -> None:
    rows = make_people(8000)

    open_periods = [(category, level) for _, category, level, period, *_ in rows[MappaPeriod] if period.endswith(",)") and category]
    categories, levels = (Counter(values) for values in zip(*open_periods, strict=True))
    shares = {category: count / len(open_periods) for category, count in categories.items()}
    assert 0.72 < shares[1] < 0.76
    assert 0.23 < shares[2] < 0.27
    assert shares[3] + shares[4] < 0.015
    assert 0.97 < levels[1] / len(open_periods) < 0.99
    assert levels[2] > levels[3] > 0
    assert 2.9 < len(rows[Name]) / 8000 < 3.1
    scripts = Counter("cyrillic" if any("а" <= letter <= "я" for letter in name[2]) else "latin" for name in rows[Name])
    assert scripts["cyrillic"] > 20


def test_numbers_are_canonical_with_right_check_letters() -> None:
    numbers = make_people(1000)[Identifier]

    assert {kind for _, kind, *_ in numbers} == set(IdentifierKind)
    assert all(canonical_identifier(kind, as_given) == value for _, kind, value, as_given, _ in numbers)
    phones = {value for _, kind, value, *_ in numbers if kind == IdentifierKind.PHONE}
    assert all(value.startswith("07700900") for value in phones)


def test_cards_are_short_and_say_what_to_do() -> None:
    lines = [facts[1].splitlines() for facts in make_people(500)[OperationalFacts]]

    assert {len(each) for each in lines} == {2, 3, 4}
    assert max(len(line) for each in lines for line in each) <= 120


@pytest.mark.xdist_group("journeys")
def test_seeded_force_has_a_login_for_each_role_that_works(demonstration: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS  # as the command ran
    users = {user.username: user for user in User.objects.all()}
    assert {role for login in LOGINS for role in users[login.username].roles} == set(Role)
    assert all(users[role].roles == {role} for role in Role)
    (password,) = {user.password for user in users.values()}
    assert check_password(PASSWORD, password)
    unqualified = [name for name, user in users.items() if not user.is_qualified]
    assert unqualified == ["expired_officer"]
    assert users["other_force_officer"].organisation.name == "Eastvale Police"


@pytest.mark.xdist_group("journeys")
def test_first_person_is_arthur_sample_as_the_guide_has_him(demonstration: None) -> None:
    arthur = Nominal.objects.get(names__surname="Sample", names__given_names="Arthur")
    manager = User.objects.get(username="offender_manager")
    assert arthur.offender_manager == manager
    assert set(arthur.identifiers.filter(kind="pnc").values_list("value", flat=True)) == {canonical_identifier("pnc", "71/417H")}
    risk, mappa = arthur.risk_periods.get(period__endswith=None), arthur.mappa_periods.get(period__endswith=None)
    assert (risk.level, risk.at_risk, mappa.category, mappa.level) == (RiskLevel.VERY_HIGH, ["children"], 1, 2)
    assert len(arthur.facts.on_encounter.splitlines()) == 4
    assert Condition.objects.filter(nominal=arthur, order__isnull=True).count() == 3
    assert all(name.tokens for name in Name.objects.all())
    assert Nominal.objects.for_user(manager, Perm.CHANGE_RECORD).filter(pk=arthur.pk).exists()


@pytest.mark.xdist_group("journeys")
def test_seeded_force_shows_each_exception_once_or_more(demonstration: None) -> None:
    owner = User.objects.get(username="offender_manager")
    with row_security(owner):
        assert ConfidentialSection.objects.for_user(owner).count() == 3
    assert (Notice.objects.count(), StatedReason.objects.count(), Exclusion.objects.count()) == (4, 1, 2)
    assert Partnership.objects.exists()
    assert Nominal.objects.filter(is_restricted=True).exists()
    by_force = dict(Nominal.objects.values_list("force__code").annotate(count=Count("pk")))
    assert by_force == {"northmere": 103, "eastvale": 18}
    caseloads = Nominal.objects.filter(force__code="northmere").values_list("offender_manager").annotate(count=Count("pk"))
    counts = [count for _, count in caseloads]
    assert max(counts) - min(counts) <= 2, counts


@pytest.mark.xdist_group("journeys")
def test_seeding_twice_is_refused_or_quietly_left(demonstration: None) -> None:
    before = (Nominal.objects.count(), DateOfBirth.objects.count(), User.objects.count())

    seed(if_empty=True)
    with pytest.raises(CommandError, match="There are nominals already"):
        seed()

    assert (Nominal.objects.count(), DateOfBirth.objects.count(), User.objects.count()) == before


@pytest.mark.django_db
def test_real_force_is_never_mixed_with_synthetic_people(settings: Any) -> None:
    make_nominal()

    with pytest.raises(CommandError, match="not a demonstration"):
        seed()
    with pytest.raises(CommandError, match="There are nominals already"):
        seed(yes_synthetic=True)
    seed(yes_synthetic=True, if_empty=True)

    assert Nominal.objects.count() == 1
    assert RiskPeriod.objects.count() == 1


@pytest.mark.django_db
def test_outside_a_demonstration_the_public_password_opens_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    seed(yes_synthetic=True)

    assert not any(user.has_usable_password() for user in User.objects.all())
    with pytest.raises(CommandError, match="no public logins"):
        call_command("show_demo_logins")


def test_logins_are_printed_in_a_demonstration(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("show_demo_logins")

    printed = capsys.readouterr().out
    assert PASSWORD in printed
    assert [line.split()[0] for line in printed.splitlines() if line.startswith("  ")] == [login.username for login in LOGINS]
