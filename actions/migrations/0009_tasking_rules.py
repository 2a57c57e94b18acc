"""The clock of taskings: the force's practice, to be confirmed."""
from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
PRACTICE = "Practice of intelligence bureaus; to be confirmed by the force"


def add_rule(apps, schema_editor):
    """Add it."""
    apps.get_model("actions", "ClockRule").objects.create(
        code="tasking-review", name="Tasking: review by somebody else than whoever raised it", quantity=28, unit="days", warn_days=3,
        escalate_days=[0, 7], source=PRACTICE, is_confirmed=False, period=DateRange(SINCE, None),
    )


def remove_rule(apps, schema_editor):
    """Take it away again."""
    apps.get_model("actions", "ClockRule").objects.filter(code="tasking-review").delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0008_report_rules")]

    operations = [migrations.RunPython(add_rule, remove_rule)]
