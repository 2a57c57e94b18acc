"""Seals of the log, keys of what entries say, what was taken out of them, and verifications."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_event_by_client"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SealMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bounds", models.JSONField()),
                ("holders", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="TrailKey",
            fields=[
                ("nominal", models.BigIntegerField(primary_key=True, serialize=False)),
                ("key", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("log", models.CharField(max_length=10)),
                ("row_id", models.BigIntegerField()),
                ("digest", models.BinaryField(null=True)),
                ("disposal", models.UUIDField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("log", "row_id"), name="entry_erased_once")],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("installation", models.UUIDField()),
                ("sealed_at", models.DateTimeField()),
                ("event_from", models.BigIntegerField()),
                ("event_to", models.BigIntegerField()),
                ("event_count", models.IntegerField()),
                ("entry_from", models.BigIntegerField()),
                ("entry_to", models.BigIntegerField()),
                ("entry_count", models.IntegerField()),
                ("erasure_from", models.BigIntegerField()),
                ("erasure_to", models.BigIntegerField()),
                ("erasure_count", models.IntegerField()),
                ("leaves", models.BinaryField(help_text="For each entry its number (8 bytes) and its hash (32 bytes).")),
                ("root", models.BinaryField()),
                ("previous", models.BinaryField(help_text="The hash of the seal before.")),
                ("hash", models.BinaryField()),
            ],
            options={
                "ordering": ("-number",),
                "indexes": [
                    models.Index(fields=["event_to"], name="seal_by_event"),
                    models.Index(fields=["entry_to"], name="seal_by_entry"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("since", models.DateField(help_text="Entries of seals before this day are not read; the chain of seals is.", null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for its turn"),
                            ("running", "Running"),
                            ("whole", "Whole"),
                            ("broken", "Not whole"),
                            ("stopped", "Stopped before its end"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), help_text="When its worker last said how far it is."
                    ),
                ),
                ("seals_done", models.BigIntegerField(default=0)),
                ("seals_total", models.BigIntegerField(default=0)),
                ("rows_done", models.BigIntegerField(default=0)),
                ("erased", models.BigIntegerField(default=0)),
                ("anchored_to", models.BigIntegerField(help_text="The last seal of which the anchor outside says the same.", null=True)),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("changed", "an entry was changed"),
                            ("removed", "an entry was removed"),
                            ("inserted", "an entry was put in after the sealing"),
                            ("reordered", "an entry stands in the place of another"),
                            ("ahead", "an entry has a number that was not given out yet"),
                            ("erased changed", "an entry whose content was erased holds content again"),
                            ("key lost", "the key by which entries of one record are checked is gone, and no disposal took it"),
                            ("seal changed", "the seal itself was changed"),
                            ("chain broken", "a seal does not follow the one before it"),
                            ("other installation", "a seal comes from another installation"),
                            ("cut off", "the anchor outside knows of a later seal: the end was cut off"),
                            ("anchor differs", "the anchor outside says something else of a seal"),
                            ("anchor unreadable", "the anchor outside is missing or cannot be read"),
                            ("unsealed", "entries older than a day are not sealed"),
                            ("unprotected", "the database no longer refuses changes of the log"),
                            ("unproved", "the path to the root of the seal does not hold"),
                        ],
                        max_length=20,
                    ),
                ),
                ("fault_seal", models.BigIntegerField(null=True)),
                ("fault_log", models.CharField(blank=True, max_length=10)),
                ("fault_row", models.BigIntegerField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "whole", "broken", "stopped"])),
                        name="audit_check_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "broken"), ("fault", ""), _connector="XOR"), name="audit_check_broken_says_how"
                    ),
                ],
            },
        ),
    ]
