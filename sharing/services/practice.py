"""What sharing goes by as a force changes it: new rows from a day on, never an older one overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from accounts.access import authorise
from accounts.errors import DomainError, NotPermitted
from accounts.guards import wait_turn
from accounts.models import User
from accounts.permissions import Perm
from actions.services.periods import require_not_past
from audit.choices import Verb
from audit.services import record_event
from intelligence.services.practice import end, follow
from sharing.choices.decisions import Authority
from sharing.models import AuthorityRule, MediaLine, Power

CODE = Power._meta.get_field("code").max_length


@transaction.atomic
def add_power(*, actor: User, starts_on: date, reason: str, name: str, allows: str, source: str) -> Power:
    """Add a law under which information may be shared, from a day on."""
    authorise(actor, Perm.CHANGE_RULES)
    if not actor.organisation.is_force:
        raise NotPermitted(Perm.CHANGE_RULES)
    require_not_past(starts_on)
    code = slugify(name)[:CODE].strip("-")
    if not code:
        raise DomainError("Enter a name with letters.", field="name")
    wait_turn(f"power {code}")
    if Power.objects.not_over(starts_on).filter(code=code).exists():
        raise DomainError("There is a power of this name already.", field="name")
    power = Power.objects.create(code=code, name=name.strip(), allows=allows, source=source, period=DateRange(starts_on, None))
    record_event(Verb.CREATED, power, reason=reason, act="Power to share added", starts_on=starts_on.isoformat())
    return power


@transaction.atomic
def change_power(*, actor: User, power: Power, starts_on: date, reason: str, name: str, allows: str, source: str) -> Power:
    """Word a power anew from a day on."""
    authorise(actor, Perm.CHANGE_RULES, power)
    return follow(power, starts_on, reason, "Power to share changed", code=power.code, name=name.strip(), allows=allows, source=source)


@transaction.atomic
def end_power(*, actor: User, power: Power, starts_on: date, reason: str) -> Power:
    """Offer a power no longer from a day on; what was shared under it stays as it was."""
    authorise(actor, Perm.CHANGE_RULES, power)
    return end(power, starts_on, reason, "Power to share ended")


@transaction.atomic
def change_authority_rule(
    *, actor: User, rule: AuthorityRule, starts_on: date, reason: str, authority: str, ranks: Sequence[str],
    is_delegable: bool, is_in_minutes: bool, needs_press_office: bool, is_confirmed: bool, source: str,
) -> AuthorityRule:  # fmt: skip
    """Let somebody else decide in a circumstance, for what is sent to be decided from a day on."""
    authorise(actor, Perm.CHANGE_RULES, rule)
    if authority not in Authority.values:
        raise DomainError("Choose who decides.", field="authority")
    return follow(
        rule, starts_on, reason, "Who decides on sharing changed", circumstance=rule.circumstance, authority=authority, ranks=list(ranks),
        is_delegable=is_delegable, is_in_minutes=is_in_minutes, needs_press_office=needs_press_office, is_confirmed=is_confirmed,
        source=source,
    )  # fmt: skip


@transaction.atomic
def change_media_line(*, actor: User, line: MediaLine, starts_on: date, reason: str, words: str, source: str) -> MediaLine:
    """Word a message for the media anew from a day on."""
    authorise(actor, Perm.CHANGE_RULES, line)
    if not words.strip():
        raise DomainError("Enter what is said.", field="words")
    return follow(line, starts_on, reason, "Message for the media changed", code=line.code, words=words.strip(), source=source)
