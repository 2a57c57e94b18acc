"""What each table of actions is to a person on record."""

from django.db.models import QuerySet

from actions.choices import ActionState
from audit.personal import ON_RECORD, Declared, Held, NotTheirs, declared

TECHNICAL = (
    "key", "subject_type", "subject_id", "route", "owner_role", "owner_unit", "rule_code", "explanation", "warned_at", "escalation",
)  # fmt: skip
RULE = NotTheirs("dated rules and calendars")


def of_what_is_held(rows: QuerySet) -> QuerySet:
    """Actions that are closed, about nothing else than what is held: an open one may tell what the police are about to do."""
    open_tables = (f"{app}.{model.lower()}" for app, model, each in declared() if isinstance(each, Held) and each.select is None)
    return rows.exclude(state=ActionState.OPEN).filter(subject_type__in=["", *open_tables])


PERSONAL_DATA: Declared = {
    "Action": Held("Actions", without=TECHNICAL, select=of_what_is_held),
    "ActionPause": NotTheirs("how the clock of an action stood still", ON_RECORD),
    "ActionExtension": NotTheirs("how the clock of an action was extended", ON_RECORD),
    "Notification": NotTheirs("what staff were told of an action, in words that name nobody"),
    "Occurrence": NotTheirs("keys of what happened, for telling staff", ON_RECORD),
    "ClockRule": RULE,
    "BankHoliday": RULE,
}
