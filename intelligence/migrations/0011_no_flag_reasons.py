"""Why no flag is right for a person becomes a row of its own, which counts until a day."""
import django.db.models.deletion
from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import migrations, models
from django.utils.timezone import localdate


def take_over(apps, schema_editor):
    """Take over what was said so far as the outcome of an action; it counts for the twelve months of the first rule."""
    actions, reason = apps.get_model("actions", "Action"), apps.get_model("intelligence", "NoFlagReason")
    said = actions.objects.filter(kind="flag-none", state="done", closed_by__isnull=False).exclude(outcome="A flag was set")
    reason.objects.bulk_create(
        reason(
            nominal_id=action.nominal, reason=action.outcome[:500], by_id=action.closed_by_id, at=action.closed_at,
            stands_until=localdate(action.closed_at) + relativedelta(months=12),
        )
        for action in said.iterator()
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0007_no_flag_rule"),
        ("intelligence", "0010_late_returns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoFlagReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "stands_until",
                    models.DateField(help_text="The last day on which it counts, by the force's rule; empty: without end.", null=True),
                ),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "nominal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="no_flag_reasons", to="offenders.nominal"
                    ),
                ),
            ],
            options={"ordering": ("-at", "-pk"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="no_flag_reason_says_why"),
                ],
            },
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
