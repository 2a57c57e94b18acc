"""A column more, in a transaction; it notes how long it would have waited."""
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("planted", "0001_thing")]

    operations = [
        migrations.RunSQL("ALTER TABLE planted_thing ADD COLUMN colour text", "ALTER TABLE planted_thing DROP COLUMN colour"),
        migrations.RunSQL("INSERT INTO planted_thing VALUES (current_setting('lock_timeout'))", migrations.RunSQL.noop),
    ]
