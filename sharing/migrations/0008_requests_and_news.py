"""What agencies ask and tell, and telling their systems of changes."""
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


REFERENCES = "CREATE SEQUENCE sharing_request_reference AS bigint; CREATE SEQUENCE sharing_news_reference AS bigint"
NO_REFERENCES = "DROP SEQUENCE sharing_news_reference; DROP SEQUENCE sharing_request_reference"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_partner_scopes'),
        ('intelligence', '0020_first_practice'),
        ('offenders', '0018_prison_and_public'),
        ('sharing', '0007_sending'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.RunSQL(REFERENCES, NO_REFERENCES),
        migrations.CreateModel(
            name='InformationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reference', models.CharField(editable=False, max_length=16, unique=True)),
                ('template', models.CharField(choices=[('general', 'Information about a person'), ('carers_check', 'Check of somebody who would care for a child')], max_length=20)),
                ('came_by', models.CharField(choices=[('api', "The agency's system"), ('browser', 'The agency, in the browser'), ('telephone', 'Telephone'), ('mail', 'Mail'), ('in_person', 'In person, or in a meeting')], max_length=10)),
                ('asked_for', models.CharField(blank=True, help_text='Who at the agency asks.', max_length=100)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('subject_name', models.CharField(max_length=200)),
                ('subject_birth', models.CharField(blank=True, max_length=40)),
                ('subject_address', models.CharField(blank=True, max_length=300)),
                ('purpose', models.CharField(choices=[('manage_risk', 'Managing the risk that a person poses'), ('protect_child', 'Protecting a child'), ('protect_adult', 'Protecting an adult at risk'), ('prevent_crime', 'Preventing or detecting crime'), ('release_or_recall', 'Release, licence and recall'), ('barring', 'Barring from work with children or adults at risk'), ('housing', 'Safe housing')], max_length=20)),
                ('power', models.CharField(help_text='On which the agency relies, in its words.', max_length=200)),
                ('data_classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('identity', 'Identity and appearance'), ('risk', 'Risk, MAPPA and warnings'), ('offending', 'Offending and how it is done'), ('conditions', 'Licence, orders and notification'), ('whereabouts', 'Addresses, work, vehicles, telephones, online names'), ('plan', 'Risk management plan'), ('associates', 'Associates and people at risk'), ('events', 'Visits, contacts and travel'), ('documents', 'Documents'), ('intelligence', 'Released intelligence'), ('sensitive', 'Sensitive material'), ('confidential', 'Confidential sections')], max_length=20), size=None)),
                ('details', models.TextField(help_text='What is wanted and why.')),
                ('relationship', models.CharField(blank=True, help_text='Of a carer to the child.', max_length=200)),
                ('care_from', models.DateField(blank=True, help_text='From when the child would be cared for.', null=True)),
                ('is_urgent', models.BooleanField(default=False)),
                ('urgent_reason', models.CharField(blank=True, max_length=300)),
                ('needed_by', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('received', 'Waits for a unit'), ('taken', 'Being looked at'), ('question', 'More was asked'), ('answered', 'Answered'), ('refused', 'Refused')], default='received', max_length=10)),
                ('has_nothing_to_share', models.BooleanField(default=False)),
                ('refusal', models.CharField(blank=True, choices=[('not_covered', 'The power that you rely on does not cover this.'), ('not_necessary', 'The purpose that you give does not need this information.'), ('not_agreed', 'The agreement between us does not cover this kind of information.'), ('unclear', 'We cannot tell whom you mean. Ask again with a full name, date of birth and address.'), ('another_force', 'This is for another police force to answer.'), ('another_way', 'This must be asked for in another way, such as through a court.')], max_length=20)),
                ('note', models.TextField(blank=True, help_text='Why it was answered so; the agency does not read it.')),
                ('answered_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(help_text='Whoever sent or wrote it down.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('nominal', models.ForeignKey(help_text='As the unit found.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='offenders.nominal')),
                ('release', models.ForeignKey(help_text='What was shared before.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.release')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(help_text="Nobody's yet: every unit sees it.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(fields=['agency', '-id'], name='request_by_agency'),
                    models.Index(condition=models.Q(('state__in', ['received', 'taken', 'question'])), fields=['force', '-id'], name='request_waiting'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('state__in', ['received', 'taken', 'question', 'answered', 'refused'])), name='request_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), models.Q(('state', 'answered'), _negated=True), models.Q(('state', 'refused'), _negated=True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('state', 'answered'), ('state', 'refused'), _connector='OR')), _connector='OR'), name='request_closed_wholly'),
                    models.CheckConstraint(condition=models.Q(('refusal', ''), ('state', 'refused'), _connector='XOR'), name='request_refused_with_its_code'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'received'), ('taken_by__isnull', True)), models.Q(models.Q(('state', 'received'), _negated=True), ('taken_by__isnull', False), ('unit__isnull', False)), _connector='OR'), name='request_taken_by_a_unit'),
                    models.CheckConstraint(condition=models.Q(models.Q(('subject_name', ''), _negated=True), models.Q(('power', ''), _negated=True), models.Q(('details', ''), _negated=True), ('data_classes__len__gt', 0)), name='request_says_what_and_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('template', 'carers_check'), _negated=True), models.Q(models.Q(('relationship', ''), _negated=True), ('care_from__isnull', False)), _connector='OR'), name='request_of_carers_check_whole'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PartnerNews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reference', models.CharField(editable=False, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('intelligence', 'Intelligence'), ('release', 'Release from prison'), ('recall', 'Recall to prison'), ('breach', 'Breach of a condition'), ('address', 'Change of address'), ('other', 'Something else')], max_length=12)),
                ('given_for', models.CharField(blank=True, help_text='Who at the agency gave it.', max_length=100)),
                ('given_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('happened_on', models.DateField()),
                ('subject_name', models.CharField(blank=True, max_length=200)),
                ('subject_birth', models.CharField(blank=True, max_length=40)),
                ('subject_number', models.CharField(blank=True, help_text='A number of the agency or of the police, as it was given.', max_length=40)),
                ('text', models.TextField()),
                ('how_known', models.CharField(blank=True, max_length=500)),
                ('needs_consent', models.BooleanField(default=False, help_text="It may not go on without the agency's consent.")),
                ('state', models.CharField(choices=[('received', 'New'), ('taken', 'Being looked at'), ('closed', 'Dealt with')], default='received', max_length=10)),
                ('outcome', models.TextField(blank=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(help_text='As the unit found.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='offenders.nominal')),
                ('release', models.ForeignKey(help_text='What was shared before.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.release')),
                ('report', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intelligence.informationreport')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['force', '-id'], name='news_waiting'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('state__in', ['received', 'taken', 'closed'])), name='news_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True), ('closed_by__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state', 'closed'), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='news_closed_wholly'),
                    models.CheckConstraint(condition=models.Q(models.Q(('subject_name', ''), _negated=True), ('release__isnull', False), _connector='OR'), name='news_says_of_whom'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='news_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RequestNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_question', models.BooleanField()),
                ('text', models.TextField()),
                ('on_behalf_of', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='sharing.informationrequest')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='request_note_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RequestRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.release')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='sharing.informationrequest')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('request', 'release'), name='request_answered_once_with_a_release'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=500)),
                ('kept_secret', models.TextField(help_text='Encrypted.')),
                ('reached', models.BigIntegerField(help_text='The last change for which deliveries were made.')),
                ('set_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('client', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='webhook', to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL)),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Waits to be sent'), ('delivered', 'Delivered'), ('given_up', 'Given up')], default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('answer', models.CharField(blank=True, help_text='What came back last, in a word.', max_length=60)),
                ('tried_at', models.DateTimeField(null=True)),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.agencychange')),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='sharing.webhook')),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at'], name='delivery_to_send'),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=('webhook', 'change'), name='webhook_told_once'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'delivered', 'given_up'])), name='delivery_state_known'),
                ],
            },
        ),
    ]
