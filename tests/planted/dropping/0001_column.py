"""A column renamed that the version before reads."""
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunSQL("ALTER TABLE accounts_unit RENAME COLUMN name TO title")]
