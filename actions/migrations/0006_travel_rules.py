"""The clocks of reports from the border. The first two are the force's practice; how far apart two days may be is a figure to be confirmed."""
from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
PRACTICE = "Practice of MOSOVO units; to be confirmed by the force"
# code, name, quantity, unit, warn days, late days at which it goes up
RULES = [
    ("travel-triage", "Report from the border: somebody looks", 1, "working_days", 0, [0, 1]),
    ("travel-evaluation", "Foreign travel: evaluation by the offender manager", 3, "working_days", 1, [0, 3]),
    ("travel-sign-off", "Foreign travel: sign-off by a supervisor", 5, "working_days", 1, [0, 5]),
    ("travel-breach", "Possible breach by foreign travel: first decision", 1, "working_days", 0, [0, 1]),
    ("travel-feed-silent", "A source of reports from the border is silent", 4, "hours", 0, [0]),
    ("travel-same-day", "Foreign travel: two days so near count as the same", 1, "days", 0, []),
    ("travel-nearby", "Foreign travel: a notified journey within so many days is taken to be the one that was meant", 14, "days", 0, []),
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
    dependencies = [("actions", "0005_notifications_in_the_browser")]

    operations = [migrations.RunPython(add_rules, remove_rules)]
