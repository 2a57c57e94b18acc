"""Every row changed, in a transaction that goes on for eight seconds."""
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunSQL("UPDATE accounts_unit SET name = name; SELECT pg_sleep(8)")]
