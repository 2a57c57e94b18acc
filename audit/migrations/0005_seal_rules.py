"""Seals are added by the role of the audit and never changed; content leaves the log in one way only."""

from django.db import migrations

from audit.migrations._seals_sql import DIGESTS, ERASING, NO_DIGESTS, NO_ERASING, NO_RIGHTS, RIGHTS


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_seals"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        migrations.RunSQL(DIGESTS, NO_DIGESTS),
        migrations.RunSQL(ERASING, NO_ERASING),
    ]
