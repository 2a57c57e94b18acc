from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offenders", "0006_documents")]

    operations = []
