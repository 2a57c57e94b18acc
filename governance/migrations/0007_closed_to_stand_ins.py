"""Row security looks into its own tables, whatever stands in front of them; an exclusion wins over whatever an owner may do."""

from django.db import migrations

from governance.migrations._closed_sql import EXCLUSION_FROM_READING, EXCLUSION_WINS, FIXED_PATH, FOR_EVERYBODY, NOT_FOR_EVERYBODY


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_job_counts")]

    operations = [
        migrations.RunSQL(FIXED_PATH, migrations.RunSQL.noop),
        migrations.RunSQL(NOT_FOR_EVERYBODY, FOR_EVERYBODY),
        migrations.RunSQL(EXCLUSION_WINS, EXCLUSION_FROM_READING),
    ]
