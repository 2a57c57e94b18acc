"""Notifications that no mail tells of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0004_occurrences")]

    operations = [
        migrations.AddField(
            "notification", "is_mailed", models.BooleanField(default=True, db_default=True, help_text="False: shown in Vigil only.")
        ),
    ]
