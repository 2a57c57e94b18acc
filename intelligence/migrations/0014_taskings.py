"""Taskings with their records, reviews and places on briefing sheets; a report may be the result of one."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

REFERENCE = "CREATE SEQUENCE intelligence_tasking_reference AS bigint"
NO_REFERENCE = "DROP SEQUENCE intelligence_tasking_reference"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_api_clients'),
        ('actions', '0009_tasking_rules'),
        ('intelligence', '0013_reports'),
        ('offenders', '0015_more_sources'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tasking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(editable=False, max_length=16, unique=True)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('live', 'Live'), ('reviewed', 'Live, reviewed'), ('extended', 'Live, extended'), ('ended', 'Ended')], default='draft', max_length=10)),
                ('level', models.CharField(choices=[('national', 'National'), ('regional', 'Regional'), ('force', 'Force'), ('bcu', 'BCU'), ('neighbourhood', 'Neighbourhood')], max_length=15)),
                ('requirement', models.TextField(help_text='What is to be found out.')),
                ('reason', models.TextField(help_text='Why it is wanted.')),
                ('means', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('patrol', 'Patrol'), ('visit', 'Visit'), ('cctv', 'CCTV, as recorded'), ('anpr', 'ANPR'), ('open_source', 'Open source, looked at once'), ('cctv_directed', 'CCTV that follows a person'), ('online', 'Open source, watched again and again'), ('surveillance', 'Surveillance')], max_length=20), size=None)),
                ('authority', models.CharField(blank=True, help_text='Reference of the written authority for what needs one.', max_length=60)),
                ('authority_until', models.DateField(help_text='The last day on which the authority holds.', null=True)),
                ('handling', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(help_text='The last day on which it is live.')),
                ('ending', models.CharField(blank=True, choices=[('done', 'Done'), ('withdrawn', 'Withdrawn'), ('expired', 'Its last day has passed')], max_length=10)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('ended_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('ended_by', models.ForeignKey(help_text='Nobody: it expired.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(condition=models.Q(('state__in', ['live', 'reviewed', 'extended'])), fields=['ends_on'], name='tasking_to_expire'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'live', 'reviewed', 'extended', 'ended'])), name='tasking_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('officer__isnull', True), ('unit__isnull', False)), models.Q(('officer__isnull', False), ('unit__isnull', True)), _connector='OR'), name='tasking_to_a_person_or_unit'),
                    models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='tasking_ends_after_it_starts'),
                    models.CheckConstraint(condition=models.Q(models.Q(('requirement', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('handling', ''), _negated=True), ('means__len__gt', 0)), name='tasking_says_what_and_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('authority', ''), ('authority_until__isnull', True)), models.Q(models.Q(('authority', ''), _negated=True), ('authority_until__gte', models.F('ends_on'))), _connector='OR'), name='tasking_ends_with_its_authority'),
                    models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'ended'), _negated=True), ('end_reason', ''), ('ended_at__isnull', True), ('ended_by__isnull', True), ('ending', '')), models.Q(('ended_at__isnull', False), ('state', 'ended'), models.Q(('ending', ''), _negated=True), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='tasking_ended_wholly'),
                ],
            },
        ),
        migrations.AddField(
            model_name='informationreport',
            name='tasking',
            field=models.ForeignKey(help_text='Which it is a result of.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='intelligence.tasking'),
        ),
        migrations.CreateModel(
            name='TaskingReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('reviewed', 'It goes on as it is'), ('extended', 'It goes on for longer')], max_length=10)),
                ('reason', models.CharField(max_length=500)),
                ('ends_on', models.DateField(help_text='Its last day from then on.')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('raised_by', models.ForeignKey(help_text='Who raised the tasking: never the reviewer.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tasking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='intelligence.tasking')),
            ],
            options={
                'ordering': ('-pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='tasking_review_says_why'),
                    models.CheckConstraint(condition=models.Q(('by', models.F('raised_by')), _negated=True), name='tasking_review_not_by_the_raiser'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TaskingSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('shift', models.CharField(choices=[('early', 'Early'), ('late', 'Late'), ('night', 'Night')], max_length=10)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tasking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='intelligence.tasking')),
            ],
            options={
                'ordering': ('day', 'pk'),
                "indexes": [
                    models.Index(fields=['day', 'shift'], name='slot_by_shift'),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=('tasking', 'day', 'shift'), name='tasking_once_on_a_sheet'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TaskingReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='intelligence.taskingslot')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('slot', 'user'), name='tasking_read_once_by_a_person'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TaskingSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='offenders.nominal')),
                ('tasking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subjects', to='intelligence.tasking')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('tasking', 'nominal'), name='tasking_names_a_record_once'),
                ],
            },
        ),
        migrations.RunSQL(REFERENCE, NO_REFERENCE),
    ]
