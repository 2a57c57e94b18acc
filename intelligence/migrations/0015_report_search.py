"""The words of intelligence reports, kept by the database as the search compares them; searches, kept ones and what they found."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from intelligence.migrations import _report_search_sql as sql


class Migration(migrations.Migration):

    dependencies = [
        ('intelligence', '0014_taskings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReleaseIndex',
            fields=[
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='index', serialize=False, to='intelligence.informationrelease')),
                ('document', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['document'], name='release_by_words')],
            },
        ),
        migrations.CreateModel(
            name='ReportIndex',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='index', serialize=False, to='intelligence.informationreport')),
                ('document', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['document'], name='report_by_words')],
            },
        ),
        migrations.CreateModel(
            name='ReportSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.CharField(max_length=200)),
                ('state', models.CharField(blank=True, choices=[('draft', 'Draft'), ('submitted', 'Waits for the bureau'), ('returned', 'More was asked'), ('evaluated', 'Evaluated'), ('released', 'Released'), ('rejected', 'No further action'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('grade_source', models.PositiveSmallIntegerField(choices=[(1, '1 Reliable'), (2, '2 Untested'), (3, '3 Not reliable')], null=True)),
                ('assessment', models.CharField(blank=True, choices=[('A', 'A Known directly'), ('B', 'B Known indirectly but corroborated'), ('C', 'C Known indirectly'), ('D', 'D Not known'), ('E', 'E Suspected to be false')], max_length=1)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(help_text='The last day.', null=True)),
                ('name', models.CharField(blank=True, help_text='Empty: it is not kept.', max_length=60)),
                ('tells', models.BooleanField(default=False, help_text='Whether its owner is told of new results.')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ReportSearchHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(help_text='Empty: it was there before its owner wanted to be told.', null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intelligence.informationreport')),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='intelligence.reportsearch')),
            ],
        ),
        migrations.AddIndex(
            model_name='reportsearch',
            index=models.Index(fields=['opened_at'], name='report_search_by_age'),
        ),
        migrations.AddConstraint(
            model_name='reportsearch',
            constraint=models.CheckConstraint(condition=models.Q(('tells', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='report_search_that_tells_is_kept'),
        ),
        migrations.AddConstraint(
            model_name='reportsearch',
            constraint=models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('user', 'name'), name='report_search_name_once'),
        ),
        migrations.AddIndex(
            model_name='reportsearchhit',
            index=models.Index(condition=models.Q(('seen_at__isnull', True), ('told_at__isnull', False)), fields=['search'], name='report_search_hit_unseen'),
        ),
        migrations.AddConstraint(
            model_name='reportsearchhit',
            constraint=models.UniqueConstraint(fields=('search', 'report'), name='report_search_hit_once'),
        ),
        migrations.RunSQL(sql.MARKS, sql.NO_MARKS),
        migrations.RunSQL(sql.REPORTS, sql.NO_REPORTS),
        migrations.RunSQL(sql.RELEASES, sql.NO_RELEASES),
    ]
