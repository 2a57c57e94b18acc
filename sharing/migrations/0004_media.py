"""The media: enquiries and what hangs on them. A general enquiry cannot hold a record: the link repeats the kind, and both must agree."""
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

REFERENCES, NO_REFERENCES = "CREATE SEQUENCE sharing_enquiry_reference AS bigint", "DROP SEQUENCE sharing_enquiry_reference"
ONE_KIND = """
ALTER TABLE sharing_enquiryrecord ADD CONSTRAINT media_record_of_the_enquirys_kind
    FOREIGN KEY (enquiry_id, kind) REFERENCES sharing_mediaenquiry (id, kind)
"""
ANY_KIND = "ALTER TABLE sharing_enquiryrecord DROP CONSTRAINT media_record_of_the_enquirys_kind"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_api_clients'),
        ('offenders', '0018_prison_and_public'),
        ('sharing', '0003_telling'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(REFERENCES, NO_REFERENCES),
        migrations.CreateModel(
            name='MediaEnquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reference', models.CharField(editable=False, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('general', 'General: how people are managed. It names nobody'), ('specific', 'Specific: about a person')], max_length=10)),
                ('outlet', models.CharField(max_length=100)),
                ('journalist', models.CharField(blank=True, max_length=100)),
                ('received_by', models.CharField(choices=[('phone', 'By telephone'), ('email', 'By e-mail'), ('in_person', 'In person'), ('social_media', 'Social media')], max_length=15)),
                ('received_at', models.DateTimeField()),
                ('question', models.TextField()),
                ('wanted_on', models.DateField(blank=True, help_text='By when the journalist wants an answer.', null=True)),
                ('taken_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('unit_says', models.TextField(blank=True, help_text='What the unit lets the press office know.')),
                ('is_record_told', models.BooleanField(default=False, help_text='The unit lets the press office know that there is a record.')),
                ('unit_said_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(choices=[('open', 'Open'), ('answered', 'Answered'), ('refused', 'Refused to respond')], default='open', max_length=10)),
                ('outcome_words', models.TextField(blank=True, help_text='What was answered, or why nothing was.')),
                ('closed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(help_text='The unit that is asked.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('unit_said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'media enquiry',
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(fields=['force', '-id'], name='media_enquiry_by_force'),
                    models.Index(fields=['unit', '-id'], name='media_enquiry_by_unit'),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=('id', 'kind'), name='media_enquiry_with_kind'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['general', 'specific']), ('outcome__in', ['open', 'answered', 'refused'])), name='media_enquiry_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'general'), _negated=True), ('is_record_told', False), _connector='OR'), name='media_general_tells_of_nobody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('is_record_told', False), ('unit_said_at__isnull', True), ('unit_said_by__isnull', True), ('unit_says', '')), models.Q(models.Q(('unit_says', ''), _negated=True), ('unit_said_at__isnull', False), ('unit_said_by__isnull', False)), _connector='OR'), name='media_unit_said_wholly'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('outcome', 'open'), ('outcome_words', '')), models.Q(models.Q(('outcome', 'open'), _negated=True), models.Q(('outcome_words', ''), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='media_enquiry_closed_with_words'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MediaConsultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_required', models.BooleanField(help_text='The unit says that nothing is said before it has answered.')),
                ('asked_on', models.DateField(null=True)),
                ('answered_on', models.DateField(null=True)),
                ('said', models.TextField(blank=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consultations', to='sharing.mediaenquiry')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('enquiry', 'agency'), name='media_agency_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('said', '')), models.Q(('answered_on__gte', models.F('asked_on')), ('answered_on__isnull', False), ('asked_on__isnull', False), models.Q(('said', ''), _negated=True)), _connector='OR'), name='media_agency_answered_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='EnquiryRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(default='specific', editable=False, help_text='The kind of the enquiry, for the database.', max_length=10)),
                ('linked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('linked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='media_enquiries', to='offenders.nominal')),
                ('enquiry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='record', to='sharing.mediaenquiry')),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('kind', 'specific')), name='media_record_of_a_specific_enquiry'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MediaLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day on which it holds, up to and without the last.')),
                ('source', models.CharField(help_text='Where it is written.', max_length=200)),
                ('code', models.SlugField(max_length=30)),
                ('words', models.CharField(max_length=300)),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), ('period', '&&')], name='media_lines_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='media_line_starts'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='media_line_says_something')],
            },
        ),
        migrations.CreateModel(
            name='MediaStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('identifies', models.BooleanField(help_text='It names a person, or lets one be found out.')),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('issued_at', models.DateTimeField(null=True)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.sharingdecision')),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='sharing.mediaenquiry')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-number',),
                "constraints": [
                    models.UniqueConstraint(fields=('enquiry', 'number'), name='media_statement_numbered_once'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='media_statement_says_something'),
                    models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', True), ('agreed_by__isnull', True)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), _connector='OR'), name='media_statement_agreed_wholly'),
                    models.CheckConstraint(condition=models.Q(('agreed_by', models.F('written_by')), _negated=True), name='media_statement_agreed_by_another'),
                    models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('issued_by__isnull', True)), models.Q(('agreed_at__isnull', False), ('issued_at__isnull', False), ('issued_by__isnull', False)), _connector='OR'), name='media_statement_issued_once_agreed'),
                    models.CheckConstraint(condition=models.Q(('issued_at__isnull', True), ('identifies', False), ('decision__isnull', False), _connector='OR'), name='media_identifies_by_a_decision'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MediaStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('lines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, help_text='Codes of messages for the media.', size=None)),
                ('own_lines', models.TextField(blank=True)),
                ('written_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='strategy', to='sharing.mediaenquiry')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='media_strategy_says_something'),
                    models.CheckConstraint(condition=models.Q(models.Q(('lines', []), _negated=True), models.Q(('own_lines', ''), _negated=True), _connector='OR'), name='media_strategy_has_lines'),
                    models.CheckConstraint(condition=models.Q(models.Q(('agreed_at__isnull', True), ('agreed_by__isnull', True)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), _connector='OR'), name='media_strategy_agreed_wholly'),
                    models.CheckConstraint(condition=models.Q(('agreed_by', models.F('written_by')), _negated=True), name='media_strategy_agreed_by_another'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProactiveRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('risk_assessment', models.TextField(help_text='Of the release itself: for the person, for others, for the work.')),
                ('took_part_on', models.DateField()),
                ('outlets', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('conference', 'News conference'), ('statement', 'Statement'), ('interviews', 'Interviews'), ('appeal', 'Appeal with a picture')], max_length=15), size=None)),
                ('plan', models.TextField(help_text='Who says what, when and where, and who answers afterwards.')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='proactive', to='sharing.sharingdecision')),
                ('press_officer', models.ForeignKey(help_text='Who took part in assessing the risk.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('risk_assessment', ''), _negated=True), models.Q(('plan', ''), _negated=True), ('outlets__len__gt', 0)), name='proactive_release_thought_through'),
                ],
            },
        ),
        migrations.RunSQL(ONE_KIND, ANY_KIND),
    ]
