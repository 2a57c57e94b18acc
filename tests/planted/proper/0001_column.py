"""A column that may be empty."""
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunSQL("ALTER TABLE offenders_nominal ADD COLUMN planted text")]
