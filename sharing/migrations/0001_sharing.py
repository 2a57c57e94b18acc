"""Agreements, decisions to share, what left under them; the database refuses what was not decided."""
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from sharing.migrations._releases_sql import NO_REFERENCES, NO_RULES, REFERENCES, RULES


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0004_api_clients'),
        ('offenders', '0018_prison_and_public'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('manage_risk', 'Managing the risk that a person poses'), ('protect_child', 'Protecting a child'), ('protect_adult', 'Protecting an adult at risk'), ('prevent_crime', 'Preventing or detecting crime'), ('release_or_recall', 'Release, licence and recall'), ('barring', 'Barring from work with children or adults at risk'), ('housing', 'Safe housing')], max_length=20), size=None)),
                ('data_classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('identity', 'Identity and appearance'), ('risk', 'Risk, MAPPA and warnings'), ('offending', 'Offending and how it is done'), ('conditions', 'Licence, orders and notification'), ('whereabouts', 'Addresses, work, vehicles, telephones, online names'), ('plan', 'Risk management plan'), ('associates', 'Associates and people at risk'), ('events', 'Visits, contacts and travel'), ('documents', 'Documents'), ('intelligence', 'Released intelligence'), ('sensitive', 'Sensitive material'), ('confidential', 'Confidential sections')], max_length=20), size=None)),
                ('powers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), help_text='Codes of powers to share.', size=None)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day included, last day excluded.')),
                ('review_on', models.DateField()),
                ('signed_by', models.CharField(help_text='Who signed for the force and for the agency: posts, not names.', max_length=200)),
                ('document', models.CharField(blank=True, help_text='Where the signed paper is kept.', max_length=100)),
                ('suspended_at', models.DateTimeField(null=True)),
                ('suspend_reason', models.CharField(blank=True, max_length=500)),
                ('told_at', models.DateTimeField(help_text='When both sides were told that it is no longer in force.', null=True)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='accounts.organisation')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('suspended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(fields=['agency', 'force'], name='agreement_by_agency'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('period__endswith__isnull', False), ('period__isempty', False), ('period__startswith__isnull', False)), name='agreement_has_both_ends'),
                    models.CheckConstraint(condition=models.Q(('data_classes__len__gt', 0), ('powers__len__gt', 0), ('purposes__len__gt', 0)), name='agreement_says_what_and_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('suspend_reason', ''), ('suspended_at__isnull', True), ('suspended_by__isnull', True)), models.Q(('suspended_at__isnull', False), ('suspended_by__isnull', False), models.Q(('suspend_reason', ''), _negated=True)), _connector='OR'), name='agreement_suspended_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_hash', models.CharField(max_length=64)),
                ('verdict', models.CharField(choices=[('approved', 'Approved'), ('refused', 'Refused'), ('returned', 'Returned')], max_length=10)),
                ('authority', models.CharField(choices=[('supervisor', 'A supervisor of the unit'), ('disclosure_authority', 'The disclosure authority, or an officer to whom it is delegated'), ('chair', 'The chair of the MAPP meeting, in its minutes'), ('senior_officer', 'A senior officer, with the press office')], max_length=25)),
                ('reasons', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('lapsed_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(help_text='Who sent the decision.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('delegation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.delegation')),
                ('minutes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offenders.minutes')),
            ],
            options={
                'ordering': ('-pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('by', models.F('author')), _negated=True), name='sharing_not_approved_by_its_author'),
                    models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='sharing_verdict_with_reasons'),
                    models.CheckConstraint(condition=models.Q(models.Q(('authority', 'chair'), ('verdict', 'approved'), _negated=True), ('minutes__isnull', False), _connector='OR'), name='sharing_chair_decides_in_minutes'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AuthorityRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day on which it holds, up to and without the last.')),
                ('source', models.CharField(help_text='Where it is written.', max_length=200)),
                ('circumstance', models.SlugField(max_length=40)),
                ('authority', models.CharField(choices=[('supervisor', 'A supervisor of the unit'), ('disclosure_authority', 'The disclosure authority, or an officer to whom it is delegated'), ('chair', 'The chair of the MAPP meeting, in its minutes'), ('senior_officer', 'A senior officer, with the press office')], max_length=25)),
                ('ranks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, help_text='Empty: any rank in that role.', size=None)),
                ('is_delegable', models.BooleanField(default=False)),
                ('is_in_minutes', models.BooleanField(default=False, help_text='The decision stands in the minutes of a meeting.')),
                ('needs_press_office', models.BooleanField(default=False)),
                ('is_confirmed', models.BooleanField(default=True, help_text='False: to be confirmed by the force.')),
            ],
            options={
                'ordering': ('circumstance', '-period'),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('circumstance', '='), ('period', '&&')], name='authority_rules_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='authority_rule_starts'), models.CheckConstraint(condition=models.Q(('authority__in', ['supervisor', 'disclosure_authority', 'chair', 'senior_officer'])), name='authority_rule_known')],
            },
        ),
        migrations.CreateModel(
            name='Power',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day on which it holds, up to and without the last.')),
                ('source', models.CharField(help_text='Where it is written.', max_length=200)),
                ('code', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('allows', models.TextField(help_text='What it is for, in plain words.')),
            ],
            options={
                'ordering': ('name', '-period'),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), ('period', '&&')], name='powers_do_not_overlap'), models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='power_starts'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='power_named')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reference', models.CharField(editable=False, max_length=16, unique=True)),
                ('content_hash', models.CharField(help_text='Of the decision, as it was approved.', max_length=64)),
                ('recipient', models.CharField(max_length=200)),
                ('channel', models.CharField(choices=[('online', "Through Vigil: the agency's system or browser"), ('paper', 'On paper'), ('spoken', 'Spoken')], max_length=10)),
                ('subject_name', models.CharField(help_text='Whom it is about, as the recipient reads it.', max_length=200)),
                ('contents', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('marking', models.CharField(max_length=200)),
                ('purpose', models.CharField(max_length=200)),
                ('powers', models.TextField(help_text='Under which powers, in words.')),
                ('handling', models.TextField()),
                ('must_not', models.TextField(blank=True)),
                ('expected_action', models.TextField(blank=True)),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('expires_on', models.DateField(help_text='The last day on which the recipient may see it.', null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('acknowledged_for', models.CharField(blank=True, help_text="The agency's own user, or who confirmed in person.", max_length=100)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdraw_reason', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('approval', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.approval')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(fields=['agency', '-id'], name='release_by_agency'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('channel', 'online'), _negated=True), models.Q(('agency__isnull', False), ('expires_on__isnull', False)), _connector='OR'), name='release_online_to_an_agency_until'),
                    models.CheckConstraint(condition=models.Q(models.Q(('withdraw_reason', ''), ('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdraw_reason', ''), _negated=True)), _connector='OR'), name='release_withdrawn_wholly'),
                    models.CheckConstraint(condition=models.Q(('handling', ''), _negated=True), name='release_says_how_to_handle'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('on_behalf_of', models.CharField(blank=True, max_length=100)),
                ('with_content', models.BooleanField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='sharing.release')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='AgencyAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('done_on', models.DateField()),
                ('text', models.TextField()),
                ('is_final', models.BooleanField(help_text='What was expected has been done.')),
                ('on_behalf_of', models.CharField(blank=True, max_length=100)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agency_actions', to='sharing.release')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='agency_action_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SharingDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reference', models.CharField(editable=False, max_length=16, unique=True)),
                ('template', models.CharField(choices=[('general', 'Share information'), ('carers_check', "Check of a carer for children's services"), ('parole_dossier', 'Dossier for the Parole Board'), ('dbs_referral', 'Referral to the Disclosure and Barring Service'), ('media', 'Identify a person to the media or the public')], default='general', max_length=20)),
                ('recipient_kind', models.CharField(blank=True, choices=[('agency', 'An agency that works with the force'), ('body', 'A school, an employer or another body'), ('person', 'A member of the public'), ('media', 'The media'), ('public', 'The general public')], max_length=10)),
                ('recipient', models.CharField(blank=True, help_text='The post or body; never the name of somebody at risk.', max_length=200)),
                ('purpose', models.CharField(blank=True, choices=[('manage_risk', 'Managing the risk that a person poses'), ('protect_child', 'Protecting a child'), ('protect_adult', 'Protecting an adult at risk'), ('prevent_crime', 'Preventing or detecting crime'), ('release_or_recall', 'Release, licence and recall'), ('barring', 'Barring from work with children or adults at risk'), ('housing', 'Safe housing')], max_length=20)),
                ('powers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('own_basis', models.TextField(blank=True, help_text='Why it is lawful without an agreement.')),
                ('channel', models.CharField(blank=True, choices=[('online', "Through Vigil: the agency's system or browser"), ('paper', 'On paper'), ('spoken', 'Spoken')], max_length=10)),
                ('handling', models.TextField(blank=True, help_text='How the recipient must keep it.')),
                ('must_not', models.TextField(blank=True, help_text='What the recipient must not do with it.')),
                ('expected_action', models.TextField(blank=True)),
                ('expires_on', models.DateField(blank=True, help_text='The last day on which the recipient may see it.', null=True)),
                ('review_on', models.DateField(blank=True, help_text='When a decision not to share is looked at again.', null=True)),
                ('choice', models.CharField(blank=True, choices=[('share', 'Share'), ('part', 'Share part'), ('do_not', 'Do not share')], max_length=10)),
                ('reasons', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waits for whoever decides'), ('approved', 'Approved'), ('refused', 'Refused'), ('ended', 'Ended')], default='draft', max_length=10)),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('authority', models.CharField(blank=True, choices=[('supervisor', 'A supervisor of the unit'), ('disclosure_authority', 'The disclosure authority, or an officer to whom it is delegated'), ('chair', 'The chair of the MAPP meeting, in its minutes'), ('senior_officer', 'A senior officer, with the press office')], help_text='Who decides, as computed when it was sent.', max_length=25)),
                ('drafted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('agreement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.agreement')),
                ('authority_rule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.authorityrule')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sharing_decisions', to='offenders.nominal')),
                ('recipient_section', models.ForeignKey(blank=True, help_text='Who it is, kept apart.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offenders.confidentialsection')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                "indexes": [
                    models.Index(fields=['nominal', '-id'], name='sharing_by_nominal'),
                    models.Index(condition=models.Q(('state', 'submitted')), fields=['authority', 'id'], name='sharing_to_decide'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'refused', 'ended'])), name='sharing_state_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'ended']), models.Q(('authority_rule__isnull', False), ('submitted_at__isnull', False), ('submitted_by__isnull', False), models.Q(('content_hash', ''), _negated=True), models.Q(('authority', ''), _negated=True), models.Q(('choice', ''), _negated=True), models.Q(('reasons', ''), _negated=True), models.Q(('recipient_kind', ''), _negated=True)), _connector='OR'), name='sharing_sealed_wholly'),
                    models.CheckConstraint(condition=models.Q(('recipient_kind', 'agency'), ('agency__isnull', True), _connector='OR'), name='sharing_agency_only_as_recipient'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'ended']), models.Q(('recipient_kind', 'agency'), _negated=True), ('agency__isnull', False), _connector='OR'), name='sharing_with_an_agency_names_it'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'ended']), ('choice', 'do_not'), ('agreement__isnull', False), models.Q(('own_basis', ''), _negated=True), _connector='OR'), name='sharing_has_a_basis'),
                ],
            },
        ),
        migrations.AddField(
            model_name='release',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='sharing.sharingdecision'),
        ),
        migrations.CreateModel(
            name='DecisionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.CharField(help_text='Which item of the record it is, in the words of sharing.reports.items.', max_length=100)),
                ('data_class', models.CharField(choices=[('identity', 'Identity and appearance'), ('risk', 'Risk, MAPPA and warnings'), ('offending', 'Offending and how it is done'), ('conditions', 'Licence, orders and notification'), ('whereabouts', 'Addresses, work, vehicles, telephones, online names'), ('plan', 'Risk management plan'), ('associates', 'Associates and people at risk'), ('events', 'Visits, contacts and travel'), ('documents', 'Documents'), ('intelligence', 'Released intelligence'), ('sensitive', 'Sensitive material'), ('confidential', 'Confidential sections')], max_length=20)),
                ('heading', models.CharField(max_length=100)),
                ('label', models.CharField(max_length=200)),
                ('passages', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('known', models.CharField(choices=[('not_known', 'They do not have it'), ('leave_out', 'They have it: leave it out'), ('mark', 'They have it: send it, marked as known')], default='not_known', max_length=10)),
                ('concerns_others', models.BooleanField(default=False, help_text='About a victim or somebody who gave information.')),
                ('gate_reason', models.CharField(blank=True, help_text='Why something sensitive or confidential must go.', max_length=500)),
                ('checked_at', models.DateTimeField(null=True)),
                ('checked_by', models.ForeignKey(help_text='The second person.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='sharing.sharingdecision')),
            ],
            options={
                'ordering': ('position', 'pk'),
                "constraints": [
                    models.UniqueConstraint(fields=('decision', 'key'), name='sharing_item_once'),
                    models.CheckConstraint(condition=models.Q(('checked_by', models.F('chosen_by')), _negated=True), name='sharing_item_checked_by_another'),
                    models.CheckConstraint(condition=models.Q(models.Q(('data_class__in', ['sensitive', 'confidential']), _negated=True), models.Q(('gate_reason', ''), _negated=True), _connector='OR'), name='sharing_item_passed_its_gate'),
                ],
            },
        ),
        migrations.AddField(
            model_name='approval',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='sharing.sharingdecision'),
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40)),
                ('verdict', models.CharField(blank=True, help_text='Yes, no, not applicable, or what the question offers.', max_length=20)),
                ('text', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(auto_now=True)),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='sharing.sharingdecision')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.UniqueConstraint(fields=('decision', 'code'), name='sharing_answered_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Advice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('supervisor', 'Supervisor'), ('legal', 'Legal services'), ('data_protection', 'Data protection'), ('agency', 'Another agency'), ('press_office', 'Press office'), ('other', 'Somebody else')], max_length=20)),
                ('from_whom', models.CharField(blank=True, help_text='Somebody outside: post and agency.', max_length=200)),
                ('question', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('given_on', models.DateField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('is_followed', models.BooleanField(null=True)),
                ('why_not', models.TextField(blank=True)),
                ('adviser', models.ForeignKey(blank=True, help_text='A colleague.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advice', to='sharing.sharingdecision')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('adviser__isnull', False), ('from_whom', '')), models.Q(('adviser__isnull', True), models.Q(('from_whom', ''), _negated=True)), _connector='OR'), name='sharing_advice_of_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('given_on__isnull', True), ('text', '')), models.Q(('given_on__isnull', False), models.Q(('text', ''), _negated=True)), _connector='OR'), name='sharing_advice_given_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AgencyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('release.sent', 'Something was shared'), ('release.withdrawn', 'Something shared was withdrawn'), ('release.ended', 'The time of something shared is over'), ('agreement.ended', 'An agreement is no longer in force'), ('agreement.begun', 'An agreement is in force'), ('request.answered', 'A request was answered'), ('request.refused', 'A request was refused'), ('request.question', 'More was asked about a request')], max_length=30)),
                ('subject', models.UUIDField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['agency', 'id'], name='agency_change_by_agency')],
            },
        ),
        migrations.CreateModel(
            name='AgencyContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(max_length=100)),
                ('person', models.CharField(blank=True, max_length=100)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('for_what', models.CharField(blank=True, help_text='Such as urgent matters, or breaches of data.', max_length=200)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='accounts.organisation')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'ordering': ('post', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('phone', ''), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR'), name='agency_contact_can_be_reached')],
            },
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('lapsed_at__isnull', True), models.Q(('verdict', 'returned'), _negated=True)), fields=('decision',), name='sharing_one_live_verdict'),
        ),
        migrations.RunSQL(REFERENCES, NO_REFERENCES),
        migrations.RunSQL(RULES, NO_RULES),
    ]
