"""Referrals for covert techniques, guarded by the database from the first keystroke."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# Its owner; once sent, the intelligence officers of the unit that it was sent to. An exclusion from the record wins.
ROW_SECURITY = """
ALTER TABLE intelligence_covertreferral ENABLE ROW LEVEL SECURITY;
ALTER TABLE intelligence_covertreferral FORCE ROW LEVEL SECURITY;
CREATE POLICY covert_read ON intelligence_covertreferral FOR SELECT USING (
    (
        owner_id = (SELECT vigil_user())
        OR (
            state <> 'draft' AND (SELECT vigil_has_role('intelligence'))
            AND unit_id = (SELECT unit_id FROM accounts_user WHERE id = (SELECT vigil_user()))
        )
    )
    AND nominal_id NOT IN (
        SELECT nominal_id FROM offenders_exclusion WHERE user_id = (SELECT vigil_user()) AND ended_at IS NULL
    )
);
CREATE POLICY covert_added_by_owner ON intelligence_covertreferral FOR INSERT WITH CHECK (owner_id = (SELECT vigil_user()));
CREATE POLICY covert_changed ON intelligence_covertreferral FOR UPDATE USING (
    owner_id = (SELECT vigil_user())
    OR (
        state <> 'draft' AND (SELECT vigil_has_role('intelligence'))
        AND unit_id = (SELECT unit_id FROM accounts_user WHERE id = (SELECT vigil_user()))
    )
);
"""
NO_ROW_SECURITY = """
DROP POLICY covert_changed ON intelligence_covertreferral;
DROP POLICY covert_added_by_owner ON intelligence_covertreferral;
DROP POLICY covert_read ON intelligence_covertreferral;
ALTER TABLE intelligence_covertreferral NO FORCE ROW LEVEL SECURITY;
ALTER TABLE intelligence_covertreferral DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intelligence", "0002_briefings"),
        ("accounts", "0003_nations"),
        ("offenders", "0010_confidential"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CovertReferral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("purpose", models.TextField(blank=True)),
                ("tried", models.TextField(blank=True)),
                ("others_affected", models.TextField(blank=True)),
                ("handling", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Sent, waits for an answer"),
                            ("more_asked", "More was asked"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("nominal", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="offenders.nominal")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted", "more_asked", "accepted", "declined", "closed"])),
                        name="covert_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "closed"]),
                            models.Q(("submitted_at__isnull", False), ("unit__isnull", False), models.Q(("purpose", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="covert_sent_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="covert_closed_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True), models.Q(("answered_by", models.F("owner")), _negated=True), _connector="OR"
                        ),
                        name="covert_not_answered_by_its_owner",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ROW_SECURITY, NO_ROW_SECURITY),
    ]
