"""Versions of rules that count for running clocks; indexes for what was done lately and for mails."""
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("actions", "0002_first_rules")]

    operations = [
        migrations.AddField(
            "clockrule",
            "counts_for_running",
            models.BooleanField(default=False, help_text="From its first day it counts for clocks that run already, too."),
        ),
        migrations.AddIndex(
            "action", models.Index(fields=["-closed_at"], condition=~Q(state="open"), name="action_closed_by_time")
        ),
        migrations.RemoveIndex("notification", "notification_unmailed"),
        migrations.AddIndex(
            "notification",
            models.Index(fields=["recipient"], condition=Q(mailed_at__isnull=True, read_at__isnull=True), name="notification_to_mail"),
        ),
        migrations.AlterField(
            "action",
            "late_from",
            models.DateTimeField(null=True, help_text="The first moment at which it is late; empty: stands still or has no end."),
        ),
        migrations.AlterField(
            "action",
            "rule_code",
            models.SlugField(max_length=50, blank=True, help_text="The rule that reckoned its time; empty: a date was given."),
        ),
        migrations.AddIndex("notification", models.Index(fields=["recipient", "-mailed_at"], name="notification_last_mail")),
    ]
