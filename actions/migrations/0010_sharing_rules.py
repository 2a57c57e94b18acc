"""The clocks of sharing: the force's practice, to be confirmed."""
from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
PRACTICE = "Practice of forces; to be confirmed by the force"
RULES = (
    ("sharing-decide", "Sharing: a decision that waits for whoever decides", 2, "working_days", 1, [0, 2]),
    ("sharing-acknowledge", "Sharing: the recipient confirms handling and reading", 3, "days", 1, [0, 4]),
    ("sharing-outcome-7", "Sharing: what came of it, first look", 7, "days", 2, [3]),
    ("sharing-outcome-28", "Sharing: what came of it, second look", 28, "days", 3, [7]),
    ("sharing-breach", "Sharing: a breach of data to be reported", 24, "hours", 0, [0]),
    ("sharing-expected", "Sharing: what the recipient was asked to do", 14, "days", 3, [7]),
    ("partner-request", "Request of an agency: complete answer or reasoned refusal", 5, "working_days", 2, [0, 3]),
    ("partner-request-urgent", "Urgent request of an agency", 24, "hours", 0, [0]),
    ("partner-news", "News of an agency to be looked at", 1, "working_days", 0, [0, 2]),
    ("media-enquiry", "Enquiry of the media: answered", 1, "working_days", 0, [1]),
    ("dbs-referral", "Referral to the Disclosure and Barring Service: sent", 5, "working_days", 2, [0]),
    ("parole-dossier", "Dossier for the Parole Board: sent", 28, "days", 7, [0]),
)


def add_rules(apps, schema_editor):
    """Add them."""
    rules = apps.get_model("actions", "ClockRule").objects
    for code, name, quantity, unit, warn, escalate in RULES:
        rules.create(
            code=code, name=name, quantity=quantity, unit=unit, warn_days=warn, escalate_days=escalate, source=PRACTICE,
            is_confirmed=False, period=DateRange(SINCE, None),
        )  # fmt: skip


def remove_rules(apps, schema_editor):
    """Take them away again."""
    apps.get_model("actions", "ClockRule").objects.filter(code__in=[code for code, *_ in RULES]).delete()


class Migration(migrations.Migration):
    dependencies = [("actions", "0009_tasking_rules")]

    operations = [migrations.RunPython(add_rules, remove_rules)]
