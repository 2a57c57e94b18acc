"""The ledger of facts, written by triggers on the tables that figures count; closed years; serious further offences."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from disclosure.migrations._subject_access_sql import OPEN, opened
from governance.migrations._figures_sql import BACKWARD, FORWARD


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_partner_scopes"),
        ("actions", "0014_retention_rules"),
        ("governance", "0002_retention"),
        ("audit", "0005_seal_rules"),
        ("disclosure", "0010_corrections"),
        ("offenders", "0019_privileged_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("nominal", "Record"),
                            ("mappa", "MAPPA category and level"),
                            ("custody", "Custody"),
                            ("recall", "Recall"),
                            ("registration", "Notification period"),
                            ("review", "Review of an indefinite requirement"),
                            ("order", "Court order"),
                            ("breach", "Breach"),
                            ("breach_step", "Decision on a breach"),
                            ("charge", "Serious further offence charged"),
                            ("action", "Action"),
                        ],
                        max_length=20,
                    ),
                ),
                ("row", models.BigIntegerField(help_text="The key of the row in its own table.")),
                ("nominal", models.BigIntegerField(help_text="The key of the record; it stays when the record is disposed of.", null=True)),
                ("force", models.BigIntegerField(help_text="The force, where the row itself names one.", null=True)),
                ("recorded_at", models.DateTimeField()),
                ("began_at", models.DateTimeField()),
                ("is_removed", models.BooleanField(default=False)),
                ("values", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(fields=["source", "row", "id"], name="fact_versions_of_a_row"),
                    models.Index(fields=["nominal", "source"], name="fact_by_record"),
                    models.Index(condition=models.Q(("force__isnull", False)), fields=["force", "source"], name="fact_by_force"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "nominal",
                                    "mappa",
                                    "custody",
                                    "recall",
                                    "registration",
                                    "review",
                                    "order",
                                    "breach",
                                    "breach_step",
                                    "charge",
                                    "action",
                                ],
                            )
                        ),
                        name="fact_source_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosedYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(help_text="The year in which it begins, on 1 April.")),
                ("as_at", models.DateField()),
                ("known_at", models.DateTimeField(help_text="What was recorded later does not count in it.")),
                (
                    "tables",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Tables, rows, columns, and for each cell the keys that it counts.",
                    ),
                ),
                ("sha256", models.CharField(help_text="Of force, year, day, moment and tables.", max_length=64)),
                (
                    "closed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("force", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
            ],
            options={
                "ordering": ("-year",),
                "constraints": [models.UniqueConstraint(fields=("force", "year"), name="year_closed_once")],
            },
        ),
        migrations.CreateModel(
            name="FurtherCharge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("murder", "Murder or manslaughter"),
                            ("attempt", "Attempted murder, or conspiracy to murder"),
                            ("rape", "Rape or assault by penetration"),
                            ("child", "Serious sexual offence against a child"),
                            ("terrorism", "Terrorist offence"),
                            ("other", "Other offence that may be punished with 14 years or more"),
                        ],
                        max_length=20,
                    ),
                ),
                ("charged_on", models.DateField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdraw_reason", models.CharField(blank=True, max_length=500)),
                (
                    "nominal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="further_charges", to="offenders.nominal"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "serious further offence",
                "ordering": ("-charged_on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["murder", "attempt", "rape", "child", "terrorism", "other"])),
                        name="further_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdraw_reason", ""), ("withdrawn_on__isnull", True)),
                            models.Q(("withdrawn_on__gte", models.F("charged_on")), models.Q(("withdraw_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="further_withdrawn_wholly",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(opened((*OPEN, "governance.furthercharge")), opened(OPEN)),
    ]
