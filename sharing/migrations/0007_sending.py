"""Copies on paper, tellings, breaches of data and outcomes of what was shared."""
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0006_decision_reviews'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DataBreach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('found_at', models.DateTimeField()),
                ('what_happened', models.TextField()),
                ('who_has_it', models.TextField(help_text='Posts and bodies; never the name of somebody at risk.')),
                ('contained', models.TextField(help_text='What was done at once.')),
                ('outcome', models.TextField(blank=True, help_text='What data protection decided, and whom it told.')),
                ('lessons', models.TextField(blank=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_breaches', to='sharing.release')),
            ],
            options={
                'verbose_name': 'breach of data',
                'ordering': ('pk',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('release',), name='data_breach_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('what_happened', ''), _negated=True), models.Q(('who_has_it', ''), _negated=True), models.Q(('contained', ''), _negated=True)), name='data_breach_says_what_happened'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('outcome', ''), _negated=True), models.Q(('lessons', ''), _negated=True)), _connector='OR'), name='data_breach_closed_wholly')],
            },
        ),
        migrations.CreateModel(
            name='PaperCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('of', models.PositiveSmallIntegerField(help_text='How many there were when it was made.')),
                ('issued_to', models.CharField(max_length=100)),
                ('printed_at', models.DateTimeField()),
                ('sha256', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='sharing.release')),
            ],
            options={
                'verbose_name': 'copy on paper',
                'ordering': ('pk',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('release', 'number'), name='paper_copy_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', models.F('of'))), name='paper_copy_is_one_of_them'), models.CheckConstraint(condition=models.Q(('issued_to', ''), _negated=True), name='paper_copy_for_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('days', models.PositiveSmallIntegerField()),
                ('media', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=10)),
                ('disorder', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=10)),
                ('underground', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=10)),
                ('harm', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], max_length=10)),
                ('victim', models.CharField(choices=[('yes', 'It did harm'), ('no', 'It did no harm'), ('not_known', 'Not known')], max_length=10)),
                ('family', models.CharField(choices=[('yes', 'It did harm'), ('no', 'It did no harm'), ('not_known', 'Not known')], max_length=10)),
                ('text', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='sharing.release')),
            ],
            options={
                'verbose_name': 'outcome',
                'ordering': ('pk',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('release', 'days'), name='release_outcome_once_a_look'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='release_outcome_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('told_at', models.DateTimeField()),
                ('place', models.CharField(max_length=200)),
                ('told_to', models.CharField(help_text='The post; never the name of somebody at risk.', max_length=100)),
                ('identity_check', models.CharField(help_text='How it was made sure that this was the right person.', max_length=200)),
                ('said', models.TextField(blank=True, help_text='What they said.')),
                ('undertaking', models.TextField(help_text='What they promised about keeping it to themselves.')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='telling', to='sharing.release')),
            ],
            options={
                'verbose_name': 'telling',
                'ordering': ('pk',),
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('told_to', ''), _negated=True), models.Q(('identity_check', ''), _negated=True), models.Q(('undertaking', ''), _negated=True)), name='telling_recorded_wholly')],
            },
        ),
    ]
