"""Seals that were undone, and everybody who had a part in deciding about a thing."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from disclosure.migrations._subject_access_sql import NO_UNDOING, NOT_READ_BY_OTHERS, PARTS, READ_BY_OTHERS, UNDOING


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0008_sealed_by_the_database"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="bundleitem",
            name="deciders",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                help_text="Keys of everybody who decided about a passage of it; none reads it second.",
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="UndoneSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("bundle", "A bundle of what is held"),
                            ("nothing", "Nothing is held"),
                            ("withheld", "Everything is withheld"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("reason", models.CharField(max_length=500)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="undone_seals", to="disclosure.subjectrequest"
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "undone_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("undone_by", models.F("sealed_by")), _negated=True), name="seal_undone_by_another"
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="seal_undone_with_a_reason"),
                ],
            },
        ),
        migrations.RunSQL(UNDOING, NO_UNDOING),
        migrations.RunSQL(PARTS, migrations.RunSQL.noop),
        migrations.RunSQL(READ_BY_OTHERS, NOT_READ_BY_OTHERS),
    ]
