"""What intelligence work goes by, as dated data."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intelligence', '0018_released_in_briefings'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day on which it holds, up to and without the last.')),
                ('source', models.CharField(help_text='Where it is written.', max_length=200)),
                ('contacts', models.PositiveSmallIntegerField()),
                ('days', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ('-period',),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('period', '&&')], name='contact_limits_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='contact_limit_starts'), models.CheckConstraint(condition=models.Q(('contacts__gte', 2), ('days__gte', 1)), name='contact_limit_counts')],
            },
        ),
        migrations.CreateModel(
            name='MeansRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day on which it holds, up to and without the last.')),
                ('source', models.CharField(help_text='Where it is written.', max_length=200)),
                ('means', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('patrol', 'Patrol'), ('visit', 'Visit'), ('cctv', 'CCTV, as recorded'), ('anpr', 'ANPR'), ('open_source', 'Open source, looked at once'), ('cctv_directed', 'CCTV that follows a person'), ('online', 'Open source, watched again and again'), ('surveillance', 'Surveillance')], max_length=20), size=None)),
            ],
            options={
                'ordering': ('-period',),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('period', '&&')], name='means_rules_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='means_rule_starts')],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day on which it holds, up to and without the last.')),
                ('source', models.CharField(help_text='Where it is written.', max_length=200)),
                ('question', models.CharField(max_length=20)),
                ('words', models.CharField(max_length=150)),
                ('doer', models.CharField(choices=[('author', 'Whoever wrote the report'), ('manager', 'The offender manager'), ('bureau', 'The bureau')], max_length=10)),
            ],
            options={
                'ordering': ('question', '-period'),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('question', '='), ('period', '&&')], name='suggestions_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='suggestion_starts'), models.CheckConstraint(condition=models.Q(('doer__in', ['author', 'manager', 'bureau']), ('question__in', ['harm', 'at_risk', 'trust', 'associations', 'substances', 'mental_state']), models.Q(('words', ''), _negated=True)), name='suggestion_whole')],
            },
        ),
    ]
