"""Feature 26: who could have seen a record on a past day, as a page with everybody and as a paper, over HTTP; beside an empty paper."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate, now

from accounts.choices import Role
from accounts.models import User
from benchmarks.browsing import TOKEN, Browser
from benchmarks.results import Result
from benchmarks.timing import in_turn, p50, sums
from offenders.models import Nominal
from ui.pdf import make_pdf

PEOPLE, ROUNDS, BAR = 300, 20, 2000.0
EMPTY = {"title": "Empty", "marking": "OFFICIAL", "printed_by": "Nobody"}


def measure_could_see(size: int, port: int) -> list[Result]:
    """Ask for page and paper of yesterday as an auditor does, and make a paper that says nothing."""
    nominal = Nominal.objects.filter(merged_into__isnull=True, is_restricted=False).order_by("pk")[0]
    auditor = User.objects.filter(groups__name=Role.AUDITOR, organisation=nominal.force)[0]
    people = fill_up(nominal)
    browser, page = Browser(port, auditor), f"/nominals/{nominal.reference}/who-could-see/"
    on = (localdate() - timedelta(days=1)).isoformat()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    samples = in_turn(
        {
            "page": lambda _: browser.get(f"{page}?on={on}&show=all"),
            "paper": lambda _: browser.ask("POST", f"{page}paper/?on={on}", f"csrfmiddlewaretoken={TOKEN}", form),
            "empty paper": lambda _: make_pdf("ui/pdf.html", EMPTY | {"printed_at": now()}),
        },
        ROUNDS,
    )
    both = p50(sums(samples["page"], samples["paper"]))
    empty = p50(samples["empty paper"])
    return [
        Result("F26", f"page and paper of who could have seen a record, force of {people}, median", size, both, BAR),
        Result("F26", "the paper alone, median", size, p50(samples["paper"]), None, baseline=empty, peer="an empty paper"),
        Result("F26", "an empty paper, median", size, empty, None),
    ]


def fill_up(nominal: Nominal) -> int:
    """Give the force as many people as a force has; return how many there are. Made once in a database."""
    force, mould = nominal.force, nominal.offender_manager
    there = User.objects.filter(organisation=force, is_service=False).count()
    names = [f"measured{number}" for number in range(there, PEOPLE)]
    people = [
        User(
            username=name, email=f"{name}@force.invalid", last_name=f"Measured {name}", organisation=force, unit_id=nominal.unit_id,
            trained_until=mould.trained_until, vetted_until=mould.vetted_until, password="!",  # noqa: S106 - one that nobody can type
        )
        for name in names
    ]  # fmt: skip
    User.objects.bulk_create(people)
    User.objects.filter(organisation=force).update(date_joined=now() - timedelta(days=400))
    Nominal.objects.filter(pk=nominal.pk).update(created_at=now() - timedelta(days=400))
    roles = list(mould.groups.all())
    User.groups.through.objects.bulk_create([User.groups.through(user=user, group=role) for user in people for role in roles])
    return max(there, PEOPLE)
