from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # the trail is large: build the index beside its writers

    # Tables of oauth2_provider early: its last changes touch every model that is known by then.
    dependencies = [('audit', '0002_append_only'), ("oauth2_provider", "0022_refreshtoken_token_family_index")]

    operations = [
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(condition=models.Q(('subject_type', 'accounts.apiclient')), fields=['subject_id', '-id'], name='event_by_client'),
        ),
    ]
