"""A column, in a transaction that goes on for eight seconds."""
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunSQL("ALTER TABLE offenders_nominal ADD COLUMN planted text; SELECT pg_sleep(8)")]
