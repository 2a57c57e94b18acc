"""The figures of the demonstration force add up, and are the same again after random changes, merges and deletions."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from disclosure.reports.figures import counts_on, registered_on
from governance.models import ClosedYear
from governance.reports.figures import changes_since, is_whole
from governance.rules.figures import LEVELS, last_of, year_of
from offenders.choices import MappaCategory, MappaLevel
from offenders.models import Custody, MappaPeriod, Nominal, RegistrationPeriod
from tests.governance.making_figures import ask, database_now
from tests.offenders.making_merges import merge

pytestmark = pytest.mark.xdist_group("journeys")


def change_at_random(random: Random, lead: User) -> None:
    """Correct, remove and merge what the force holds."""
    records = list(Nominal.objects.standing().filter(unit=lead.unit).order_by("pk"))
    for nominal in random.sample(records, 6):
        random.choice(
            [
                lambda found: found(MappaPeriod).update(level=random.choice(MappaLevel.values)),
                lambda found: found(MappaPeriod).delete(),
                lambda found: found(RegistrationPeriod).delete(),
                lambda found: found(Custody).delete(),
            ]
        )(
            lambda model, nominal=nominal: model.objects.filter(
                nominal=nominal, **({"category__isnull": False} if model is MappaPeriod else {})
            )
        )
    stays, goes = random.sample([each for each in records if not each.transfers.exists()], 2)
    merge(lead, stays, goes)


def test_figures_of_the_demonstration_force_add_up_and_repeat(client, demonstration):
    today, random = localdate(), Random(3)
    lead = User.objects.get(username="supervisor")
    force = lead.organisation
    tables = ask(force, as_at=today)
    community, registered = tables["community"], tables["registered"]
    for level, _ in LEVELS:
        assert registered.number("total", level) == community.number("total", level)
    assert sum(community.number(str(each), "total") for each in MappaCategory.values) == community.number("total", "total") > 10
    assert registered.number("yes", "total") == registered_on(force, today)
    assert [[community.number(str(row), str(column)) for column in MappaLevel.values] for row in MappaCategory.values] == counts_on(
        force, today
    )
    asked = [(day, database_now()) for day in (today, last_of(year_of(today) - 1), today - timedelta(days=700))]
    answers = [{code: table.cells for code, table in ask(force, as_at=day, known=moment).items()} for day, moment in asked]
    for _ in range(3):
        change_at_random(random, lead)
    again = [{code: table.cells for code, table in ask(force, as_at=day, known=moment).items()} for day, moment in asked]
    assert again == answers
    now = {code: table.cells for code, table in ask(force, as_at=today).items()}
    assert now != answers[0]
    closed = ClosedYear.objects.get()
    assert is_whole(closed)
    assert "Serious sexual offence against a child" in {each.row for each in changes_since(closed, database_now())}
    client.force_login(User.objects.get(username="mappa_coordinator"))
    for name in ("figures", "indicators", "quality"):
        assert client.get(reverse(f"governance:{name}")).status_code == 200
