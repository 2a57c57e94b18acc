"""Lines of enquiry, whichever way they point: added, due, done, or not pursued for a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from disclosure.choices.prosecutions import Direction, LineState
from disclosure.guards.prosecutions import require_team, require_words
from disclosure.models import LineOfEnquiry, Prosecution, UnusedItem
from disclosure.reports.prosecutions import LINE, next_number
from disclosure.services.prosecutions import LIST, hold_prosecution
from offenders.guards import require_unchanged


@transaction.atomic
def add_line(
    *, actor: User, prosecution: Prosecution, direction: str, what: str, why: str, owner: User, due_on: date,
    items: Iterable[UnusedItem] = (),
) -> LineOfEnquiry:  # fmt: skip
    """Write down a line of enquiry: who follows it until when, and why it is reasonable."""
    locked = hold_prosecution(actor, prosecution)
    require_said(locked, direction, what, why, owner)
    line = LineOfEnquiry.objects.create(
        prosecution=locked, number=next_number(LineOfEnquiry, locked), direction=direction, what=what.strip(), why=why.strip(), owner=owner,
        due_on=due_on, added_by=actor,
    )  # fmt: skip
    link_items(actor, line, items)
    ask_owner(actor, line)
    record_event(Verb.CREATED, line, act="Line of enquiry added", direction=direction)
    return line


@transaction.atomic
def change_line(
    *, actor: User, line: LineOfEnquiry, version: int, direction: str, what: str, why: str, owner: User, due_on: date, state: str,
    result: str = "", items: Iterable[UnusedItem] = (),
) -> LineOfEnquiry:  # fmt: skip
    """Say where a line of enquiry stands; one that is not pursued says why not."""
    authorise(actor, Perm.SCHEDULE_MATERIAL, line)
    prosecution = hold_prosecution(actor, line.prosecution)
    locked = LineOfEnquiry.objects.select_for_update(of=("self",)).get(pk=line.pk)
    require_unchanged(locked, version)
    require_said(prosecution, direction, what, why, owner)
    if state not in LineState.values:
        raise DomainError("Choose where it stands.", field="state")
    if state != LineState.OPEN and not result.strip():
        words = gettext_noop("Say why it is not pursued.") if state == LineState.NOT_PURSUED else gettext_noop("Say what came of it.")
        raise DomainError(words, field="result")
    is_asked_anew = (owner.pk, due_on) != (locked.owner_id, locked.due_on) or (state == LineState.OPEN) != (locked.state == LineState.OPEN)
    locked.prosecution, locked.direction, locked.what, locked.why = prosecution, direction, what.strip(), why.strip()
    locked.owner, locked.due_on, locked.state, locked.result = owner, due_on, state, result.strip()
    locked.version += 1
    locked.save()
    link_items(actor, locked, items)
    if state != LineState.OPEN:
        complete_actions_about(actor=actor, subject=locked, kind=LINE, outcome=str(LineState(state).label))
    elif is_asked_anew:
        cancel_actions_about(actor=actor, subject=locked, kind=LINE, reason="Its day or its owner changed.")
        ask_owner(actor, locked)
    record_event(Verb.CHANGED, locked, act="Line of enquiry changed", state=state)
    return locked


def require_said(prosecution: Prosecution, direction: str, what: str, why: str, owner: User) -> None:
    """It points somewhere, says what and why, and has an owner who may know of the case."""
    if direction not in Direction.values:
        raise DomainError("Choose where it points.", field="direction")
    require_words(what=what, why=why)
    require_team(prosecution.force_id, prosecution.unit, prosecution.nominal, owner=owner)


def link_items(actor: User, line: LineOfEnquiry, items: Iterable[UnusedItem]) -> None:
    """Link a line to items that the actor sees; those that the actor does not see stay."""
    seen = UnusedItem.objects.for_user(actor, Perm.SCHEDULE_MATERIAL).filter(prosecution=line.prosecution_id)
    wanted = set(seen.filter(pk__in=[item.pk for item in items]).values_list("pk", flat=True))
    unseen = set(line.items.exclude(pk__in=seen).values_list("pk", flat=True))
    line.items.set(wanted | unseen)


def ask_owner(actor: User, line: LineOfEnquiry) -> None:
    """Have its owner follow it."""
    case = line.prosecution
    raise_action(
        actor=actor, kind=LINE, title=gettext_noop("A line of enquiry is to be followed"), owner=Owner(user=line.owner),
        nominal=case.nominal,
        force=case.force, unit=case.unit, subject=line, route=LIST, due_on=line.due_on, key=f"{LINE}-{line.pk}-{line.version}",
    )  # fmt: skip
