"""Temporary passwords run out; those that wait for their first use have the usual time from now on."""
from datetime import timedelta

from django.conf import settings
from django.db import migrations, models
from django.utils.timezone import now


def let_run_out(apps, schema_editor):
    """Give what waits its time."""
    until = now() + timedelta(hours=settings.TEMPORARY_PASSWORD_HOURS)
    apps.get_model("accounts", "User").objects.filter(must_change_password=True).update(temporary_until=until)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_seeds_encrypted")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="temporary_until",
            field=models.DateTimeField(blank=True, help_text="When a temporary password runs out; empty: it is none.", null=True),
        ),
        migrations.RunPython(let_run_out, migrations.RunPython.noop),
    ]
