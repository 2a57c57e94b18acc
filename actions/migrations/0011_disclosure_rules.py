"""The clocks of disclosure: law where a law says so, else the force's practice, to be confirmed."""

from datetime import date

from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
PRACTICE = "Practice of forces; to be confirmed by the force"
DOMESTIC = "Domestic Abuse Act 2021, section 77; statutory guidance, April 2023"
STAGE = "Limit of a stage; to be confirmed by the force against the statutory guidance"
CHILD = "Pages of forces on the child sex offender disclosure scheme; to be confirmed by the force"
ACCESS = "Data Protection Act 2018, sections 45 and 54; to be confirmed by the force"
FREEDOM = "Freedom of Information Act 2000, section 10"
RULES = (
    ("domestic-first-checks", "Domestic scheme: first checks", 24, "hours", 0, [0], DOMESTIC, True),
    ("domestic-interview", "Domestic scheme: face to face", 10, "days", 2, [0], STAGE, False),
    ("domestic-whole", "Domestic scheme: told or answered", 28, "days", 5, [0, 3], DOMESTIC, True),
    ("child-first-checks", "Child scheme: first checks", 24, "hours", 0, [0], CHILD, False),
    ("child-interview", "Child scheme: face to face", 10, "days", 2, [0], CHILD, False),
    ("child-whole", "Child scheme: told or answered", 28, "days", 5, [0, 3], CHILD, False),
    ("application-decide", "Disclosure schemes: a proposal that waits for whoever decides", 1, "working_days", 0, [0, 1], PRACTICE, False),
    ("subject-access", "Subject access: answered", 1, "months", 7, [0, 3], ACCESS, False),
    ("subject-access-help", "Subject access: what a unit holds is added", 5, "working_days", 1, [0], PRACTICE, False),
    ("subject-access-second", "Subject access: read by a second person", 3, "working_days", 1, [0], PRACTICE, False),
    ("freedom-of-information", "Freedom of information: answered", 20, "working_days", 5, [0, 3], FREEDOM, True),
    ("unused-review", "Unused material: reviewed again", 28, "days", 5, [3], PRACTICE, False),
    ("unused-schedule", "Unused material: schedules after charge", 28, "days", 7, [0], PRACTICE, False),
)


def add_rules(apps, schema_editor):
    """Add them."""
    rules = apps.get_model("actions", "ClockRule").objects
    for code, name, quantity, unit, warn, escalate, source, is_confirmed in RULES:
        rules.create(
            code=code, name=name, quantity=quantity, unit=unit, warn_days=warn, escalate_days=escalate, source=source,
            is_confirmed=is_confirmed, asks_why_late=True, period=DateRange(SINCE, None),
        )  # fmt: skip


def remove_rules(apps, schema_editor):
    """Take them away again."""
    apps.get_model("actions", "ClockRule").objects.filter(code__in=[code for code, *_ in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0010_sharing_rules")]

    operations = [
        migrations.AddField(
            "clockrule",
            "asks_why_late",
            models.BooleanField(default=False, help_text="Whoever closes it late must say why it was late."),
        ),
        migrations.AddField(
            "action", "late_reason", models.CharField(blank=True, db_default="", max_length=500, help_text="Why it was late.")
        ),
        migrations.RunPython(add_rules, remove_rules),
    ]
