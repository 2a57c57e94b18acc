"""What the synthetic force has to do: for Arthur Sample something late, due, stopped, given more time and done; for others a little."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from accounts.choices import Role
from accounts.models import User
from actions.models import Action
from actions.rules import LONDON
from actions.services import Owner, complete_action, extend_clock, pause_clock, raise_action
from offenders.models import Nominal, Notice
from offenders.services.notices import TITLE

# What, in how many days it is due, and what more there is to say.
FOR_ARTHUR = (
    ("Ring the hostel about the new room", -2, "They asked for a word before he moves in."),
    ("Ask housing for the list of viewings", 0, ""),
    ("Meet the school's safeguarding lead", 3, "At the school, not at the station."),
    ("Return the seized phone", 12, ""),
)
FOR_OTHERS = ("Confirm the new employer", "Check the car's registration", "Write to the landlord", "Ring the key worker")


def add_actions(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Raise actions for Arthur Sample's manager, a few colleagues, a unit and a role."""
    manager = arthur.offender_manager
    for title, days, detail in FOR_ARTHUR:
        by_hand(arthur, Owner(user=manager), title, today + timedelta(days=days), users["supervisor"], detail=detail)
    by_hand(arthur, Owner(role=Role.INTELLIGENCE), "Check the alias Archer", today + timedelta(days=5), manager)
    for number, nominal in enumerate(others):
        title = FOR_OTHERS[number % len(FOR_OTHERS)]
        by_hand(nominal, Owner(user=nominal.offender_manager), title, today + timedelta(days=number * 4 - 3), users["supervisor"])
    by_hand(others[0], Owner(unit=others[0].unit), "Find somebody for Saturday's visit", today + timedelta(days=2), users["supervisor"])
    tell_the_clocks_story(users["supervisor"], arthur, today)
    for notice in Notice.objects.filter(nominal__in=[arthur, *others], answered_at=None).select_related("nominal__offender_manager"):
        answer_waits(notice)


def by_hand(nominal: Nominal, owner: Owner, title: str, due_on: date, raised_by: User, *, detail: str = "") -> Action:
    """Raise an action with a date that somebody gave."""
    values = {"title": title, "owner": owner, "nominal": nominal, "due_on": due_on, "detail": detail}
    return raise_action(actor=raised_by, kind="by-hand", route="offenders:actions", **values)


def tell_the_clocks_story(boss: User, arthur: Nominal, today: date) -> None:
    """A clock that stands still, one with more time, and one that was in time."""
    begun = datetime.combine(today - timedelta(days=9), time(10), LONDON)
    clocks = [
        raise_action(
            actor=boss, kind="reply", title=title, owner=Owner(user=arthur.offender_manager), nominal=arthur, rule=rule,
            starts_at=begun, route="offenders:nominal",
        )
        for title, rule in (
            ("Answer the prison's question", "authority-reply"),
            ("Have the assessment approved", "approval"),
            ("Send the minutes out", "minutes-level-2"),
        )
    ]  # fmt: skip
    pause_clock(actor=boss, action=clocks[0], kind="agency", reason="The prison looks for the file", since=today - timedelta(days=4))
    extend_clock(actor=boss, action=clocks[1], quantity=3, unit="working_days", reason="The psychologist reports on Thursday")
    complete_action(actor=boss, action=clocks[2], outcome="Sent to all who were there")


def answer_waits(notice: Notice) -> None:
    """Raise the action that news from the street brings."""
    raise_action(
        actor=notice.reported_by, kind="notice", title=TITLE, owner=Owner(user=notice.nominal.offender_manager),
        nominal=notice.nominal, subject=notice, route="offenders:nominal", rule="notice-answer", starts_at=notice.reported_at,
        key=f"notice-{notice.pk}",
    )  # fmt: skip
