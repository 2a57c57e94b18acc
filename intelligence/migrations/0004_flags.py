"""Flags, what they did, their reviews and the tests of their routes; the first kinds of events and the usual flags."""

from datetime import date

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(2000, 1, 1)
PRACTICE = "Practice of MOSOVO units; to be confirmed by the force"
# code, name, what is told, what a recipient must be able to read, usual urgency, whether officers record it from the card
EVENTS = [
    ("stop-check", "Stop check", "Stopped and checked", "view_card", "at_once", True),
    ("came-to-notice", "Came to notice", "Came to notice", "view_card", "at_once", True),
    ("custody", "Custody or hospital", "Taken into custody or hospital", "view_card", "at_once", True),
    ("recall", "Recall", "Recalled on licence", "view_card", "at_once", False),
    ("release", "Release", "Released", "view_card", "at_once", True),
    ("address-change", "Change of address", "An address was changed", "view_card", "daily", True),
    ("travel-notified", "Foreign travel notified", "Foreign travel was notified", "view_case_file", "daily", False),
    ("travel-alert", "Foreign travel reported", "Foreign travel was reported", "view_case_file", "at_once", False),
    ("travel-breach", "Foreign travel against the rules", "Foreign travel may be against the rules", "view_case_file", "at_once", False),
    ("missed-visit", "Visit without contact", "A visit found nobody", "view_case_file", "daily", False),
    ("order-expiring", "An order ends soon", "An order ends soon", "view_case_file", "daily", False),
    ("breach", "Breach", "A breach was recorded", "view_case_file", "at_once", False),
    ("intelligence-linked", "Intelligence linked", "Intelligence was linked", "view_case_file", "at_once", False),
    ("level-change", "Change of risk or MAPPA level", "The level of risk or of MAPPA was changed", "view_card", "at_once", False),
    ("duty-missed", "Duty missed", "A notification duty was missed", "view_case_file", "at_once", False),
    ("check-hit", "System check with a trace", "A system check found something", "view_case_file", "at_once", False),
]
# code, registration (empty: any), least risk (none: any), audience, role, urgency, months until somebody else looks at it
USUAL = [
    ("came-to-notice", "", None, "manager", "", "at_once", 12),
    ("custody", "", None, "manager", "", "at_once", 12),
    ("breach", "", None, "manager", "", "at_once", 12),
    ("stop-check", "registered", None, "manager", "", "at_once", 12),
    ("address-change", "registered", None, "manager", "", "daily", 12),
    ("travel-notified", "registered", None, "manager", "", "daily", 12),
    ("travel-alert", "registered", None, "manager", "", "at_once", 12),
    ("duty-missed", "registered", None, "manager", "", "at_once", 12),
    ("missed-visit", "", 2, "manager", "", "daily", 6),
    ("check-hit", "", 2, "manager", "", "at_once", 6),
    ("order-expiring", "", 2, "manager", "", "daily", 6),
    ("recall", "", 3, "manager", "", "at_once", 3),
    ("release", "", 3, "manager", "", "at_once", 3),
    ("level-change", "", 3, "role", "supervisor", "at_once", 3),
    ("travel-breach", "", 3, "role", "supervisor", "at_once", 3),
    ("intelligence-linked", "", 4, "role", "supervisor", "at_once", 3),
]


