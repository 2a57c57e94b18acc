from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offenders", "0005_case_file")]

    operations = []
