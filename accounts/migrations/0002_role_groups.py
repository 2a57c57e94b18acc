"""One Django group for each role; a person's groups are their roles."""
from django.db import migrations

from accounts.choices import Role


def make_groups(apps, schema_editor):
    """Add the groups that are missing."""
    groups = apps.get_model("auth", "Group").objects
    for role in Role:
        groups.get_or_create(name=role.value)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False)]
