"""More that a machine client may be let do."""
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_api_clients'),
    ]

    operations = [
        migrations.AlterField(
            model_name='apiclient',
            name='scopes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('travel-alerts', 'Send alerts about foreign travel'), ('shared-records', 'Read what was shared, and say what was done about it'), ('information-requests', 'Ask for information'), ('intelligence', 'Give intelligence'), ('events', 'Give news of release, recall, breach or address'), ('changes', 'Read agreements and what changed')], max_length=30), size=None),
        ),
    ]
