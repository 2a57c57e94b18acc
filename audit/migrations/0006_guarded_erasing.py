"""Content leaves the log for an open disposal only; digests of entries about no record have a key that nobody knows."""

from django.db import migrations

from audit.migrations._erasing_sql import BACKWARD, FORWARD


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_seal_rules")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