def add_events(apps, schema_editor):
    """Add the first kinds of events and the flags that records usually have."""
    period = DateRange(SINCE, None)
    event, usual = apps.get_model("intelligence", "EventType"), apps.get_model("intelligence", "UsualFlag")
    names = ("code", "name", "words", "needs", "default_urgency", "is_raised_by_hand")
    event.objects.bulk_create(event(period=period, **dict(zip(names, row, strict=True))) for row in EVENTS)
    names = ("kind", "registration", "least_level", "audience", "role", "urgency", "review_months")
    usual.objects.bulk_create(usual(period=period, source=PRACTICE, **dict(zip(names, row, strict=True))) for row in USUAL)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_nations'),
        ('actions', '0004_occurrences'),
        ('intelligence', '0003_covert'),
        ('offenders', '0011_custody'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Canary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run', models.UUIDField(help_text='What was sent together.')),
                ('kind', models.SlugField(choices=[('stop-check', 'Stop check'), ('came-to-notice', 'Came to notice'), ('custody', 'Custody or hospital'), ('recall', 'Recall'), ('release', 'Release'), ('address-change', 'Change of address'), ('travel-notified', 'Foreign travel notified'), ('travel-alert', 'Foreign travel reported'), ('travel-breach', 'Foreign travel against the rules'), ('missed-visit', 'Visit without contact'), ('order-expiring', 'An order ends soon'), ('breach', 'Breach'), ('intelligence-linked', 'Intelligence linked'), ('level-change', 'Change of risk or MAPPA level'), ('duty-missed', 'Duty missed'), ('check-hit', 'System check with a trace')])),
                ('channel', models.CharField(choices=[('browser', 'In Vigil'), ('mail', 'In Vigil and by mail'), ('action', 'As an action with a time')], max_length=10)),
                ('audience', models.CharField(choices=[('manager', 'The managing officer'), ('user', 'One person'), ('role', 'A role in the force that owns the record'), ('unit', 'A unit'), ('agency', 'A partner agency')], max_length=10)),
                ('role', models.CharField(blank=True, choices=[('offender_manager', 'Offender manager'), ('supervisor', 'Supervisor'), ('disclosure_authority', 'Disclosure authority'), ('mapp_chair', 'MAPP chair'), ('mappa_coordinator', 'MAPPA coordinator'), ('control_room', 'Control room'), ('operational', 'Operational officer'), ('intelligence', 'Intelligence'), ('press_officer', 'Press officer'), ('information_governance', 'Information governance'), ('auditor', 'Auditor'), ('administrator', 'Administrator'), ('partner', 'Partner agency')], help_text='A role of the watcher, where the audience is a role.', max_length=30)),
                ('sent_at', models.DateTimeField()),
                ('late_from', models.DateTimeField()),
                ('arrived_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('sent', 'On its way'), ('arrived', 'Arrived'), ('late', 'Late: the route is dead')], default='sent', max_length=10)),
                ('occurrence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='canaries', to='actions.occurrence')),
                ('watcher', models.ForeignKey(help_text='Stands for the audience.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-sent_at', 'kind', 'channel', 'audience'),
                "constraints": [
                    models.UniqueConstraint(fields=('run', 'kind', 'channel', 'audience'), name='canary_once_in_a_run'),
                    models.CheckConstraint(condition=models.Q(models.Q(('arrived_at__isnull', False), ('state', 'arrived')), ('state__in', ['sent', 'late']), _connector='OR'), name='canary_arrived_at_some_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='EventType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(choices=[('stop-check', 'Stop check'), ('came-to-notice', 'Came to notice'), ('custody', 'Custody or hospital'), ('recall', 'Recall'), ('release', 'Release'), ('address-change', 'Change of address'), ('travel-notified', 'Foreign travel notified'), ('travel-alert', 'Foreign travel reported'), ('travel-breach', 'Foreign travel against the rules'), ('missed-visit', 'Visit without contact'), ('order-expiring', 'An order ends soon'), ('breach', 'Breach'), ('intelligence-linked', 'Intelligence linked'), ('level-change', 'Change of risk or MAPPA level'), ('duty-missed', 'Duty missed'), ('check-hit', 'System check with a trace')])),
                ('name', models.CharField(max_length=60)),
                ('words', models.CharField(help_text='What the person told reads; it never names anybody.', max_length=120)),
                ('needs', models.CharField(choices=[('view_marker', 'The marker'), ('view_card', 'The operational card'), ('view_case_file', 'The case file')], help_text='What a recipient must be able to read of the record.', max_length=20)),
                ('default_urgency', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Once a day')], default='daily', max_length=10)),
                ('is_raised_by_hand', models.BooleanField(default=False, help_text='Officers can record it from the card.')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day on which it exists, up to and without the last.')),
            ],
            options={
                'ordering': ('name', 'pk'),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), ('period', '&&')], name='event_types_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='event_type_starts'), models.CheckConstraint(condition=models.Q(('needs__in', ['view_marker', 'view_card', 'view_case_file'])), name='event_type_sight_known')],
            },
        ),
        migrations.CreateModel(
            name='FlagReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('due_on', models.DateField(help_text='The earliest day on which a flag of the record was due.')),
                ('raised_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('state', models.CharField(choices=[('open', 'Open'), ('signed_off', 'Signed off')], default='open', max_length=10)),
                ('signed_off_at', models.DateTimeField(null=True)),
                ('action', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actions.action')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flag_reviews', to='offenders.nominal')),
                ('signed_off_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('due_on', 'pk'),
                "indexes": [
                    models.Index(condition=models.Q(('action__isnull', True)), fields=['id'], name='flag_review_without_action'),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('nominal',), name='flag_review_one_open'),
                    models.CheckConstraint(condition=models.Q(models.Q(('signed_off_at__isnull', True), ('signed_off_by__isnull', True), ('state', 'open')), models.Q(('signed_off_at__isnull', False), ('signed_off_by__isnull', False), ('state', 'signed_off')), _connector='OR'), name='flag_review_signed_off_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FlagSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.SlugField(choices=[('stop-check', 'Stop check'), ('came-to-notice', 'Came to notice'), ('custody', 'Custody or hospital'), ('recall', 'Recall'), ('release', 'Release'), ('address-change', 'Change of address'), ('travel-notified', 'Foreign travel notified'), ('travel-alert', 'Foreign travel reported'), ('travel-breach', 'Foreign travel against the rules'), ('missed-visit', 'Visit without contact'), ('order-expiring', 'An order ends soon'), ('breach', 'Breach'), ('intelligence-linked', 'Intelligence linked'), ('level-change', 'Change of risk or MAPPA level'), ('duty-missed', 'Duty missed'), ('check-hit', 'System check with a trace')])),
                ('audience', models.CharField(choices=[('manager', 'The managing officer'), ('user', 'One person'), ('role', 'A role in the force that owns the record'), ('unit', 'A unit'), ('agency', 'A partner agency')], max_length=10)),
                ('role', models.CharField(blank=True, choices=[('offender_manager', 'Offender manager'), ('supervisor', 'Supervisor'), ('disclosure_authority', 'Disclosure authority'), ('mapp_chair', 'MAPP chair'), ('mappa_coordinator', 'MAPPA coordinator'), ('control_room', 'Control room'), ('operational', 'Operational officer'), ('intelligence', 'Intelligence'), ('press_officer', 'Press officer'), ('information_governance', 'Information governance'), ('auditor', 'Auditor'), ('administrator', 'Administrator'), ('partner', 'Partner agency')], max_length=30)),
                ('agreement', models.CharField(blank=True, help_text='Reference of the agreement under which the agency is told.', max_length=60)),
                ('agreement_until', models.DateField(blank=True, help_text='Last day on which the agreement counts.', null=True)),
                ('channel', models.CharField(choices=[('browser', 'In Vigil'), ('mail', 'In Vigil and by mail'), ('action', 'As an action with a time')], default='browser', max_length=10)),
                ('urgency', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Once a day')], default='daily', max_length=10)),
                ('quiet_from', models.TimeField(blank=True, null=True)),
                ('quiet_until', models.TimeField(blank=True, null=True)),
                ('least_interval_hours', models.PositiveSmallIntegerField(default=0, help_text='Hours between two messages to one person.')),
                ('review_months', models.PositiveSmallIntegerField(default=6)),
                ('set_at', models.DateTimeField()),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('review_due_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='flag_settings', to='accounts.organisation')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flag_settings', to='offenders.nominal')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='flag_settings', to='accounts.unit')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='flag_settings', to=settings.AUTH_USER_MODEL)),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('kind', 'pk'),
                "indexes": [
                    models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['nominal', 'kind'], name='flag_live_by_nominal'),
                    models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['review_due_on', 'nominal'], name='flag_live_by_review'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', True), ('agreement_until__isnull', True), ('audience', 'manager'), ('unit__isnull', True), ('user__isnull', True), ('role', ''), ('agreement', '')), models.Q(('agency__isnull', True), ('agreement_until__isnull', True), ('audience', 'user'), ('unit__isnull', True), ('user__isnull', False), ('role', ''), ('agreement', '')), models.Q(('agency__isnull', True), ('agreement_until__isnull', True), ('audience', 'role'), ('unit__isnull', True), ('user__isnull', True), models.Q(('role', ''), _negated=True), ('agreement', '')), models.Q(('agency__isnull', True), ('agreement_until__isnull', True), ('audience', 'unit'), ('unit__isnull', False), ('user__isnull', True), ('role', ''), ('agreement', '')), models.Q(('agency__isnull', False), ('agreement_until__isnull', False), ('audience', 'agency'), ('unit__isnull', True), ('user__isnull', True), ('role', ''), models.Q(('agreement', ''), _negated=True)), _connector='OR'), name='flag_has_one_audience'),
                    models.CheckConstraint(condition=models.Q(models.Q(('audience', 'agency'), _negated=True), ('channel', 'action'), _connector='OR'), name='flag_tells_an_agency_through_an_action'),
                    models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False), models.Q(('quiet_from', models.F('quiet_until')), _negated=True)), _connector='OR'), name='flag_quiet_hours_whole'),
                    models.CheckConstraint(condition=models.Q(('review_months__range', (1, 24))), name='flag_review_within_two_years'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verified_by__isnull', True), ('verified_on__isnull', True)), models.Q(('verified_by__isnull', False), ('verified_on__isnull', False), models.Q(('verified_by', models.F('set_by')), _negated=True)), _connector='OR'), name='flag_verified_by_somebody_else'),
                    models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_by__isnull', True), ('ended_on__isnull', True)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='flag_ended_wholly'),
                    models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('nominal', 'kind', 'audience', 'user', 'role', 'unit', 'agency'), name='flag_once_for_an_audience', nulls_distinct=False),
                ],
            },
        ),
        migrations.CreateModel(
            name='FlagDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting for its time'), ('told', 'Told'), ('nobody', 'Reached nobody'), ('handed_over', 'Handed over as an action')], default='waiting', max_length=12)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('due_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('acted_at', models.DateTimeField(help_text='When the person said that they dealt with it.', null=True)),
                ('action', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='actions.action')),
                ('canary', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='intelligence.canary')),
                ('notification', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='actions.notification')),
                ('occurrence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='actions.occurrence')),
                ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='flag_deliveries', to=settings.AUTH_USER_MODEL)),
                ('setting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='intelligence.flagsetting')),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at', 'id'], name='flag_delivery_waiting'),
                    models.Index(fields=['setting', 'recipient', '-told_at'], name='flag_delivery_last_told'),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=('setting', 'canary', 'occurrence', 'recipient'), name='flag_delivery_once', nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(models.Q(('canary__isnull', True), ('setting__isnull', False)), models.Q(('canary__isnull', False), ('setting__isnull', True)), _connector='OR'), name='flag_delivery_of_a_flag_or_a_canary'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['told', 'handed_over']), _negated=True), ('told_at__isnull', False), _connector='OR'), name='flag_delivery_told_at_some_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FlagSettingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('snapshot', models.JSONField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('setting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='intelligence.flagsetting')),
            ],
            options={
                'ordering': ('-number',),
                "constraints": [
                    models.UniqueConstraint(fields=('setting', 'number'), name='flag_version_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FlagVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(help_text='The version of the flag that was judged.')),
                ('verdict', models.CharField(choices=[('keep', 'Keep as it is'), ('change', 'Change'), ('end', 'End')], max_length=10)),
                ('reason', models.CharField(max_length=500)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='intelligence.flagreview')),
                ('set_by', models.ForeignKey(help_text='Who set that version.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('setting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='intelligence.flagsetting')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('review', 'setting'), name='flag_verdict_once_in_a_review'),
                    models.CheckConstraint(condition=models.Q(('by', models.F('set_by')), _negated=True), name='flag_verdict_by_somebody_else'),
                    models.CheckConstraint(condition=models.Q(('verdict__in', ['keep', 'change', 'end']), models.Q(('reason', ''), _negated=True)), name='flag_verdict_has_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='UsualFlag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(choices=[('stop-check', 'Stop check'), ('came-to-notice', 'Came to notice'), ('custody', 'Custody or hospital'), ('recall', 'Recall'), ('release', 'Release'), ('address-change', 'Change of address'), ('travel-notified', 'Foreign travel notified'), ('travel-alert', 'Foreign travel reported'), ('travel-breach', 'Foreign travel against the rules'), ('missed-visit', 'Visit without contact'), ('order-expiring', 'An order ends soon'), ('breach', 'Breach'), ('intelligence-linked', 'Intelligence linked'), ('level-change', 'Change of risk or MAPPA level'), ('duty-missed', 'Duty missed'), ('check-hit', 'System check with a trace')])),
                ('registration', models.CharField(blank=True, choices=[('registered', 'Registered sexual offender'), ('other_mappa', 'Other MAPPA offender'), ('pdp', 'Potentially dangerous person')], help_text='Empty: any.', max_length=20)),
                ('least_level', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Low'), (2, 'Medium'), (3, 'High'), (4, 'Very high')], help_text='This risk or higher; empty: any.', null=True)),
                ('audience', models.CharField(choices=[('manager', 'The managing officer'), ('user', 'One person'), ('role', 'A role in the force that owns the record'), ('unit', 'A unit'), ('agency', 'A partner agency')], default='manager', max_length=10)),
                ('role', models.CharField(blank=True, choices=[('offender_manager', 'Offender manager'), ('supervisor', 'Supervisor'), ('disclosure_authority', 'Disclosure authority'), ('mapp_chair', 'MAPP chair'), ('mappa_coordinator', 'MAPPA coordinator'), ('control_room', 'Control room'), ('operational', 'Operational officer'), ('intelligence', 'Intelligence'), ('press_officer', 'Press officer'), ('information_governance', 'Information governance'), ('auditor', 'Auditor'), ('administrator', 'Administrator'), ('partner', 'Partner agency')], max_length=30)),
                ('channel', models.CharField(choices=[('browser', 'In Vigil'), ('mail', 'In Vigil and by mail'), ('action', 'As an action with a time')], default='browser', max_length=10)),
                ('urgency', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Once a day')], default='daily', max_length=10)),
                ('review_months', models.PositiveSmallIntegerField()),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day on which it is usual, up to and without the last.')),
                ('source', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('audience', 'manager'), ('role', '')), models.Q(('audience', 'role'), models.Q(('role', ''), _negated=True)), _connector='OR'), name='usual_flag_tells_the_manager_or_a_role'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='usual_flag_starts')],
            },
        ),
        migrations.RunPython(add_events, migrations.RunPython.noop),
    ]
