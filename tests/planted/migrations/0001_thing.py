"""A table of its own."""
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []

    operations = [migrations.RunSQL("CREATE TABLE planted_thing (waits text)", "DROP TABLE planted_thing")]
