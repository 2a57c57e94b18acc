"""Intelligence reports, who gave them, what was released, to whom they went; givers and their reviews guarded by the database."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from intelligence.migrations import _reports_sql as sql


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_api_clients'),
        ('actions', '0008_report_rules'),
        ('intelligence', '0012_duplicates'),
        ('offenders', '0015_more_sources'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InformationReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade_source', models.PositiveSmallIntegerField(choices=[(1, '1 Reliable'), (2, '2 Untested'), (3, '3 Not reliable')], null=True)),
                ('assessment', models.CharField(blank=True, choices=[('A', 'A Known directly'), ('B', 'B Known indirectly but corroborated'), ('C', 'C Known indirectly'), ('D', 'D Not known'), ('E', 'E Suspected to be false')], max_length=1)),
                ('handling', models.CharField(blank=True, choices=[('P', 'P Sharing permitted'), ('C', 'C Sharing permitted with conditions')], max_length=1)),
                ('conditions', models.CharField(blank=True, max_length=500)),
                ('older_grade', models.CharField(blank=True, help_text='A grade of the older 5×5×5 scheme, as it was given.', max_length=10)),
                ('reference', models.CharField(editable=False, max_length=16, unique=True)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waits for the bureau'), ('returned', 'More was asked'), ('evaluated', 'Evaluated'), ('released', 'Released'), ('rejected', 'No further action'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10)),
                ('seen_on', models.DateField(null=True)),
                ('seen_time', models.TimeField(null=True)),
                ('seen_where', models.CharField(blank=True, max_length=200)),
                ('prison', models.CharField(blank=True, max_length=100)),
                ('prison_officer', models.CharField(blank=True, help_text="The prison's officer who passed it on.", max_length=100)),
                ('prison_handling', models.CharField(blank=True, help_text='How the prison wants it handled.', max_length=200)),
                ('original', models.TextField(blank=True)),
                ('sanitised', models.TextField(blank=True)),
                ('accepted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='Suggestions that the author accepted.', size=None)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('submitted_at', models.DateTimeField(help_text='First sent; from then on the words stay and the author sees no giver.', null=True)),
                ('routed_at', models.DateTimeField(help_text='When the system brought it to whom it concerns.', null=True)),
                ('evaluated_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offenders.informationsource')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(condition=models.Q(('state__in', ['submitted', 'evaluated'])), fields=['force', 'submitted_at'], name='report_waiting'),
                    models.Index(fields=['author', '-id'], name='report_by_author'),
                    models.Index(condition=models.Q(('routed_at__isnull', True), ('submitted_at__isnull', False)), fields=['submitted_at'], name='report_to_route'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'evaluated', 'released', 'rejected', 'withdrawn'])), name='report_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'draft'), ('submitted_at__isnull', True)), models.Q(models.Q(('state', 'draft'), _negated=True), ('seen_on__isnull', False), ('source__isnull', False), ('submitted_at__isnull', False), models.Q(('original', ''), _negated=True)), _connector='OR'), name='report_sent_wholly'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['evaluated', 'released', 'withdrawn']), _negated=True), models.Q(('evaluated_by__isnull', False), ('grade_source__isnull', False), models.Q(('assessment', ''), _negated=True), models.Q(('handling', ''), _negated=True), models.Q(('sanitised', ''), _negated=True)), _connector='OR'), name='report_evaluated_wholly'),
                    models.CheckConstraint(condition=models.Q(models.Q(('handling', 'C'), _negated=True), models.Q(('conditions', ''), _negated=True), _connector='OR'), name='report_conditions_said'),
                    models.CheckConstraint(condition=models.Q(('evaluated_by__isnull', True), models.Q(('evaluated_by', models.F('author')), _negated=True), _connector='OR'), name='report_not_evaluated_by_its_author'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InformationRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade_source', models.PositiveSmallIntegerField(choices=[(1, '1 Reliable'), (2, '2 Untested'), (3, '3 Not reliable')], null=True)),
                ('assessment', models.CharField(blank=True, choices=[('A', 'A Known directly'), ('B', 'B Known indirectly but corroborated'), ('C', 'C Known indirectly'), ('D', 'D Not known'), ('E', 'E Suspected to be false')], max_length=1)),
                ('handling', models.CharField(blank=True, choices=[('P', 'P Sharing permitted'), ('C', 'C Sharing permitted with conditions')], max_length=1)),
                ('conditions', models.CharField(blank=True, max_length=500)),
                ('older_grade', models.CharField(blank=True, help_text='A grade of the older 5×5×5 scheme, as it was given.', max_length=10)),
                ('number', models.PositiveSmallIntegerField()),
                ('sanitised', models.TextField()),
                ('reason', models.CharField(blank=True, help_text='Why it was corrected; the first has none.', max_length=500)),
                ('released_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('evaluated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='intelligence.informationreport')),
            ],
            options={
                'ordering': ('-pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('report', 'number'), name='release_number_once'),
                    models.CheckConstraint(condition=models.Q(('evaluated_by__isnull', False), ('grade_source__isnull', False), models.Q(('assessment', ''), _negated=True), models.Q(('handling', ''), _negated=True), models.Q(('sanitised', ''), _negated=True)), name='release_graded_wholly'),
                    models.CheckConstraint(condition=models.Q(models.Q(('handling', 'C'), _negated=True), models.Q(('conditions', ''), _negated=True), _connector='OR'), name='release_conditions_said'),
                    models.CheckConstraint(condition=models.Q(models.Q(('handling', 'C'), _negated=True), models.Q(('released_by', models.F('evaluated_by')), _negated=True), _connector='OR'), name='release_with_conditions_by_two'),
                    models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='release_correction_says_why'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InformationGiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=150)),
                ('contact', models.CharField(blank=True, help_text='Telephone number or address.', max_length=150)),
                ('relationship', models.CharField(blank=True, help_text='To the people it is about.', max_length=200)),
                ('nature', models.TextField(blank=True)),
                ('how_obtained', models.TextField(blank=True)),
                ('circumstances', models.TextField(blank=True)),
                ('frequency', models.CharField(blank=True, choices=[('first', 'The first time, as far as I know'), ('sometimes', 'They have given information before'), ('often', 'Often')], max_length=10)),
                ('will_ask_more', models.BooleanField(help_text='The officer means to ask this person to find out more.', null=True)),
                ('uses_relationship', models.BooleanField(help_text='The person uses a relationship to learn it.', null=True)),
                ('more_reason', models.TextField(blank=True)),
                ('pseudonyms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, help_text='Keyed digests, to count contacts.', size=None)),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intelligence.informationreport')),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=['pseudonyms'], name='giver_by_pseudonym'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Dissemination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('conditions', models.CharField(blank=True, max_length=500)),
                ('expected', models.CharField(blank=True, help_text='What they are asked to do.', max_length=300)),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('read_at', models.DateTimeField(null=True)),
                ('did', models.TextField(blank=True)),
                ('did_at', models.DateTimeField(null=True)),
                ('did_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disseminations', to='intelligence.informationreport')),
            ],
            options={
                'ordering': ('-pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', True), ('user__isnull', False)), models.Q(('unit__isnull', False), ('user__isnull', True)), _connector='OR'), name='dissemination_to_a_person_or_unit'),
                    models.UniqueConstraint(fields=('report', 'user'), name='dissemination_once_to_a_person'),
                    models.UniqueConstraint(fields=('report', 'unit'), name='dissemination_once_to_a_unit'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReportNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('asked', 'More was asked'), ('added', 'The author added'), ('rejected', 'No further action'), ('reopened', 'To be corrected'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('text', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='intelligence.informationreport')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='report_note_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReportRoute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_named', models.BooleanField(help_text='False: words of the report match the person; nobody but readers of the record learns that.')),
                ('is_about', models.BooleanField(help_text='Whether it is about this person, as the manager says.', null=True)),
                ('did', models.TextField(blank=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='report_routes', to='offenders.nominal')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='routes', to='intelligence.informationreport')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('report', 'nominal'), name='report_reaches_a_record_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('did', ''), ('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('is_about__isnull', False), ('taken_at__isnull', False), ('taken_by__isnull', False), models.Q(('did', ''), _negated=True)), _connector='OR'), name='report_route_taken_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReportSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('called', models.CharField(blank=True, max_length=100)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('nominal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='offenders.nominal')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subjects', to='intelligence.informationreport')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('report', 'nominal'), name='report_names_a_record_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('called', ''), ('nominal__isnull', False), ('words', '')), models.Q(('nominal__isnull', True), models.Q(models.Q(('called', ''), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR')), _connector='OR'), name='report_subject_is_a_record_or_words'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SignificanceAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=20)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], max_length=10)),
                ('text', models.CharField(blank=True, max_length=500)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='intelligence.informationreport')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('report', 'question'), name='report_question_answered_once'),
                    models.CheckConstraint(condition=models.Q(('question__in', ['harm', 'at_risk', 'trust', 'associations', 'substances', 'mental_state'])), name='report_question_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SourceReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('pseudonyms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('repeated', 'Repeated contact'), ('tasked', 'Asked to find out more'), ('relationship', 'Uses a relationship to learn it')], max_length=20), size=None)),
                ('contacts', models.PositiveSmallIntegerField()),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('outcome', models.CharField(blank=True, choices=[('no_action', 'No action'), ('authorisation', 'Consider authorisation as a covert source'), ('stop', 'Stop the contact'), ('refer', 'Refer to another department')], max_length=20)),
                ('outcome_reason', models.TextField(blank=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('author', models.ForeignKey(help_text='Who wrote that report: never the reviewer.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('report', models.OneToOneField(help_text='The report that led to it.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intelligence.informationreport')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False), models.Q(('outcome', ''), _negated=True), models.Q(('outcome_reason', ''), _negated=True)), _connector='OR'), name='source_review_decided_wholly'),
                    models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('author')), _negated=True), _connector='OR'), name='source_review_not_by_the_author'),
                ],
            },
        ),
        migrations.RunSQL(sql.REFERENCE, sql.NO_REFERENCE),
        migrations.RunSQL(sql.STAYS, sql.STAYS_NOT),
        migrations.RunSQL(sql.SEALED, sql.NOT_SEALED),
        migrations.RunSQL(sql.REVIEWS, sql.NO_REVIEWS),
    ]
