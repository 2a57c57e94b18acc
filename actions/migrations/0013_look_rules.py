"""How long somebody has to say why they looked: practice, to be confirmed by the force."""

from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
CODE = "look-question"


def add_rule(apps, schema_editor):
    """Add it. It never goes up: the person's supervisors learn of a question only when it is taken further."""
    apps.get_model("actions", "ClockRule").objects.create(
        code=CODE, name="Looks at records: say why you looked", quantity=5, unit="working_days", warn_days=1, escalate_days=[],
        source="Practice of forces; to be confirmed by the force", is_confirmed=False, period=DateRange(SINCE, None),
    )  # fmt: skip


def remove_rule(apps, schema_editor):
    """Take it away again."""
    apps.get_model("actions", "ClockRule").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0012_time_begins_anew")]

    operations = [migrations.RunPython(add_rule, remove_rule)]
