"""A prosecution in the synthetic force with items of every kind: open, sensitive, disclosed, withheld by the court, not looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from disclosure.choices.prosecutions import Answer, Decision, Direction, Examined, LineState, Notice, Recipient, Ruling, ScheduleKind
from disclosure.models import Prosecution, UnusedItem
from disclosure.reports.prosecutions import things_of
from disclosure.services.prosecution_items import add_item, assess_item, disclose_item, link_item
from disclosure.services.prosecution_lines import add_line, change_line
from disclosure.services.prosecution_rulings import ask_court, enter_ruling
from disclosure.services.prosecution_schedules import give_copy, issue_schedule
from disclosure.services.prosecutions import open_prosecution
from offenders.models import Nominal

# Description, what it is, where it is kept, whether sensitive, and what a look said besides; None: nobody has looked.
ITEMS: tuple[tuple[str, str, str, bool, dict[str, Any] | None], ...] = (
    ("Notebook of the arresting officer for the night of the arrest", "Notebook 417/26, pages 3 to 9", "Property store", False, {}),
    (
        "Recording of the entrance of the swimming pool, 14.00 to 16.00", "Camera 2; shows another man at the gate", "Disc 12", False,
        {
            "examined": Examined.WATCHED, "assists": Answer.YES, "assists_why": "Another man stands at the gate at the time.",
            "decision": Decision.DISCLOSE,
        },
    ),
    (
        "Recordings of calls to the control room on that day", "Nine hours, all lines", "Control room", False,
        {"examined": Examined.NOT_EXAMINED, "not_examined_why": "The calls about this matter were cut out and are items of their own."},
    ),
    (
        "Letter of a health worker about somebody else in the household", "Letter, two pages", "Safe", True,
        {"ground": "private-life", "sensitive_why": "It tells of the illness of somebody not on trial.", "in_part": "Without page two"},
    ),
    (
        "Note of a telephone call to the police, undated, one page", "Who rang is known to the unit alone", "Safe", True,
        {
            "ground": "informant", "sensitive_why": "The caller would be known by what was said.", "assists": Answer.YES,
            "assists_why": "The caller gives another day.", "decision": Decision.COURT,
        },
    ),
)  # fmt: skip
LATER = ("Timetable of the bus line past the swimming pool, spring edition", "Printed sheet", "Property store")


def add_prosecutions(users: dict[str, User], arthur: Nominal, others: list[Nominal], today: date) -> None:
    """Prosecute Arthur Sample for a breach; his manager is officer in the case, a response officer discloses."""
    officer, discloser = arthur.offender_manager, users["operational"]
    open_prosecution(
        actor=officer, unit=arthur.unit, nominal=others[0], defendant="Not charged yet", offence="Failing to notify an address",
        officer=officer, disclosure_officer=officer,
    )  # fmt: skip
    case = open_prosecution(
        actor=officer, unit=arthur.unit, nominal=arthur, defendant="Arthur Sample", offence="Breach of a sexual harm prevention order",
        urn="41NM0417726", charged_on=today - timedelta(days=12), court="Northmere Crown Court", officer=officer,
        disclosure_officer=discloser, deputy=users["supervisor"],
    )  # fmt: skip
    items = [add_and_look(discloser, case, today, entry) for entry in ITEMS]
    disclose_item(
        actor=discloser, item=items[1], version=fresh(items[1]).version, disclosed_on=today - timedelta(days=3),
        disclosed_how="Copy on disc to the defence solicitor",
    )  # fmt: skip
    asked = ask_court(
        actor=discloser, prosecution=case, version=fresh(case).version, notice=Notice.BARE, prosecutor="Reviewing lawyer", items=[items[4]],
        grounds="The caller would be known, and is afraid.", made_on=today - timedelta(days=5), court="Northmere Crown Court",
    )  # fmt: skip
    enter_ruling(
        actor=discloser, application=asked, version=asked.version, ruling=Ruling.WITHHOLD, ruled_on=today - timedelta(days=2),
        court="Northmere Crown Court", ruling_words="Withheld; the other day is admitted by the prosecutor.",
    )  # fmt: skip
    follow_lines(officer, discloser, case, items, today)
    for kind in (ScheduleKind.OPEN, ScheduleKind.SENSITIVE):
        schedule = issue_schedule(actor=discloser, prosecution=case, version=fresh(case).version, kind=kind, is_certified=True)
        give_copy(actor=discloser, schedule=schedule, recipient=Recipient.PROSECUTOR, given_to="Reviewing lawyer", given_on=today)
    link_first(officer, items[0])
    description, what, kept_at = LATER
    add_item(actor=officer, prosecution=case, description=description, what=what, kept_at=kept_at, is_sensitive=False)


def fresh(row: Any) -> Any:
    """Return a row as it is stored."""
    return type(row).objects.get(pk=row.pk)


def add_and_look(actor: User, case: Prosecution, today: date, entry: tuple[str, str, str, bool, dict[str, Any] | None]) -> UnusedItem:
    """Add an item and look at it."""
    description, what, kept_at, is_sensitive, said = entry
    item = add_item(actor=actor, prosecution=case, description=description, what=what, kept_at=kept_at, is_sensitive=is_sensitive)
    plain = {
        "examined": Examined.INSPECTED, "examined_by": actor, "examined_on": today - timedelta(days=6), "not_examined_why": "",
        "relevant": Answer.YES, "relevant_why": "It is about the day of the breach.", "undermines": Answer.NO,
        "undermines_why": "It agrees with the statements.", "assists": Answer.NO, "assists_why": "Nothing in it helps the defence.",
        "is_sensitive": is_sensitive, "ground": "", "sensitive_why": "", "in_part": "", "decision": Decision.NOT,
    }  # fmt: skip
    assess_item(actor=actor, item=item, version=item.version, **plain | (said or {}))
    return item


def follow_lines(officer: User, discloser: User, case: Prosecution, items: list[UnusedItem], today: date) -> None:
    """Follow one line towards the suspect, one away from him that is late, and leave one with its reason."""
    line = {"actor": discloser, "prosecution": case, "owner": officer}
    add_line(
        direction=Direction.AWAY, what="Find the man at the gate on the recording.", why="He may be who was seen.", items=[items[1]],
        due_on=today - timedelta(days=1), **line,
    )  # fmt: skip
    done = add_line(
        direction=Direction.TOWARDS, what="Ask the pool for its till receipts.", why="He may have paid by card.", due_on=today, **line
    )
    said = {"direction": done.direction, "what": done.what, "why": done.why, "owner": officer, "due_on": today}
    change_line(
        actor=officer, line=done, version=done.version, state=LineState.NOT_PURSUED, result="The pool keeps none for so long.", **said
    )


def link_first(actor: User, item: UnusedItem) -> None:
    """Link an item to the first thing on the record that the officer may open."""
    for kind, key in list(things_of(actor, item.prosecution))[:1]:
        link_item(actor=actor, item=item, kind=kind, key=key)
