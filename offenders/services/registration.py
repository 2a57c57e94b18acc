"""Registration: periods reckoned from convictions and orders, and reviews of indefinite requirements."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from actions.rules import Line
from actions.services import Owner, cancel_actions_about, complete_actions_about, raise_action
from audit.choices import Verb
from audit.services import record_event
from offenders.choices import Registration
from offenders.choices.registration import Disposal, DutyKind, OrderKind, ReviewState
from offenders.guards import require_unchanged
from offenders.guards.registration import require_move, require_not_after, require_order_of
from offenders.models import Conviction, CourtOrder, Nominal, NotificationDuty, RegistrationPeriod, RegistrationReview
from offenders.reports.registration import lengths_on, noon
from offenders.rules.notifying import ENDS_REQUIREMENT, REVIEW_MOVES, back
from offenders.rules.registration import CODES, ONE_DAY, Finding, Spell, cut, length_in, merge_spells, needed, notification_spell
from offenders.services.records import lock_nominal, save_nominal

PAGE = "offenders:registration"
END_REVIEW = "registration-end-review"
Row = TypeVar("Row", bound=Model)


def lock_row(row: Row, version: int | None = None) -> Row:
    """Hold a row until the transaction ends; StaleRecord when it is no longer the version that the actor saw."""
    locked = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    require_unchanged(locked, version)
    return locked


def save_row(row: Any, **values: Any) -> None:
    """Store values and count the version up."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])


def first_notified(nominal: Nominal, since: date) -> date | None:
    """Return the day of the first notification after a conviction, where it is recorded."""
    done = NotificationDuty.objects.filter(nominal=nominal, kind=DutyKind.INITIAL, notified_on__isnull=False, starts_on__gte=since)
    return done.order_by("notified_on").values_list("notified_on", flat=True).first()


def spell_of_conviction(conviction: Conviction) -> Spell:
    """Reckon one conviction by the rules of its day."""
    length = length_in(conviction.length_quantity, conviction.length_unit)
    finding = Finding(Disposal(conviction.disposal), conviction.convicted_on, conviction.was_under_18, length)
    lengths = lengths_on(CODES, conviction.convicted_on)
    spell = notification_spell(finding, lengths, first_notified(conviction.nominal, conviction.convicted_on))
    return Spell(spell.start, spell.upper, spell.lines, spell.review_from, str(Disposal(conviction.disposal).label))


def spell_of_order(order: CourtOrder) -> Spell:
    """An order makes somebody notify while it is in force."""
    label = str(OrderKind(order.kind).label)
    lines = [Line(f"{label}, in force from", order.starts_on.isoformat())]
    if order.last_day:
        lines.append(Line(gettext_noop("Until its last day"), order.last_day.isoformat()))
    else:
        lines.append(Line(gettext_noop("Until further order"), ""))
    return Spell(order.starts_on, order.last_day + ONE_DAY if order.last_day else None, tuple(lines), None, label)


def spells_of(nominal: Nominal) -> list[Spell]:
    """Return when the person must notify, by everything that is recorded."""
    convictions = Conviction.objects.filter(nominal=nominal, requires_notification=True).select_related("nominal").order_by("pk")
    orders = CourtOrder.objects.filter(nominal=nominal, imposes_notification=True).order_by("pk")
    reviews = RegistrationReview.objects.filter(nominal=nominal, state__in=ENDS_REQUIREMENT)
    ended = [review.ended_on for review in reviews if review.ended_on]
    found = [cut(spell_of_conviction(each), ended) for each in convictions]
    found += [spell_of_order(each) for each in orders if each.last_day is None or each.last_day >= each.starts_on]
    return merge_spells(found)


def reckon_registration(nominal: Nominal, actor: User | None) -> list[RegistrationPeriod]:
    """Bring the stored periods into line with convictions, orders and reviews; the caller has authorised and holds the lock."""
    stored = {fingerprint(row): row for row in RegistrationPeriod.objects.filter(nominal=nominal, withdrawn_at__isnull=True)}
    wanted = {(each.start, each.upper, each.review_from, lines_of(each)): each for each in spells_of(nominal)}
    for key, row in stored.items():
        if key not in wanted:
            row.withdrawn_at = now()
            row.save(update_fields=["withdrawn_at"])
            cancel_actions_about(actor=actor, subject=row, reason="The notification period was reckoned anew")
    added = [add_period(nominal, actor, spell) for key, spell in wanted.items() if key not in stored]
    today = localdate()
    if nominal.registration != Registration.REGISTERED and any(each.start <= today < (each.upper or date.max) for each in wanted.values()):
        nominal.registration = Registration.REGISTERED
        save_nominal(nominal, "registration")
        record_event(Verb.CHANGED, nominal, act="Marked as a registered sexual offender")
    return added


def lines_of(spell: Spell) -> str:
    """Return the explanation in one string, for comparison."""
    return "\n".join(f"{line.words} {line.day}" for line in spell.lines)


