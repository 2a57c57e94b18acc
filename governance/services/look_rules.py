"""What makes a look unusual, as a force changes it: new rows from a day on, never an older one overwritten."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.access import authorise
from accounts.errors import DomainError
from accounts.models import User
from accounts.permissions import Perm
from governance.models import LookRule
from intelligence.services.practice import follow


@transaction.atomic
def change_look_rule(
    *, actor: User, rule: LookRule, starts_on: date, reason: str, explains: str, least: int, span: int, margin: int, source: str
) -> LookRule:
    """Let a rule count with other numbers from a day on; what was found before stays as it was."""
    authorise(actor, Perm.CHANGE_RULES, rule)
    for field, number in {"least": least, "span": span}.items():
        if number < 1:
            raise DomainError("Enter 1 or more.", field=field)
    values = {"code": rule.code, "explains": explains.strip(), "least": least, "span": span, "margin": margin, "source": source}
    return follow(rule, starts_on, reason, "Rule of unusual looks changed", **values)
