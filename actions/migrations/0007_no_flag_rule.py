"""How long the reason why no flag is right for a registered person counts, before it is asked anew."""
from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
CODE = "flag-none-stands"


def add_rule(apps, schema_editor):
    """Add its first version."""
    apps.get_model("actions", "ClockRule").objects.create(
        code=CODE, name="A reason why no flag is right counts so long", quantity=12, unit="months", warn_days=0, escalate_days=[],
        period=DateRange(SINCE, None), source="Force policy; to be confirmed by the force", is_confirmed=False,
    )  # fmt: skip


def remove_rule(apps, schema_editor):
    """Take it away again."""
    apps.get_model("actions", "ClockRule").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0006_travel_rules")]

    operations = [migrations.RunPython(add_rule, remove_rule)]
