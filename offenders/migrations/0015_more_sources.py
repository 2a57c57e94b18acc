"""Sources of information that an officer on the street has, in the register of sources."""
from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(1997, 9, 1)
SOURCES = [
    ("public", "Member of the public"), ("police", "Police officer or staff, own observation"), ("offender", "An offender, about others"),
    ("scottish-intelligence", "Scottish Intelligence Database"), ("mental-health", "Mental health services"),
    ("voluntary", "Voluntary or charitable organisation"), ("anonymous", "Anonymous"),
]  # fmt: skip


def add_sources(apps, schema_editor):
    """Add them."""
    model = apps.get_model("offenders", "InformationSource")
    model.objects.bulk_create(model(code=code, name=name, period=DateRange(SINCE, None)) for code, name in SOURCES)


def remove_sources(apps, schema_editor):
    """Take them away again."""
    apps.get_model("offenders", "InformationSource").objects.filter(code__in=[code for code, _ in SOURCES]).delete()


class Migration(migrations.Migration):
    dependencies = [("offenders", "0014_merging")]

    operations = [migrations.RunPython(add_sources, remove_sources)]
