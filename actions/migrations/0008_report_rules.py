"""The clocks of intelligence reports: the force's practice, to be confirmed."""
from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
PRACTICE = "Practice of intelligence bureaus; to be confirmed by the force"
# code, name, quantity, unit, warn days, late days at which it goes up
RULES = [
    ("report-evaluation", "Intelligence report: evaluation and release by the bureau", 1, "working_days", 0, [0, 1]),
    ("report-more", "Intelligence report: its author answers what was asked", 3, "working_days", 1, [0, 3]),
    ("report-taken", "Intelligence report about a person: its manager takes it", 1, "working_days", 0, [0, 1]),
    ("report-suggestion", "Intelligence report: what its significance calls for", 3, "working_days", 1, [0, 3]),
    ("source-review", "A confidential matter of the bureau: decision", 5, "working_days", 1, [0, 3]),
]


def add_rules(apps, schema_editor):
    """Add them."""
    rule = apps.get_model("actions", "ClockRule")
    rule.objects.bulk_create(
        rule(
            code=code, name=name, quantity=quantity, unit=unit, warn_days=warn, escalate_days=late, source=PRACTICE, is_confirmed=False,
            period=DateRange(SINCE, None),
        )
        for code, name, quantity, unit, warn, late in RULES
    )


def remove_rules(apps, schema_editor):
    """Take them away again."""
    apps.get_model("actions", "ClockRule").objects.filter(code__in=[code for code, *_ in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0007_no_flag_rule")]

    operations = [migrations.RunPython(add_rules, remove_rules)]
