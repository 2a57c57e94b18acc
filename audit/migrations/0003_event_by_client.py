from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # the trail is large: build the index beside its writers

    dependencies = [
        ('audit', '0002_append_only'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(condition=models.Q(('subject_type', 'accounts.apiclient')), fields=['subject_id', '-id'], name='event_by_client'),
        ),
    ]
