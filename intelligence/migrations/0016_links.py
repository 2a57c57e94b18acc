"""People, places and things that reports tell of, links between them, records and reports, and where postcodes lie."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_api_clients'),
        ('intelligence', '0015_report_search'),
        ('offenders', '0016_silent_hits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('person', 'Person who is not on record'), ('place', 'Place'), ('vehicle', 'Vehicle'), ('phone', 'Telephone'), ('online', 'Online identity'), ('organisation', 'Organisation')], max_length=15)),
                ('name', models.CharField(max_length=150)),
                ('value', models.CharField(blank=True, help_text='The one form of a number, mark or online name.', max_length=150)),
                ('postcode', models.CharField(blank=True, max_length=8)),
                ('easting', models.IntegerField(help_text='Metres on the national grid.', null=True)),
                ('northing', models.IntegerField(null=True)),
                ('note', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='intelligence.entity')),
            ],
            options={
                'verbose_name_plural': 'entities',
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(fields=['force', 'kind', '-id'], name='entity_by_kind'),
                    models.Index(condition=models.Q(('easting__isnull', False)), fields=['easting', 'northing'], name='entity_by_position'),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(models.Q(('value', ''), _negated=True), ('merged_into__isnull', True)), fields=('force', 'kind', 'value'), name='entity_known_once'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['person', 'place', 'vehicle', 'phone', 'online', 'organisation'])), name='entity_kind_known'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='entity_has_a_name'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['online', 'phone', 'vehicle']), models.Q(('value', ''), _negated=True)), models.Q(models.Q(('kind__in', ['online', 'phone', 'vehicle']), _negated=True), ('value', '')), _connector='OR'), name='entity_value_where_it_has_one'),
                    models.CheckConstraint(condition=models.Q(('kind', 'place'), models.Q(('easting__isnull', True), ('northing__isnull', True), ('postcode', '')), _connector='OR'), name='entity_position_of_places'),
                    models.CheckConstraint(condition=models.Q(models.Q(('easting__isnull', True), ('northing__isnull', True)), models.Q(('easting__isnull', False), ('northing__isnull', False)), _connector='OR'), name='entity_position_whole'),
                    models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='entity_not_merged_into_itself'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade_source', models.PositiveSmallIntegerField(choices=[(1, '1 Reliable'), (2, '2 Untested'), (3, '3 Not reliable')], null=True)),
                ('assessment', models.CharField(blank=True, choices=[('A', 'A Known directly'), ('B', 'B Known indirectly but corroborated'), ('C', 'C Known indirectly'), ('D', 'D Not known'), ('E', 'E Suspected to be false')], max_length=1)),
                ('handling', models.CharField(blank=True, choices=[('P', 'P Sharing permitted'), ('C', 'C Sharing permitted with conditions')], max_length=1)),
                ('conditions', models.CharField(blank=True, max_length=500)),
                ('older_grade', models.CharField(blank=True, help_text='A grade of the older 5×5×5 scheme, as it was given.', max_length=10)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('tells_of', 'The report tells of it'), ('alike', 'Alike in wording or method'), ('associate', 'Associates'), ('family', 'Family'), ('contact', 'In contact'), ('uses', 'Uses or owns'), ('lives', 'Lives or stays there'), ('seen', 'Seen there'), ('belongs', 'Works there or belongs to it'), ('same', 'One and the same'), ('near', 'Near each other')], max_length=10)),
                ('state', models.CharField(choices=[('suggested', 'Suggested'), ('confirmed', 'Confirmed'), ('refused', 'Refused'), ('ended', 'No longer holds')], max_length=10)),
                ('basis', models.CharField(blank=True, help_text='What it rests on where no report tells of it.', max_length=200)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('is_shared', models.BooleanField(default=False, help_text='Readers of the case files concerned see it too, not the bureau alone.')),
                ('pair', models.CharField(help_text='Kind and ends, so that nothing is linked or suggested twice.', max_length=80, unique=True)),
                ('reasons', models.JSONField(default=list, help_text='Why the system suggests it: each the kind of reason and its words.')),
                ('refused_for', models.JSONField(default=list, help_text='The reasons for which it was refused: others bring it back.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_reason', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(help_text='Nobody: the system.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(help_text='The report that tells of it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='intelligence.informationreport')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(condition=models.Q(('state', 'suggested')), fields=['force', '-id'], name='link_suggested'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['tells_of', 'alike', 'associate', 'family', 'contact', 'uses', 'lives', 'seen', 'belongs', 'same', 'near'])), name='link_kind_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['suggested', 'confirmed', 'refused', 'ended'])), name='link_state_known'),
                    models.CheckConstraint(condition=models.Q(('state', 'suggested'), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='link_decided_wholly'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'ended']), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='link_refused_with_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('evidence__isnull', False), ('kind__in', ['tells_of'])), models.Q(('grade_source__isnull', False), models.Q(('assessment', ''), _negated=True), models.Q(('handling', ''), _negated=True), models.Q(('evidence__isnull', False), models.Q(('basis', ''), _negated=True), _connector='OR')), _connector='OR'), name='link_confirmed_with_source_and_grade'),
                    models.CheckConstraint(condition=models.Q(models.Q(('handling', 'C'), _negated=True), models.Q(('conditions', ''), _negated=True), _connector='OR'), name='link_conditions_said'),
                    models.CheckConstraint(condition=models.Q(('is_shared', False), ('state', 'confirmed'), _connector='OR'), name='link_shared_when_confirmed'),
                    models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='link_ends_after_it_begins'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LinkEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ends', to='intelligence.entity')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ends', to='intelligence.link')),
                ('nominal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offenders.nominal')),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intelligence.informationreport')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('entity__isnull', True), ('nominal__isnull', False), ('report__isnull', True)), models.Q(('entity__isnull', False), ('nominal__isnull', True), ('report__isnull', True)), models.Q(('entity__isnull', True), ('nominal__isnull', True), ('report__isnull', False)), _connector='OR'), name='link_end_is_one_thing'),
                    models.UniqueConstraint(fields=('link', 'nominal'), name='link_joins_two_records'),
                    models.UniqueConstraint(fields=('link', 'entity'), name='link_joins_two_entities'),
                    models.UniqueConstraint(fields=('link', 'report'), name='link_joins_two_reports'),
                ],
            },
        ),
        migrations.CreateModel(
            name='EntityMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undo_reason', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intelligence.entity')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='intelligence.entity')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('moved', models.ManyToManyField(help_text='The ends of links that moved.', related_name='merges', to='intelligence.linkend')),
            ],
            options={
                'ordering': ('-pk',),
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('merged',), name='entity_merged_once'),
                    models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='entity_merge_of_two'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='entity_merge_says_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('undo_reason', ''), ('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undo_reason', ''), _negated=True)), _connector='OR'), name='entity_merge_undone_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PostcodePoint',
            fields=[
                ('postcode', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('easting', models.IntegerField()),
                ('northing', models.IntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['easting', 'northing'], name='postcode_by_position')],
            },
        ),
    ]
