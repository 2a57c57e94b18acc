"""Two more findings of a crossing; and since when a source is set up."""
import django.db.models.functions.datetime
from django.db import migrations, models

FINDINGS = [
    ("consistent", "As notified"),
    ("not_notified", "Not notified"),
    ("no_journey_out", "Return without a known journey out"),
    ("late", "Notified late"),
    ("late_return", "Came back later than notified"),
    ("other_details", "Other country or dates than notified"),
    ("banned", "Against a prohibition of travel"),
    ("not_required", "No notification required"),
]


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0009_verdict_changes")]

    operations = [
        migrations.RemoveConstraint(model_name="travelrecord", name="travel_record_finding_known"),
        migrations.AddField(
            model_name="alertsource",
            name="added_at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AlterField(model_name="travelrecord", name="finding", field=models.CharField(choices=FINDINGS, max_length=15)),
        migrations.AddConstraint(
            model_name="travelrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("finding__in", [finding for finding, _ in FINDINGS])), name="travel_record_finding_known"
            ),
        ),
    ]
