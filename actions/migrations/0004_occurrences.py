"""What happened, to be matched with flags; the clock rules of flags."""

from datetime import date

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

PRACTICE = "Practice of MOSOVO units; to be confirmed by the force"
SINCE = date(2000, 1, 1)
# code, name, quantity, unit, warn days, late days at which it goes up
RULES = [
    ("flag-review", "Review of flags that are due", 10, "working_days", 3, [0, 5]),
    ("flag-none", "Flags for a registered person who has none", 5, "working_days", 1, [0, 5]),
    ("flag-event", "Looking into an event that a flag handed over", 1, "working_days", 0, [0, 1]),
    ("flag-agency", "Telling an agency of an event, by a flag", 1, "working_days", 0, [0, 1]),
    ("flag-canary", "Test of a route of flags: latest arrival", 1, "hours", 0, [0]),
    ("flag-dead-route", "Repairing a route of flags that does not arrive", 1, "working_days", 0, [0, 1]),
]


def add_rules(apps, schema_editor):
    """Add the first version of each rule."""
    rule = apps.get_model("actions", "ClockRule")
    names = ("code", "name", "quantity", "unit", "warn_days", "escalate_days")
    rule.objects.bulk_create(
        rule(period=DateRange(SINCE, None), source=PRACTICE, is_confirmed=False, **dict(zip(names, row, strict=True))) for row in RULES
    )


def remove_rules(apps, schema_editor):
    """Take the rules away again."""
    apps.get_model("actions", "ClockRule").objects.filter(code__in=[row[0] for row in RULES]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0003_running_clocks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Occurrence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(choices=[('stop-check', 'Stop check'), ('came-to-notice', 'Came to notice'), ('custody', 'Custody or hospital'), ('recall', 'Recall'), ('release', 'Release'), ('address-change', 'Change of address'), ('travel-notified', 'Foreign travel notified'), ('travel-alert', 'Foreign travel reported'), ('travel-breach', 'Foreign travel against the rules'), ('missed-visit', 'Visit without contact'), ('order-expiring', 'An order ends soon'), ('breach', 'Breach'), ('intelligence-linked', 'Intelligence linked'), ('level-change', 'Change of risk or MAPPA level'), ('duty-missed', 'Duty missed'), ('check-hit', 'System check with a trace')])),
                ('nominal', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('subject_type', models.CharField(blank=True, max_length=50)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('route', models.CharField(blank=True, max_length=80)),
                ('key', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('is_canary', models.BooleanField(default=False)),
                ('noted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('matched_at', models.DateTimeField(null=True)),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                'indexes': [models.Index(condition=models.Q(('matched_at__isnull', True)), fields=['id'], name='occurrence_to_match'), models.Index(fields=['nominal', '-at'], name='occurrence_by_nominal')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['stop-check', 'came-to-notice', 'custody', 'recall', 'release', 'address-change', 'travel-notified', 'travel-alert', 'travel-breach', 'missed-visit', 'order-expiring', 'breach', 'intelligence-linked', 'level-change', 'duty-missed', 'check-hit'])), name='occurrence_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('is_canary', True), ('nominal__isnull', True)), models.Q(('is_canary', False), ('nominal__isnull', False)), _connector='OR'), name='occurrence_about_a_record_or_a_canary')],
            },
        ),
        migrations.RunPython(add_rules, remove_rules),
    ]
