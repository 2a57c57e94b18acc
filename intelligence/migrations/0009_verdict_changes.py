"""What changes of a flag is kept with the answer until the review is signed off."""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0008_alert_threshold")]

    operations = [
        migrations.AddField(
            "flagverdict",
            "changes",
            models.JSONField(default=dict, blank=True, help_text="The new values of a flag that changes, until the sign-off."),
        ),
    ]
