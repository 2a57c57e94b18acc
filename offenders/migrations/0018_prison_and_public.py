"""Of information from prisons the prison is asked, of that from the public the circumstances of whoever gave it."""
from django.db import migrations

ASKS = {"prison": "prison", "public": "giver"}


def ask(apps, schema_editor):
    """Say what is asked."""
    for code, asks in ASKS.items():
        apps.get_model("offenders", "InformationSource").objects.filter(code=code).update(asks=asks)


def ask_nothing(apps, schema_editor):
    """Take it away again."""
    apps.get_model("offenders", "InformationSource").objects.update(asks="")


class Migration(migrations.Migration):
    dependencies = [("offenders", "0017_what_sources_ask")]

    operations = [migrations.RunPython(ask, ask_nothing)]
