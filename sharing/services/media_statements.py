"""What the media are told: a strategy with lines to take, statements version by version, each agreed by the unit before it counts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from accounts.errors import DomainError
from accounts.models import User
from actions.services import complete_actions_about, tell
from audit.choices import Verb
from audit.services import record_event
from offenders.guards import require_unchanged
from sharing.guards.media import (
    NO_DECISION,
    require_another,
    require_issuable,
    require_lines,
    require_names_nobody,
    require_not_agreed,
    require_specific,
    require_words,
)
from sharing.models import MediaEnquiry, MediaStatement, MediaStrategy, SharingDecision
from sharing.reports.media import identifying_now
from sharing.services.media import AGREE, LIST, ask_unit, hold_for_press, hold_for_unit

WAITS = gettext_noop("Words for the media wait for your agreement")
AGREED = gettext_noop("The unit has agreed to words for the media")


@transaction.atomic
def write_strategy(
    *, actor: User, enquiry: MediaEnquiry, text: str, lines: Sequence[str], own_lines: str, version: int | None = None
) -> MediaStrategy:
    """Write how the enquiry is handled and the lines to take, or write it anew: then the unit agrees anew."""
    locked = hold_for_press(actor, enquiry)
    require_words(text=text)
    require_lines(lines, own_lines)
    require_names_nobody(actor, locked.is_general, text=text, own_lines=own_lines)
    strategy = MediaStrategy.objects.select_for_update().filter(enquiry=locked).first() or MediaStrategy(enquiry=locked, version=0)
    require_unchanged(strategy, version)
    strategy.text, strategy.lines, strategy.own_lines = text.strip(), list(lines), own_lines.strip()
    strategy.written_by, strategy.written_at, strategy.agreed_by, strategy.agreed_at = actor, now(), None, None
    strategy.version += 1
    strategy.save()
    ask_unit(actor, locked, AGREE, WAITS, f"{AGREE}-strategy-{strategy.pk}-{strategy.version}")
    record_event(Verb.CHANGED, locked, act="Media strategy written")
    return strategy


@transaction.atomic
def agree_strategy(*, actor: User, enquiry: MediaEnquiry, version: int) -> MediaStrategy:
    """Agree as the unit to the strategy as it was shown."""
    locked = hold_for_unit(actor, enquiry)
    strategy = MediaStrategy.objects.select_for_update().filter(enquiry=locked).first()
    if strategy is None:
        raise DomainError("There is no strategy yet.")
    require_unchanged(strategy, version)
    require_not_agreed(strategy.agreed_by)
    require_another(actor, strategy.written_by_id)
    strategy.agreed_by, strategy.agreed_at = actor, now()
    strategy.save(update_fields=["agreed_by", "agreed_at"])
    finish_agreeing(actor, locked, "Media strategy agreed by the unit")
    return strategy


@transaction.atomic
def write_statement(*, actor: User, enquiry: MediaEnquiry, text: str, identifies: bool) -> MediaStatement:
    """Write the next version of a statement; the versions before it are kept."""
    locked = hold_for_press(actor, enquiry)
    require_words(text=text)
    require_names_nobody(actor, locked.is_general, text=text)
    if identifies:
        require_specific(locked, "identifies")
    number = (locked.statements.aggregate(last=Max("number"))["last"] or 0) + 1
    statement = MediaStatement.objects.create(enquiry=locked, number=number, text=text.strip(), identifies=identifies, written_by=actor)
    ask_unit(actor, locked, AGREE, WAITS, f"{AGREE}-statement-{statement.pk}")
    record_event(Verb.CREATED, locked, act="Media statement written", number=number, identifies=identifies)
    return statement


def hold_statement(enquiry: MediaEnquiry, number: int) -> MediaStatement:
    """Hold the newest version; an older one is kept but goes nowhere."""
    newest = enquiry.statements.select_for_update().order_by("-number").first()
    if newest is None or newest.number != number:
        raise DomainError("There is a newer version of this statement. Read that one.")
    return newest


@transaction.atomic
def agree_statement(*, actor: User, enquiry: MediaEnquiry, number: int) -> MediaStatement:
    """Agree as the unit to the newest version of the statement."""
    locked = hold_for_unit(actor, enquiry)
    statement = hold_statement(locked, number)
    require_not_agreed(statement.agreed_by)
    require_another(actor, statement.written_by_id)
    statement.agreed_by, statement.agreed_at = actor, now()
    statement.save(update_fields=["agreed_by", "agreed_at"])
    finish_agreeing(actor, locked, "Media statement agreed by the unit")
    return statement


def finish_agreeing(actor: User, enquiry: MediaEnquiry, act: str) -> None:
    """Nobody is asked to agree any more unless something else waits; the press office is told."""
    strategy = MediaStrategy.objects.filter(enquiry=enquiry, agreed_at__isnull=True)
    newest = enquiry.statements.order_by("-number").first()
    if not strategy.exists() and (newest is None or newest.agreed_at):
        complete_actions_about(actor=actor, subject=enquiry, kind=AGREE, outcome="Agreed")
    record_event(Verb.CHANGED, enquiry, act=act)
    tell(actor=actor, people=[enquiry.taken_by], text=AGREED, route=LIST)


@transaction.atomic
def issue_statement(*, actor: User, enquiry: MediaEnquiry, number: int) -> MediaStatement:
    """Say that the newest version went out. One that identifies a person rests on an approved decision on the record, now."""
    locked = hold_for_press(actor, enquiry)
    statement = hold_statement(locked, number)
    require_issuable(locked, statement)
    statement.decision = deciding(locked) if statement.identifies else None
    statement.issued_by, statement.issued_at = actor, now()
    statement.save(update_fields=["issued_by", "issued_at", "decision"])
    record_event(Verb.EXPORTED, statement.decision or locked, act="Media statement issued", number=number, enquiry=locked.pk)
    return statement


def deciding(enquiry: MediaEnquiry) -> SharingDecision:
    """Hold the decision under which the person may be identified. Without a record and without a decision the words are the same."""
    decision = identifying_now(enquiry).select_for_update(of=("self",), no_key=True).first()
    if decision is None:
        raise DomainError(NO_DECISION)
    return decision
