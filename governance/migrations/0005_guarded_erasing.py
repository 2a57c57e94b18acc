"""The log forgets for an open disposal only; rules of the database look into its own tables, whatever stands in front of them."""

from django.db import migrations

from governance.migrations._erasing_sql import FIXED_PATH, OF_ONE_RECORD, OF_SEVERAL_RECORDS, REFUSE, REQUIRE


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0006_guarded_erasing"),
        ("governance", "0004_health"),
        ("disclosure", "0010_corrections"),
        ("sharing", "0010_disclosure_schemes"),
        ("intelligence", "0020_first_practice"),
        ("offenders", "0019_privileged_papers"),
        ("actions", "0014_retention_rules"),
    ]

    operations = [
        migrations.RunSQL(REQUIRE, REFUSE),
        migrations.RunSQL(OF_ONE_RECORD, OF_SEVERAL_RECORDS),
        migrations.RunSQL(FIXED_PATH, migrations.RunSQL.noop),
    ]
