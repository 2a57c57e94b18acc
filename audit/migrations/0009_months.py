"""The log stands in parts, one for each month; the table that was there becomes the first of them as it is."""

from django.db import migrations

from audit.migrations import _months_sql as sql


class Migration(migrations.Migration):
    atomic = False  # the trail is large: what takes long holds up none of its writers; the last step but one is a moment

    dependencies = [("audit", "0008_statistics")]

    operations = [
        migrations.RunSQL(sql.NUMBER_AND_MOMENT, sql.NO_NUMBER_AND_MOMENT),
        migrations.RunSQL(sql.END_OF_FIRST, migrations.RunSQL.noop),
        migrations.RunSQL(sql.LOOK_THROUGH_FIRST, migrations.RunSQL.noop),
        migrations.RunSQL(sql.BECOMES_FIRST, sql.ONE_TABLE),
        migrations.RunSQL(sql.MONTHS, sql.NO_MONTHS),
    ]
