from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offenders", "0008_risk")]

    operations = []
