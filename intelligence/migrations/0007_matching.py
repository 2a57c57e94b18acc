"""From which likelihood on a border alert files itself, with the first thresholds: measured on invented pairs."""

from datetime import date

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

# What `manage.py calibrate_matching --size 60000 --seed 1` gave for the synthetic force of 30,000 people.
FIRST = {
    "upper": 0.994964,
    "lower": 0.134427,
    "least": 0.01,
    "gap": 6.0,
    "slope": 0.5945,
    "intercept": -2.6494,
    "index_version": 1,
    "precision": 1.0,
    "precision_at_least": 0.99929,
    "recall": 0.708,
    "pairs": 60_000,
    "source": "synthetic labelled pairs; to be confirmed by the force",
    "is_confirmed": False,
}


def add_first(apps, schema_editor):
    """Matching works from the first day."""
    apps.get_model("intelligence", "MatchingThreshold").objects.create(period=DateRange(date(2026, 1, 1), None), **FIRST)


class Migration(migrations.Migration):
    dependencies = [
        ("intelligence", "0006_changed_identities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MatchingThreshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("upper", models.FloatField(help_text="An alert at least so likely files itself, unless another rule forbids it.")),
                ("lower", models.FloatField(help_text="Below it a candidate is unlikely; a person looks all the same.")),
                ("least", models.FloatField(help_text="Anybody less likely is no candidate, unless the passport is theirs.")),
                ("gap", models.FloatField(help_text="How many times likelier than the next the first must be, as a power of two.")),
                ("slope", models.FloatField(help_text="With the intercept: how the sum of weights becomes a probability.")),
                ("intercept", models.FloatField()),
                (
                    "index_version",
                    models.PositiveSmallIntegerField(help_text="The comparison it was measured with; with another nothing files itself."),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="First day on which it holds, up to and without the last."
                    ),
                ),
                ("precision", models.FloatField(help_text="Share of the alerts that filed themselves which were filed rightly.")),
                ("precision_at_least", models.FloatField(help_text="Lower bound of that share, at 95 % confidence.")),
                ("recall", models.FloatField(help_text="Share of the alerts about a nominal that filed themselves rightly.")),
                ("pairs", models.PositiveIntegerField(help_text="Labelled alerts that it was measured on.")),
                ("source", models.CharField(max_length=200)),
                ("is_confirmed", models.BooleanField(default=False, help_text="False: to be confirmed by the force.")),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("period",),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("period", "&&")], name="matching_thresholds_do_not_overlap"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                        name="matching_threshold_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gap__gte", 0),
                            ("least__gte", 0),
                            ("least__lte", models.F("lower")),
                            ("lower__lte", models.F("upper")),
                            ("slope__gt", 0),
                            ("upper__lte", 1),
                        ),
                        name="matching_thresholds_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("precision__gte", models.F("precision_at_least")),
                            ("precision__lte", 1),
                            ("precision_at_least__gte", 0),
                            ("recall__gte", 0),
                            ("recall__lte", 1),
                        ),
                        name="matching_threshold_measures_are_shares",
                    ),
                    models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="matching_threshold_has_source"),
                ],
            },
        ),
        migrations.RunPython(add_first, migrations.RunPython.noop),
    ]
