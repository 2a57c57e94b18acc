import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("offenders", "0003_search"), ("actions", "0002_first_rules"), ("accounts", "0003_nations")]

    operations = [
        migrations.AlterField(
            model_name='condition',
            name='kind',
            field=models.CharField(choices=[('licence', 'Licence condition'), ('shpo', 'Sexual harm prevention order'), ('sro', 'Sexual risk order'), ('voo', 'Violent offender order'), ('foreign_travel', 'Foreign travel restriction'), ('sopo', 'Sexual offences prevention order'), ('rsho', 'Risk of sexual harm order'), ('stalking', 'Stalking protection order'), ('domestic', 'Domestic abuse protection order'), ('trafficking', 'Slavery and trafficking risk order'), ('other_order', 'Other order')], max_length=20),
        ),
        migrations.CreateModel(
            name='CourtOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('shpo', 'Sexual harm prevention order'), ('interim_shpo', 'Interim sexual harm prevention order'), ('sro', 'Sexual risk order'), ('interim_sro', 'Interim sexual risk order'), ('notification', 'Notification order (convicted abroad)'), ('voo', 'Violent offender order'), ('sopo', 'Sexual offences prevention order'), ('rsho', 'Risk of sexual harm order'), ('foreign_travel', 'Foreign travel order'), ('stalking', 'Stalking protection order'), ('domestic', 'Domestic abuse protection order'), ('trafficking', 'Slavery and trafficking risk order'), ('other', 'Other order')], max_length=20)),
                ('court', models.CharField(max_length=120)),
                ('court_reference', models.CharField(blank=True, max_length=40)),
                ('made_on', models.DateField()),
                ('starts_on', models.DateField(help_text='First day in force.')),
                ('ends_on', models.DateField(blank=True, help_text='Last day in force; empty: until further order.', null=True)),
                ('imposes_notification', models.BooleanField(default=False)),
                ('discharged_on', models.DateField(blank=True, null=True)),
                ('discharge_reason', models.TextField(blank=True)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='court_orders', to='offenders.nominal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-starts_on', '-pk'),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='order_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(('starts_on__gte', models.F('made_on'))), name='order_in_force_once_made'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['shpo', 'interim_shpo', 'sro', 'interim_sro', 'notification', 'voo', 'sopo', 'rsho', 'foreign_travel', 'stalking', 'domestic', 'trafficking', 'other'])), name='order_kind_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('discharge_reason', ''), ('discharged_on__isnull', True)), models.Q(('discharged_on__gte', models.F('made_on')), models.Q(('discharge_reason', ''), _negated=True)), _connector='OR'), name='order_discharged_wholly'),
                ],
            },
        ),
        migrations.AddField(
            model_name='condition',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='offenders.courtorder'),
        ),
        migrations.CreateModel(
            name='NotificationDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('initial', 'First notification'), ('annual', 'Annual notification'), ('change', 'Change of name, address or other details'), ('bank', 'Bank account or card'), ('passport', 'Passport or identity document'), ('household_child', 'Living where a child lives or stays'), ('no_fixed_address', 'Weekly, while of no fixed address')], max_length=20)),
                ('about', models.CharField(blank=True, help_text='What changed, where something did.', max_length=300)),
                ('starts_on', models.DateField(help_text='The day that set the clock going.')),
                ('due_on', models.DateField(help_text='The last day in time.')),
                ('state', models.CharField(choices=[('due', 'Due'), ('complied', 'Notified in time'), ('late', 'Notified late'), ('breached', 'Breach recorded'), ('excused', 'Not required')], default='due', max_length=10)),
                ('notified_on', models.DateField(blank=True, null=True)),
                ('station', models.CharField(blank=True, max_length=120)),
                ('what_was_notified', models.TextField(blank=True)),
                ('taken_by', models.CharField(blank=True, max_length=120)),
                ('fingerprints_taken', models.BooleanField(default=False)),
                ('photograph_taken', models.BooleanField(default=False)),
                ('reason', models.TextField(blank=True, help_text='Why it was not required.')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notification_duties', to='offenders.nominal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('due_on', 'pk'),
                "indexes": [
                    models.Index(condition=models.Q(('state', 'due')), fields=['nominal', 'due_on'], name='duty_due_by_nominal'),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(('kind__in', ['annual', 'no_fixed_address', 'initial']), ('state', 'due')), fields=('nominal', 'kind'), name='duty_one_due_of_a_kind'),
                    models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on'))), name='duty_due_after_start'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['due', 'complied', 'late', 'breached', 'excused'])), name='duty_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['complied', 'late']), _negated=True), ('notified_on__isnull', False), _connector='OR'), name='duty_complied_says_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'excused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='duty_excused_says_why'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('of', models.CharField(choices=[('notification', 'Notification requirement'), ('order', 'Order')], max_length=20)),
                ('what_happened', models.TextField()),
                ('happened_on', models.DateField(blank=True, null=True)),
                ('discovered_on', models.DateField()),
                ('excuse', models.TextField(blank=True, help_text='What the person said, and whether it is a reasonable excuse.')),
                ('state', models.CharField(choices=[('open', 'Decision awaited'), ('no_action', 'No further action'), ('warned', 'Warned'), ('arrested', 'Arrested'), ('charged', 'Charged'), ('cautioned', 'Cautioned'), ('convicted', 'Convicted'), ('acquitted', 'Acquitted'), ('discontinued', 'Prosecution ended without a result')], default='open', max_length=20)),
                ('state_since', models.DateField(help_text='The day of the latest decision.')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaches', to='offenders.nominal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='breaches', to='offenders.courtorder')),
                ('duty', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='breaches', to='offenders.notificationduty')),
            ],
            options={
                'ordering': ('-discovered_on', '-pk'),
                "indexes": [
                    models.Index(condition=models.Q(('state', 'open')), fields=['nominal'], name='breach_undecided'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('duty__isnull', True), ('of', 'order'), ('order__isnull', False)), models.Q(('of', 'notification'), ('order__isnull', True)), _connector='OR'), name='breach_of_one_thing'),
                    models.CheckConstraint(condition=models.Q(('happened_on__isnull', True), ('happened_on__lte', models.F('discovered_on')), _connector='OR'), name='breach_discovered_after_it_happened'),
                    models.CheckConstraint(condition=models.Q(('state_since__gte', models.F('discovered_on'))), name='breach_decided_after_discovery'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['open', 'no_action', 'warned', 'arrested', 'charged', 'cautioned', 'convicted', 'acquitted', 'discontinued'])), name='breach_state_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OrderVariation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('varied_on', models.DateField()),
                ('court', models.CharField(max_length=120)),
                ('what_changed', models.TextField()),
                ('ended_on_before', models.DateField(blank=True, null=True)),
                ('ends_on_after', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='order_variations', to='offenders.nominal')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='variations', to='offenders.courtorder')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-varied_on', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='RegistrationPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('basis', models.CharField(max_length=200)),
                ('explanation', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='Each step of the reckoning: words and day.')),
                ('review_from', models.DateField(blank=True, help_text='From when a review of an indefinite requirement may be asked for.', null=True)),
                ('reckoned_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registration_periods', to='offenders.nominal')),
            ],
            options={
                'ordering': ('-period', '-pk'),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at__isnull', True)), expressions=[('nominal', '='), ('period', '&&')], name='registration_periods_do_not_overlap'),
                    models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='registration_period_starts'),
                    models.CheckConstraint(condition=models.Q(('review_from__isnull', True), ('period__endswith__isnull', True), _connector='OR'), name='registration_review_only_without_end'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RegistrationReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('received_on', models.DateField()),
                ('state', models.CharField(choices=[('received', 'Received'), ('granted', 'Granted: the requirement ends'), ('refused', 'Refused: the requirement stays'), ('appealed', 'Refused, appeal made'), ('appeal_allowed', 'Appeal allowed: the requirement ends'), ('appeal_dismissed', 'Appeal dismissed: the requirement stays')], default='received', max_length=20)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('decided_by_words', models.CharField(blank=True, help_text='Rank and name, or the court.', max_length=120)),
                ('reason', models.TextField(blank=True)),
                ('appealed_on', models.DateField(blank=True, null=True)),
                ('appeal_decided_on', models.DateField(blank=True, null=True)),
                ('appeal_outcome', models.TextField(blank=True)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registration_reviews', to='offenders.nominal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-received_on', '-pk'),
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(('state__in', ['received', 'appealed'])), fields=('nominal',), name='review_one_open'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('state', 'received')), models.Q(('decided_on__gte', models.F('received_on')), ('state__in', ['granted', 'refused', 'appealed', 'appeal_allowed', 'appeal_dismissed']), models.Q(('reason', ''), _negated=True), models.Q(('decided_by_words', ''), _negated=True)), _connector='OR'), name='review_decided_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TravelNotification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('notified_at', models.DateTimeField(help_text='Where the time is not known, the last minute of the day.')),
                ('is_notified_time_known', models.BooleanField(default=True)),
                ('leaves_on', models.DateField()),
                ('leaves_time', models.TimeField(blank=True, help_text='Empty: not known; the first moment of the day counts.', null=True)),
                ('returns_on', models.DateField(blank=True, help_text='Empty: not known.', null=True)),
                ('carrier', models.CharField(blank=True, max_length=120)),
                ('port_out', models.CharField(max_length=120)),
                ('port_back', models.CharField(blank=True, max_length=120)),
                ('why_late', models.TextField(blank=True, help_text='Why the plans could not be notified a week ahead, where that was accepted.')),
                ('is_in_time', models.BooleanField()),
                ('explanation', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('cancelled_on', models.DateField(blank=True, null=True)),
                ('cancel_reason', models.TextField(blank=True)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='travel_notifications', to='offenders.nominal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-leaves_on', '-pk'),
                "indexes": [
                    models.Index(fields=['nominal', 'leaves_on'], name='travel_by_leaving'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('returns_on__isnull', True), ('returns_on__gte', models.F('leaves_on')), _connector='OR'), name='travel_returns_after_leaving'),
                    models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('cancelled_on__isnull', True)), models.Q(('cancelled_on__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='travel_cancelled_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Journey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(max_length=80)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('arrives_on', models.DateField()),
                ('carrier', models.CharField(blank=True, max_length=120)),
                ('accommodation', models.CharField(blank=True, max_length=300)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='journeys', to='offenders.nominal')),
                ('travel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='journeys', to='offenders.travelnotification')),
            ],
            options={
                'ordering': ('arrives_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='BreachStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Decision awaited'), ('no_action', 'No further action'), ('warned', 'Warned'), ('arrested', 'Arrested'), ('charged', 'Charged'), ('cautioned', 'Cautioned'), ('convicted', 'Convicted'), ('acquitted', 'Acquitted'), ('discontinued', 'Prosecution ended without a result')], max_length=20)),
                ('on', models.DateField()),
                ('reason', models.TextField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='offenders.breach')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breach_steps', to='offenders.nominal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('on', 'pk'),
                'indexes': [models.Index(fields=['state', 'on'], name='breach_step_by_state')],
            },
        ),
        migrations.CreateModel(
            name='Conviction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('offence', models.CharField(max_length=300)),
                ('is_sexual', models.BooleanField(default=False)),
                ('is_violent', models.BooleanField(default=False)),
                ('is_against_child', models.BooleanField(default=False)),
                ('requires_notification', models.BooleanField(default=False, help_text='Makes the person a registered sexual offender.')),
                ('offence_on', models.DateField(blank=True, null=True)),
                ('convicted_on', models.DateField(help_text='Of the conviction, finding or caution.')),
                ('court', models.CharField(blank=True, max_length=120)),
                ('disposal', models.CharField(choices=[('life', 'Life imprisonment'), ('indeterminate', 'Imprisonment for public protection or other indeterminate sentence'), ('custody', 'Custody of a fixed length'), ('suspended', 'Suspended sentence'), ('hospital_restricted', 'Hospital order with a restriction order'), ('hospital', 'Hospital order without restriction'), ('community', 'Community order'), ('fine', 'Fine'), ('discharge', 'Conditional discharge'), ('caution', 'Caution'), ('other', 'Other disposal')], max_length=20)),
                ('length_quantity', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('length_unit', models.CharField(blank=True, choices=[('days', 'days'), ('months', 'months'), ('years', 'years')], max_length=10)),
                ('was_under_18', models.BooleanField(default=False, help_text='On the day of conviction or caution.')),
                ('released_on', models.DateField(blank=True, null=True)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='convictions', to='offenders.nominal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-convicted_on', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('disposal__in', ['life', 'indeterminate', 'custody', 'suspended', 'hospital_restricted', 'hospital', 'community', 'fine', 'discharge', 'caution', 'other'])), name='conviction_disposal_known'), models.CheckConstraint(condition=models.Q(('offence_on__isnull', True), ('offence_on__lte', models.F('convicted_on')), _connector='OR'), name='conviction_not_before_offence'), models.CheckConstraint(condition=models.Q(('released_on__isnull', True), ('released_on__gte', models.F('convicted_on')), _connector='OR'), name='conviction_released_after_it'), models.CheckConstraint(condition=models.Q(models.Q(('disposal__in', ['custody', 'suspended', 'discharge']), ('length_quantity__gt', 0), models.Q(('length_unit', ''), _negated=True)), models.Q(models.Q(('disposal__in', ['custody', 'suspended', 'discharge']), _negated=True), ('length_quantity__isnull', True), ('length_unit', '')), _connector='OR'), name='conviction_length_where_it_belongs')],
            },
        ),
    ]
