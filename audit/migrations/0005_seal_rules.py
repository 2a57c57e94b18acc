"""Seals are added by the role of the audit and never changed; content leaves the log in one way only."""

from django.db import migrations

from audit.migrations._seals_sql import BLANKING, DIGESTS, NO_BLANKING, NO_DIGESTS, NO_RIGHTS, NO_TAKING_OUT, RIGHTS, TAKING_OUT


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_seals"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        migrations.RunSQL(DIGESTS, NO_DIGESTS),
        migrations.RunSQL(BLANKING, NO_BLANKING),
        migrations.RunSQL(TAKING_OUT, NO_TAKING_OUT),
    ]
