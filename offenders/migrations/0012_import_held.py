"""An import says what it leaves out, and what it begins on the day of storing for want of a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offenders", "0011_custody")]

    operations = [
        migrations.AddField(
            model_name="import",
            name="held",
            field=models.JSONField(db_default=[], default=list, help_text="What is left out of records that are stored: line, column, reason."),
        ),
        migrations.AddField(
            model_name="import",
            name="held_count",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="import",
            name="undated_mappa_count",
            field=models.PositiveIntegerField(db_default=0, default=0, help_text="Records whose new standing has no first day."),
        ),
        migrations.AddField(
            model_name="import",
            name="undated_risk_count",
            field=models.PositiveIntegerField(db_default=0, default=0, help_text="Records whose new risk has no first day."),
        ),
    ]
