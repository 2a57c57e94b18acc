"""An index that is built beside the writers."""
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("planted", "0001_column")]

    operations = [migrations.RunSQL("CREATE INDEX CONCURRENTLY planted_index ON offenders_nominal (planted)")]
