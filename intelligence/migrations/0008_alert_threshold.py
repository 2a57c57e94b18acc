"""Each compared report keeps by which thresholds it was judged."""
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0007_matching")]

    operations = [
        migrations.AddField(
            model_name="travelalert",
            name="threshold",
            field=models.ForeignKey(
                null=True, blank=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intelligence.matchingthreshold"
            ),
        ),
    ]
