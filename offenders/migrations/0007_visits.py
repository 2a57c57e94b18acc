import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offenders", "0006_documents"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='ReactiveManagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day, up to and without the day on which visits fall due again.')),
                ('review_on', models.DateField()),
                ('reason', models.TextField()),
                ('end_reason', models.TextField(blank=True)),
                ('authorised_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('authorised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reactive_periods', to='offenders.nominal')),
            ],
            options={
                'verbose_name': 'reactive management',
                'ordering': ('-pk',),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('nominal', '='), ('period', '&&')], name='reactive_periods_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__startswith__isnull', False)), name='reactive_period_starts'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reactive_period_has_reason'), models.CheckConstraint(condition=models.Q(('period__endswith__isnull', True), models.Q(('end_reason', ''), _negated=True), _connector='OR'), name='reactive_period_ends_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('done', 'Carried out'), ('no_reply', 'No reply'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('notice', models.CharField(choices=[('unannounced', 'Unannounced'), ('announced', 'Announced')], default='unannounced', max_length=12)),
                ('purpose', models.CharField(choices=[('routine', 'Routine visit'), ('address', 'Checking an address'), ('change', 'After a change of circumstances'), ('devices', 'Checking devices'), ('concern', 'Following up a concern'), ('assessment', 'For a risk assessment')], default='routine', max_length=12)),
                ('planned_for', models.DateTimeField(blank=True, null=True)),
                ('happened_at', models.DateTimeField(blank=True, help_text='When officers stood at the door.', null=True)),
                ('others_present', models.CharField(blank=True, help_text='Who else went, for example a probation officer.', max_length=200)),
                ('lone_reason', models.CharField(blank=True, max_length=500)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('seen', models.CharField(blank=True, help_text='Who was seen.', max_length=300)),
                ('home', models.TextField(blank=True)),
                ('said', models.TextField(blank=True)),
                ('devices', models.TextField(blank=True)),
                ('new_facts', models.TextField(blank=True)),
                ('concerns', models.TextField(blank=True)),
                ('risk', models.CharField(blank=True, choices=[('unchanged', 'The risk is unchanged'), ('changed', 'The risk has changed')], max_length=10)),
                ('cancel_reason', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='offenders.nominal')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                'indexes': [models.Index(condition=models.Q(('state', 'done')), fields=['nominal', '-happened_at'], name='visit_last_done'), models.Index(condition=models.Q(('state', 'planned')), fields=['nominal', 'planned_for'], name='visit_planned')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'done', 'no_reply', 'cancelled'])), name='visit_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'planned'), _negated=True), ('planned_for__isnull', False), _connector='OR'), name='visit_planned_for_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('happened_at__isnull', False), ('recorded_by__isnull', False), ('state__in', ['done', 'no_reply'])), models.Q(('happened_at__isnull', True), ('recorded_by__isnull', True), ('state__in', ['planned', 'cancelled'])), _connector='OR'), name='visit_happened_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='visit_cancelled_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(models.Q(('seen', ''), _negated=True), models.Q(('risk', ''), _negated=True)), _connector='OR'), name='visit_done_says_who_was_seen'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('second_officer__isnull', False), models.Q(('others_present', ''), _negated=True), models.Q(('lone_reason', ''), _negated=True), _connector='OR'), name='visit_alone_with_reason'), models.CheckConstraint(condition=models.Q(('second_officer', models.F('officer')), _negated=True), name='visit_two_different_officers'), models.UniqueConstraint(fields=('nominal', 'happened_at'), name='visit_once_at_a_time')],
            },
        ),
    ]
