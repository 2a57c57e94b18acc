"""Pairs of records that may be one person; the database notes whose identity changed for this comparison too."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


FUNCTION = """
CREATE OR REPLACE FUNCTION intelligence_note_changed_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO intelligence_changedidentity (nominal_id) SELECT DISTINCT nominal_id FROM written ORDER BY nominal_id
    ON CONFLICT DO NOTHING;
    {besides}RETURN NULL;
END $$
"""
NOTE = """INSERT INTO intelligence_duplicatecheck (nominal_id) SELECT DISTINCT nominal_id FROM written ORDER BY nominal_id
    ON CONFLICT DO NOTHING;
    """


class Migration(migrations.Migration):

    dependencies = [
        ('intelligence', '0011_no_flag_reasons'),
        ('offenders', '0014_merging'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DuplicateCheck',
            fields=[
                ('nominal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='offenders.nominal')),
            ],
        ),
        migrations.CreateModel(
            name='DuplicatePair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('open', 'To be looked at'), ('refused', 'Not the same person')], default='open', max_length=10)),
                ('reasons', models.JSONField(default=list, help_text='What speaks for it, in words; from names, births and numbers only.')),
                ('weight', models.FloatField(default=0, help_text='How many times likelier all that makes it, as a power of two.')),
                ('may_be_relatives', models.BooleanField(default=False)),
                ('found_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('note', models.CharField(blank=True, help_text='Why somebody proposed it by hand.', max_length=500)),
                ('refused_at', models.DateTimeField(null=True)),
                ('refuse_reason', models.CharField(blank=True, max_length=500)),
                ('refused_identity', models.CharField(blank=True, help_text='A digest of both identities as they were then.', max_length=64)),
                ('one', models.ForeignKey(help_text='The older record.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='offenders.nominal')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='offenders.nominal')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='duplicate_pair_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='duplicate_pair_older_first'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'refused'])), name='duplicate_pair_state_known'), models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('refused_at__isnull', False), ('refused_by__isnull', False), models.Q(('refuse_reason', ''), _negated=True), models.Q(('refused_identity', ''), _negated=True)), _connector='OR'), name='duplicate_pair_refused_wholly')],
            },
        ),
        migrations.RunSQL(FUNCTION.format(besides=NOTE), FUNCTION.format(besides="")),
    ]
