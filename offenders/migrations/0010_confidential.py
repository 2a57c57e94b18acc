"""Confidential sections change, close and change hands; their fingerprints; sensitive material. What the tables themselves refuse."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from offenders.migrations import _confidential_sql as sql


class Migration(migrations.Migration):
    dependencies = [("offenders", "0009_meetings"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="SectionFingerprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="SectionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("victim", "Victim"),
                            ("third_party", "Third party"),
                            ("tactics", "Police tactics"),
                            ("covert", "Covert activity"),
                        ],
                        max_length=20,
                    ),
                ),
                ("body", models.TextField()),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("policing", "Preventing, detecting or prosecuting crime"),
                            ("safeguarding", "Protecting a child or an adult at risk"),
                            ("vital_interests", "Protecting somebody's life"),
                            ("justice", "The administration of justice or a duty in law"),
                            ("consent", "The person agreed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("lawful_basis", models.CharField(max_length=200)),
                ("originator", models.CharField(max_length=100)),
                ("handling", models.CharField(blank=True, max_length=200)),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="SensitiveItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("health", "Health or medical"),
                            ("mental_health", "Mental health"),
                            ("sex_life", "Sex life or orientation"),
                            ("origin_or_belief", "Ethnic origin, religion or belief"),
                            ("biometric", "Biometric or genetic"),
                            ("third_party", "Material of another agency or person, under their control"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("source", models.CharField(max_length=100)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("policing", "Preventing, detecting or prosecuting crime"),
                            ("safeguarding", "Protecting a child or an adult at risk"),
                            ("vital_interests", "Protecting somebody's life"),
                            ("justice", "The administration of justice or a duty in law"),
                            ("consent", "The person agreed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("originator", models.CharField(blank=True, max_length=100)),
                ("conditions", models.CharField(blank=True, max_length=300)),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not asked yet"),
                            ("asked", "Asked, no answer yet"),
                            ("given", "Given"),
                            ("refused", "Refused"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("review_on", models.DateField()),
                ("added_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("kind", "third_party"), ("originator", ""), _negated=True), name="sensitive_third_party_has_originator"
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_on__isnull", True), ("asked_on__isnull", True), ("consent", "not_asked")),
                    models.Q(("answered_on__isnull", True), ("asked_on__isnull", False), ("consent", "asked")),
                    models.Q(
                        ("answered_on__gte", models.F("asked_on")), ("asked_on__isnull", False), ("consent__in", ("given", "refused"))
                    ),
                    _connector="OR",
                ),
                name="sensitive_consent_has_its_dates",
            ),
                ],
            },
        ),
        migrations.AlterModelOptions(
            name="nominal",
            options={
                "ordering": ("-pk",),
                "permissions": (
                    ("view_card", "May read the operational card"),
                    ("view_case_file", "May read the case file"),
                    ("view_sensitive", "May read sensitive material"),
                ),
            },
        ),
        migrations.AddField(
            model_name="confidentialsection",
            name="basis",
            field=models.CharField(
                choices=[
                    ("policing", "Preventing, detecting or prosecuting crime"),
                    ("safeguarding", "Protecting a child or an adult at risk"),
                    ("vital_interests", "Protecting somebody's life"),
                    ("justice", "The administration of justice or a duty in law"),
                    ("consent", "The person agreed"),
                ],
                default="policing",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="confidentialsection",
            name="close_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="confidentialsection",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="confidentialsection",
            name="closed_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="confidentialsection",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="confidentialsection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), models.Q(("close_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="section_closed_wholly",
            ),
        ),
        migrations.AddField(
            model_name="sectionfingerprint",
            name="nominal",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="offenders.nominal"),
        ),
        migrations.AddField(
            model_name="sectionfingerprint",
            name="section",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="offenders.confidentialsection"),
        ),
        migrations.AddField(
            model_name="sectionversion",
            name="changed_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="sectionversion",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="offenders.confidentialsection"
            ),
        ),
        migrations.AddField(
            model_name="sensitiveitem",
            name="added_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="sensitiveitem",
            name="ended_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="sensitiveitem",
            name="nominal",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sensitive_items", to="offenders.nominal"),
        ),
        migrations.AddConstraint(
            model_name="sectionfingerprint",
            constraint=models.UniqueConstraint(fields=("nominal", "digest", "section"), name="section_fingerprint_once"),
        ),
        migrations.AddConstraint(
            model_name="sectionversion",
            constraint=models.UniqueConstraint(fields=("section", "number"), name="section_version_once"),
        ),
        migrations.AddIndex(
            model_name="sensitiveitem",
            index=models.Index(fields=["nominal", "-id"], name="sensitive_by_nominal"),
        ),
        migrations.AddConstraint(
            model_name="sensitiveitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_by__isnull", True), ("ended_on__isnull", True)),
                    models.Q(("ended_by__isnull", False), ("ended_on__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="sensitive_ended_wholly",
            ),
        ),
        migrations.RunSQL(sql.SECTIONS, sql.NO_SECTIONS),
        migrations.RunSQL(sql.FUNCTIONS, sql.NO_FUNCTIONS),
        migrations.RunSQL(sql.SENSITIVE, sql.NO_SENSITIVE),
    ]
