from datetime import date

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange


SINCE = date(2000, 1, 1)
# code, name, how it can be asked, what it is told of a person, whether each round of checks asks it
SOURCES = [
    ("pnc", "Police National Computer", "http_json", ["name", "birth", "pnc", "cro"], True),
    ("pnd", "Police National Database", "http_json", ["name", "birth", "pnc"], True),
    ("local", "Local intelligence", "http_json", ["name", "birth"], True),
    ("prison", "Prison records", "http_json", ["name", "birth", "prison"], False),
    ("probation", "Probation records", "http_json", ["name", "birth"], False),
    ("border", "Border records", "http_json", ["name", "birth", "passport"], False),
    ("other", "Another system", "by_hand", [], False),
]


def add_sources(apps, schema_editor):
    """Add the first systems; which of them Vigil asks itself, the environment says."""
    source = apps.get_model("intelligence", "CheckSource")
    names = ("code", "name", "adapter", "needs", "is_routine")
    source.objects.bulk_create(source(period=DateRange(SINCE, None), **dict(zip(names, row, strict=True))) for row in SOURCES)


class Migration(migrations.Migration):
    dependencies = [("offenders", "0011_custody")]

    operations = [
        migrations.CreateModel(
            name='CheckSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('name', models.CharField(max_length=60)),
                ('adapter', models.CharField(choices=[('by_hand', 'Recorded by hand'), ('http_json', 'Asked by Vigil')], default='by_hand', max_length=10)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('name', 'name'), ('birth', 'date of birth'), ('pnc', 'PNC number'), ('cro', 'CRO number'), ('visor', 'national reference'), ('prison', 'prison number'), ('passport', 'passport number')], max_length=10), default=list, help_text='What it is told of a person, no more.', size=None)),
                ('is_routine', models.BooleanField(default=False, help_text='Asked in each round of checks.')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day on which it can be asked, up to and without the last.')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), ('period', '&&')], name='check_sources_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='check_source_starts'), models.CheckConstraint(condition=models.Q(('adapter__in', ['by_hand', 'http_json'])), name='check_source_adapter_known')],
            },
        ),
        migrations.CreateModel(
            name='SystemCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('adapter', models.CharField(choices=[('by_hand', 'Recorded by hand'), ('http_json', 'Asked by Vigil')], max_length=10, verbose_name='how')),
                ('state', models.CharField(choices=[('asked', 'Asked, no answer yet'), ('answered', 'Answered'), ('failed', 'Failed')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.CharField(blank=True, choices=[('no_trace', 'No trace'), ('trace', 'Trace'), ('possible', 'Possible match, to be confirmed')], max_length=10)),
                ('reference', models.CharField(blank=True, help_text='Under which the source keeps its answer.', max_length=60)),
                ('records_found', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('last_entry_on', models.DateField(blank=True, help_text='Day of the newest thing that the source knows.', null=True)),
                ('details', models.TextField(blank=True)),
                ('failure', models.CharField(blank=True, choices=[('timeout', 'It took too long to answer'), ('refused', 'It refused the question'), ('outage', 'It could not be reached'), ('bad_answer', 'Its answer could not be understood')], help_text='Why the last try gave no answer.', max_length=10)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('last_failure_at', models.DateTimeField(blank=True, null=True)),
                ('claimed_at', models.DateTimeField(blank=True, help_text='When a worker took the question up.', null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_why', models.CharField(blank=True, max_length=500)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='system_checks', to='offenders.nominal')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='intelligence.checksource')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
                'indexes': [models.Index(fields=['nominal', '-asked_at'], name='system_check_by_nominal'), models.Index(condition=models.Q(('adapter', 'http_json'), ('state', 'answered')), fields=['source', '-finished_at'], name='system_check_by_success'), models.Index(condition=models.Q(('last_failure_at__isnull', False)), fields=['source', '-last_failure_at'], name='system_check_by_failure'), models.Index(condition=models.Q(('state', 'asked')), fields=['asked_at'], name='system_check_unanswered')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('result', ''), ('state', 'asked')), models.Q(('finished_at__isnull', False), ('result__in', ['no_trace', 'trace', 'possible']), ('state', 'answered')), models.Q(('failure__in', ['timeout', 'refused', 'outage', 'bad_answer']), ('finished_at__isnull', False), ('result', ''), ('state', 'failed')), _connector='OR'), name='system_check_finished_wholly'), models.CheckConstraint(condition=models.Q(('finished_at__lt', models.F('asked_at')), _negated=True), name='system_check_ends_after'), models.CheckConstraint(condition=models.Q(models.Q(('adapter', 'by_hand'), _negated=True), ('state', 'answered'), _connector='OR'), name='system_check_by_hand_has_its_answer'), models.CheckConstraint(condition=models.Q(('records_found__gt', 0), ('result', 'no_trace'), _negated=True), name='system_check_no_trace_finds_none'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('state', 'asked'), _negated=True), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='system_check_withdrawn_wholly'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('nominal', 'source'), name='system_check_one_question_at_a_time')],
            },
        ),
        migrations.RunPython(add_sources, migrations.RunPython.noop),
    ]
