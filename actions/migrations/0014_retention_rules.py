"""The clocks of retention: the practice of forces, to be confirmed by the force."""

from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(2005, 11, 14)
PRACTICE = "Practice of forces; to be confirmed by the force"
RULES = (
    ("retention-review", "Retention: a review that is due", 28, "days", 7, [0, 14]),
    ("retention-approval", "Retention: a proposal that waits for the second person", 10, "working_days", 3, [0]),
    ("disposal-carry-out", "Retention: a disposal that was decided is carried out", 28, "days", 7, [0]),
    ("disposal-recipients", "Retention: recipients of what was disposed of are told", 5, "working_days", 1, [0]),
)


def add_rules(apps, schema_editor):
    """Add them."""
    rules = apps.get_model("actions", "ClockRule").objects
    for code, name, quantity, unit, warn, escalate in RULES:
        rules.create(
            code=code, name=name, quantity=quantity, unit=unit, warn_days=warn, escalate_days=escalate, source=PRACTICE,
            is_confirmed=False, asks_why_late=False, period=DateRange(SINCE, None),
        )  # fmt: skip


def remove_rules(apps, schema_editor):
    """Take them away again."""
    apps.get_model("actions", "ClockRule").objects.filter(code__in=[code for code, *_ in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0013_look_rules")]

    operations = [migrations.RunPython(add_rules, remove_rules)]
