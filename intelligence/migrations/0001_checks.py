from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offenders", "0011_custody")]

    operations = []