def fingerprint(row: RegistrationPeriod) -> tuple[date | None, date | None, date | None, str]:
    """Return what makes two reckonings the same."""
    return row.period.lower, row.period.upper, row.review_from, "\n".join(f"{line['words']} {line['day']}" for line in row.explanation)


def add_period(nominal: Nominal, actor: User | None, spell: Spell) -> RegistrationPeriod:
    """Store a period, and raise what must be done before it ends or when a review is possible."""
    row = RegistrationPeriod.objects.create(
        nominal=nominal, period=DateRange(spell.start, spell.upper), basis=spell.source, review_from=spell.review_from,
        explanation=[asdict(line) for line in spell.lines],
    )  # fmt: skip
    record_event(Verb.CHANGED, row, act="Notification period reckoned", without_end=spell.upper is None)
    today = localdate()
    if spell.last and spell.last >= today:
        ahead = needed(lengths_on([END_REVIEW], today)[END_REVIEW])
        title, due_on = gettext_noop("Check before the notification period ends"), max(back(spell.last, ahead), today)
        raise_for(row, actor, kind="registration-end", title=title, due_on=due_on)
    elif spell.review_from and spell.review_from >= today:
        title = gettext_noop("A review of indefinite notification is possible")
        raise_for(row, actor, kind="indefinite-review", title=title, due_on=spell.review_from)
    return row


def raise_for(row: Any, actor: User | None, *, kind: str, title: str, due_on: date) -> None:
    """Raise an action for the manager about a row, due on a day."""
    nominal = row.nominal
    raise_action(
        actor=actor, kind=kind, title=title, owner=Owner(user=nominal.offender_manager), nominal=nominal, subject=row, route=PAGE,
        due_on=due_on, key=f"{kind}-{row.pk}-{due_on.isoformat()}",
    )  # fmt: skip


@transaction.atomic
def receive_review(*, actor: User, nominal: Nominal, received_on: date) -> RegistrationReview:
    """Record that the person asked for an end of the indefinite requirement; a decision is due by the clock."""
    authorise(actor, Perm.CHANGE_RECORD, nominal)
    locked = lock_nominal(nominal)
    require_not_after(received_on, localdate(), "received_on")
    period = RegistrationPeriod.objects.filter(nominal=locked, withdrawn_at__isnull=True, period__contains=received_on).first()
    if period is None or period.period.upper is not None:
        raise DomainError("Only an indefinite requirement is reviewed. None was in force on that day.", field="received_on")
    if period.review_from is None or received_on < period.review_from:
        raise DomainError("A review is not possible yet on that day. The page says from when it is.", field="received_on")
    if RegistrationReview.objects.filter(nominal=locked, state__in=[ReviewState.RECEIVED, ReviewState.APPEALED]).exists():
        raise DomainError("An application is open already. Record what was decided on it first.", field="received_on")
    review = RegistrationReview.objects.create(nominal=locked, received_on=received_on, recorded_by=actor)
    complete_actions_about(actor=actor, subject=period, kind="indefinite-review", outcome="Application received")
    raise_action(
        actor=actor, kind="review-decision", title=gettext_noop("Decide on a review of indefinite notification"), nominal=locked,
        subject=review, owner=Owner(user=locked.offender_manager), route=PAGE, rule="review-decision", starts_at=noon(received_on),
        key=f"review-decision-{review.pk}",
    )  # fmt: skip
    record_event(Verb.CREATED, review, act="Application for review received")
    return review


@transaction.atomic
def move_review(
    *, actor: User, review: RegistrationReview, version: int, state: ReviewState | str, on: date, by_whom: str, reason: str
) -> RegistrationReview:
    """Record a decision on a review, an appeal, or a court's decision on it. A grant ends the requirement with that day."""
    authorise(actor, Perm.CHANGE_RECORD, review)
    nominal = lock_nominal(review.nominal)
    locked = lock_row(review, version)
    state = ReviewState(state)
    require_move(REVIEW_MOVES, ReviewState(locked.state), state)
    require_not_after(on, localdate(), "on")
    before = locked.appealed_on or locked.decided_on or locked.received_on
    require_order_of(before, on, gettext_noop("The date must not be before the step that it follows."), "on")
    save_row(locked, state=state, **values_of_move(state, on, by_whom, reason))
    complete_actions_about(actor=actor, subject=locked, kind="review-decision", outcome=str(state.label))
    record_event(Verb.CHANGED, locked, act=f"Review: {str(state.label).lower()}", on=on.isoformat())
    if state in ENDS_REQUIREMENT:
        reckon_registration(nominal, actor)
    return locked


def values_of_move(state: ReviewState, on: date, by_whom: str, reason: str) -> dict[str, Any]:
    """Return the columns that a step of a review fills."""
    match state:
        case ReviewState.GRANTED | ReviewState.REFUSED:
            return {"decided_on": on, "decided_by_words": by_whom, "reason": reason}
        case ReviewState.APPEALED:
            return {"appealed_on": on, "appeal_outcome": reason}
    return {"appeal_decided_on": on, "appeal_outcome": f"{by_whom}: {reason}"}


