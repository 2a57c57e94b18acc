from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offenders", "0003_search"), ("actions", "0002_first_rules"), ("accounts", "0003_nations")]

    operations = []
