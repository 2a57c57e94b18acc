from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0002_briefings")]

    operations = []
