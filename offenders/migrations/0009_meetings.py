import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("offenders", "0008_risk")]

    operations = [
        migrations.AddField(
            model_name='mappaperiod',
            name='decided_by',
            field=models.CharField(blank=True, choices=[('lead_agency', 'Lead agency'), ('screening', 'Screening of a referral'), ('meeting', 'MAPP meeting'), ('urgent', 'Lead agency, raised before a meeting'), ('correction', 'Supervisor, correcting a mistake')], db_default='', default='', help_text='Empty: imported.', max_length=20),
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('starts_at', models.TimeField(blank=True, help_text='When the meeting turns to this person.', null=True)),
                ('purpose', models.CharField(choices=[('first', 'First meeting'), ('review', 'Review'), ('urgent', 'Urgent change of risk'), ('exit', 'Moving off this level')], max_length=10)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdraw_reason', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda_items', to='offenders.nominal')),
            ],
            options={
                'ordering': ('position', 'pk'),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('withdraw_reason', ''), ('withdrawn_at__isnull', True)), models.Q(('withdrawn_at__isnull', False), models.Q(('withdraw_reason', ''), _negated=True)), _connector='OR'), name='agenda_item_withdrawn_with_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('person', models.CharField(blank=True, help_text='Who comes for the agency.', max_length=100)),
                ('job', models.CharField(blank=True, max_length=100)),
                ('attendance', models.CharField(choices=[('invited', 'Invited, no answer yet'), ('accepted', 'Will come'), ('apologies', 'Sent apologies'), ('attended', 'Attended'), ('absent', 'Did not come')], default='invited', max_length=10)),
                ('papers_sent_on', models.DateField(blank=True, null=True)),
                ('left_on', models.DateField(blank=True, help_text='The day from which this person no longer holds the post.', null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='offenders.agendaitem')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='offenders.nominal')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('person', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('person', ''), _negated=True)), _connector='OR'), name='invitation_of_one_person'),
                    models.UniqueConstraint(fields=('item', 'user'), name='invitation_of_a_user_once'),
                    models.UniqueConstraint(condition=models.Q(('person', ''), _negated=True), fields=('item', 'agency', 'person'), name='invitation_of_a_person_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Level 1: one agency, information shared'), (2, 'Level 2: regular multi-agency meetings'), (3, 'Level 3: meetings of senior representatives')])),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('held_as', models.CharField(choices=[('room', 'In a room'), ('video', 'By video'), ('both', 'In a room and by video')], default='room', max_length=10)),
                ('place', models.CharField(blank=True, help_text='The room, or where the video link is sent.', max_length=200)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('cancel_reason', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('coordinator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('starts_at', 'pk'),
                "indexes": [
                    models.Index(fields=['force', 'starts_at'], name='meeting_by_day'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_start'),
                    models.CheckConstraint(condition=models.Q(('level__in', [2, 3])), name='meeting_at_level_2_or_3'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='meeting_cancelled_with_a_reason'),
                ],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='offenders.meeting'),
        ),
        migrations.CreateModel(
            name='MeetingAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.TextField()),
                ('due_on', models.DateField()),
                ('agency_owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='offenders.invitation')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='offenders.agendaitem')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_actions', to='offenders.nominal')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('due_on', 'pk'),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('agency_owner__isnull', True), ('owner__isnull', False)), models.Q(('agency_owner__isnull', False), ('owner__isnull', True)), _connector='OR'), name='meeting_action_has_one_owner'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waits for the chair'), ('approved', 'Approved'), ('superseded', 'Replaced by a later version')], default='draft', max_length=10)),
                ('confidentiality_read', models.BooleanField(default=False)),
                ('background', models.TextField(blank=True)),
                ('risk_assessment', models.TextField(blank=True)),
                ('risk_management_plan', models.TextField(blank=True)),
                ('victim_issues', models.TextField(blank=True, help_text='General words only.')),
                ('disclosure', models.CharField(blank=True, choices=[('disclose', 'Disclose'), ('do_not', 'Do not disclose')], max_length=10)),
                ('disclosure_to', models.TextField(blank=True)),
                ('disclosure_how', models.TextField(blank=True)),
                ('disclosure_reasons', models.TextField(blank=True)),
                ('human_rights', models.TextField(blank=True)),
                ('diversity', models.TextField(blank=True)),
                ('media_strategy', models.TextField(blank=True)),
                ('decided_category', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Category 1: registered sexual offender'), (2, 'Category 2: violent or other sexual offender'), (3, 'Category 3: other dangerous offender'), (4, 'Category 4: terrorist or terrorist risk offender')], null=True)),
                ('decided_level', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Level 1: one agency, information shared'), (2, 'Level 2: regular multi-agency meetings'), (3, 'Level 3: meetings of senior representatives'), (0, 'Leaves MAPPA')], null=True)),
                ('level_reasons', models.TextField(blank=True)),
                ('next_review_on', models.DateField(blank=True, null=True)),
                ('edited_at', models.DateTimeField(auto_now=True)),
                ('return_reason', models.TextField(blank=True, help_text='Why the chair sent the draft back.')),
                ('approved_at', models.DateTimeField(null=True)),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('version', models.PositiveIntegerField(default=1)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='minutes', to='offenders.agendaitem')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='minutes', to='offenders.nominal')),
            ],
            options={
                'ordering': ('-number',),
                "constraints": [
                    models.UniqueConstraint(fields=('item', 'number'), name='minutes_numbered_once'),
                    models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), fields=('item',), name='minutes_one_version_in_work'),
                    models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('item',), name='minutes_one_version_approved'),
                    models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True), ('content_hash', ''), ('state__in', ['draft', 'submitted'])), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('state__in', ['approved', 'superseded']), models.Q(('content_hash', ''), _negated=True)), _connector='OR'), name='minutes_approved_wholly'),
                    models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(models.Q(('approved_by', models.F('drafted_by')), _negated=True), models.Q(('approved_by', models.F('edited_by')), _negated=True)), _connector='OR'), name='minutes_not_approved_by_their_author'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AgencyInformation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.TextField(blank=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='offenders.nominal')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='information', to='offenders.minutes')),
            ],
            options={
                'ordering': ('agency__name',),
                "constraints": [
                    models.UniqueConstraint(fields=('minutes', 'agency'), name='agency_information_once'),
                ],
            },
        ),
        migrations.AddField(
            model_name='mappaperiod',
            name='decision',
            field=models.ForeignKey(blank=True, help_text='The minutes that decided it.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='offenders.minutes'),
        ),
        migrations.CreateModel(
            name='MinutesCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('of', models.PositiveSmallIntegerField(help_text='How many recipients there were when it was issued.')),
                ('issued_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('sha256', models.CharField(help_text='Of the PDF as it was handed over.', max_length=64)),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='offenders.minutes')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='offenders.nominal')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='copies', to='offenders.invitation')),
            ],
            options={
                'ordering': ('number',),
                "constraints": [
                    models.UniqueConstraint(fields=('minutes', 'number'), name='minutes_copy_numbered_once'),
                    models.CheckConstraint(condition=models.Q(('number__gt', 0), ('number__lte', models.F('of'))), name='minutes_copy_number_within'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('referred_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('category', models.PositiveSmallIntegerField(choices=[(1, 'Category 1: registered sexual offender'), (2, 'Category 2: violent or other sexual offender'), (3, 'Category 3: other dangerous offender'), (4, 'Category 4: terrorist or terrorist risk offender')])),
                ('basis', models.CharField(help_text='Code of the legal basis, as the law stood on the day of referral.', max_length=40)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Level 1: one agency, information shared'), (2, 'Level 2: regular multi-agency meetings'), (3, 'Level 3: meetings of senior representatives')], help_text='The level that is asked for.')),
                ('reason', models.TextField()),
                ('outcome', models.CharField(choices=[('waiting', 'Waits for screening'), ('accepted', 'Accepted'), ('declined', 'Not accepted')], default='waiting', max_length=10)),
                ('decided_level', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Level 1: one agency, information shared'), (2, 'Level 2: regular multi-agency meetings'), (3, 'Level 3: meetings of senior representatives')], null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_reason', models.TextField(blank=True)),
                ('agency', models.ForeignKey(help_text='Who refers.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='offenders.nominal')),
                ('referred_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(('outcome', 'waiting')), fields=('nominal',), name='referral_one_waits'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision_reason', ''), ('outcome', 'waiting')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('outcome__in', ['accepted', 'declined']), models.Q(('decision_reason', ''), _negated=True)), _connector='OR'), name='referral_decided_wholly'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_level__isnull', False), ('outcome', 'accepted')), models.Q(models.Q(('outcome', 'accepted'), _negated=True), ('decided_level__isnull', True)), _connector='OR'), name='referral_accepted_at_a_level'),
                    models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('referred_by')), _negated=True), _connector='OR'), name='referral_screened_by_another'),
                    models.CheckConstraint(condition=models.Q(('category__in', [1, 2, 3, 4]), ('level__in', [1, 2, 3])), name='referral_values_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RestrictedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.TextField()),
                ('reason', models.CharField(help_text='Why it is kept from the others.', max_length=500)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='restricted_items', to='offenders.minutes')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='offenders.nominal')),
                ('recipients', models.ManyToManyField(to='offenders.invitation')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('meeting', 'nominal'), name='agenda_item_once_a_meeting'),
        ),
    ]
