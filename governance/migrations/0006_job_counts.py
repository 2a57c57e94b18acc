"""Of which kind a job's last error was, how often it ran, and since when that is counted."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):

    dependencies = [("governance", "0005_guarded_erasing")]

    operations = [
        migrations.AddField(
            "jobrun",
            "error",
            models.CharField(blank=True, db_default="", default="", help_text="The kind of error of the last run.", max_length=100),
        ),
        migrations.AddField(
            "jobrun", "since", models.DateTimeField(db_default=Now(), editable=False, help_text="When a run was first noted.")
        ),
        migrations.AddField(
            "jobrun", "runs", models.BigIntegerField(db_default=0, default=0, help_text="Since then, the last one included.")
        ),
        migrations.AddField("jobrun", "failures", models.BigIntegerField(db_default=0, default=0)),
    ]
