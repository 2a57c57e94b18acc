"""A step without a transaction, which notes how long it would have waited."""
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("planted", "0002_column")]

    operations = [migrations.RunSQL("INSERT INTO planted_thing VALUES (current_setting('lock_timeout'))", migrations.RunSQL.noop)]
