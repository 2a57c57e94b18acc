"""Contents of the case file: addresses, belongings, occupations, people, conversations, marking."""
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

# A note of a conversation stays as it was written; it may move to another record when two records of one person become one.
CONTACTS_STAY = """
CREATE FUNCTION refuse_changed_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'nominal_id') IS DISTINCT FROM (to_jsonb(OLD) - 'nominal_id') THEN
        RAISE EXCEPTION 'contact % is not changed but corrected', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'contact_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contact_stays BEFORE UPDATE ON offenders_contact FOR EACH ROW EXECUTE FUNCTION refuse_changed_contact();
CREATE TRIGGER contact_correction_stays BEFORE UPDATE ON offenders_contactcorrection FOR EACH ROW EXECUTE FUNCTION refuse_changed_contact();
"""
CONTACTS_MAY_CHANGE = """
DROP TRIGGER contact_correction_stays ON offenders_contactcorrection;
DROP TRIGGER contact_stays ON offenders_contact;
DROP FUNCTION refuse_changed_contact();
"""


class Migration(migrations.Migration):
    dependencies = [("offenders", "0004_registration"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day included, last day excluded; open where a day is not known or not yet.')),
                ('source', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('verified_how', models.CharField(blank=True, choices=[('visit', 'Visit'), ('document', 'Document seen'), ('system', 'Found in another system'), ('agency', 'Told by an agency'), ('person', 'Told by the person only')], max_length=10)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('home', 'Home'), ('no_fixed', 'No fixed address'), ('approved', 'Approved premises'), ('bail', 'Bail address'), ('custody', 'In custody'), ('stays', 'Another place where the person stays'), ('work', 'Place of work'), ('away', 'Known to be away')], max_length=10)),
                ('is_main', models.BooleanField(default=False)),
                ('line_1', models.CharField(blank=True, max_length=100)),
                ('line_2', models.CharField(blank=True, max_length=100)),
                ('town', models.CharField(blank=True, max_length=60)),
                ('postcode', models.CharField(blank=True, max_length=8)),
                ('country', models.CharField(blank=True, max_length=60)),
                ('schools_near', models.TextField(blank=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='offenders.nominal')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'address',
                'ordering': ('-period', '-pk'),
                'abstract': False,
                "indexes": [
                    models.Index(condition=models.Q(('postcode', ''), _negated=True), fields=['postcode'], name='address_by_postcode'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='address_period_has_days'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verified_by__isnull', True), ('verified_how', ''), ('verified_on__isnull', True)), models.Q(('verified_by__isnull', False), ('verified_on__isnull', False), models.Q(('verified_how', ''), _negated=True)), _connector='OR'), name='address_verified_wholly'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_main', True)), expressions=[('nominal', '='), ('period', '&&')], name='main_addresses_do_not_overlap'),
                    models.CheckConstraint(condition=models.Q(('is_main', False), models.Q(('kind__in', ['approved', 'bail', 'custody', 'home', 'no_fixed']), ('period__startswith__isnull', False)), _connector='OR'), name='main_address_has_kind_and_start'),
                    models.CheckConstraint(condition=models.Q(models.Q(('line_1', ''), _negated=True), ('kind__in', ['away', 'no_fixed']), _connector='OR'), name='address_says_where'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Associate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day included, last day excluded; open where a day is not known or not yet.')),
                ('source', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('verified_how', models.CharField(blank=True, choices=[('visit', 'Visit'), ('document', 'Document seen'), ('system', 'Found in another system'), ('agency', 'Told by an agency'), ('person', 'Told by the person only')], max_length=10)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('partner', 'Partner'), ('former_partner', 'Former partner'), ('family', 'Family'), ('friend', 'Friend'), ('household', 'Lives at the same place'), ('co_offender', 'Offended together'), ('custody', 'Met in custody'), ('online', 'Met online'), ('other', 'Other')], max_length=15)),
                ('name', models.CharField(blank=True, max_length=150)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='associates', to='offenders.nominal')),
                ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='named_as_associate', to='offenders.nominal')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'associate',
                'ordering': ('-period', '-pk'),
                'abstract': False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='associate_period_has_days'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verified_by__isnull', True), ('verified_how', ''), ('verified_on__isnull', True)), models.Q(('verified_by__isnull', False), ('verified_on__isnull', False), models.Q(('verified_how', ''), _negated=True)), _connector='OR'), name='associate_verified_wholly'),
                    models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('other__isnull', False)), models.Q(('other__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='associate_is_record_or_name'),
                    models.CheckConstraint(condition=models.Q(('other__isnull', True), models.Q(('other', models.F('nominal')), _negated=True), _connector='OR'), name='associate_is_somebody_else'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField()),
                ('way', models.CharField(choices=[('telephone', 'Telephone'), ('in_person', 'In person'), ('video', 'Video call'), ('email', 'E-mail'), ('message', 'Message'), ('letter', 'Letter')], max_length=10)),
                ('party', models.CharField(choices=[('offender', 'The person themselves'), ('family', 'Family or household'), ('agency', 'Another agency'), ('police', 'Police'), ('employer', 'Employer or college'), ('public', 'Somebody else')], max_length=10)),
                ('with_whom', models.CharField(blank=True, max_length=150)),
                ('agency', models.CharField(blank=True, max_length=100)),
                ('reached_at', models.CharField(blank=True, help_text='Number or address by which they were reached.', max_length=100)),
                ('about', models.CharField(max_length=100)),
                ('said', models.TextField()),
                ('spoke_of_others', models.BooleanField(default=False, help_text='What was about others is left out: that is intelligence.')),
                ('follow_up', models.CharField(blank=True, max_length=200)),
                ('follow_up_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='offenders.nominal')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at', '-pk'),
                "indexes": [
                    models.Index(fields=['nominal', '-at', '-id'], name='contact_newest_first'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('said', ''), _negated=True), name='contact_says_something'),
                    models.CheckConstraint(condition=models.Q(models.Q(('follow_up', ''), ('follow_up_on__isnull', True)), models.Q(models.Q(('follow_up', ''), _negated=True), ('follow_up_on__isnull', False)), _connector='OR'), name='contact_follow_up_has_date'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ContactCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('is_outcome', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='offenders.contact')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_corrections', to='offenders.nominal')),
            ],
            options={
                'ordering': ('pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='contact_correction_says_something'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day included, last day excluded; open where a day is not known or not yet.')),
                ('source', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('verified_how', models.CharField(blank=True, choices=[('visit', 'Visit'), ('document', 'Document seen'), ('system', 'Found in another system'), ('agency', 'Told by an agency'), ('person', 'Told by the person only')], max_length=10)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('telephone', 'Mobile telephone'), ('computer', 'Computer'), ('tablet', 'Tablet'), ('console', 'Games console'), ('camera', 'Camera'), ('storage', 'Disk, stick or card'), ('other', 'Other')], max_length=10)),
                ('make', models.CharField(blank=True, max_length=60)),
                ('identifier', models.CharField(blank=True, max_length=60)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='offenders.nominal')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'device',
                'ordering': ('-period', '-pk'),
                'abstract': False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='device_period_has_days'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verified_by__isnull', True), ('verified_how', ''), ('verified_on__isnull', True)), models.Q(('verified_by__isnull', False), ('verified_on__isnull', False), models.Q(('verified_how', ''), _negated=True)), _connector='OR'), name='device_verified_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day included, last day excluded; open where a day is not known or not yet.')),
                ('source', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('verified_how', models.CharField(blank=True, choices=[('visit', 'Visit'), ('document', 'Document seen'), ('system', 'Found in another system'), ('agency', 'Told by an agency'), ('person', 'Told by the person only')], max_length=10)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('children', models.PositiveSmallIntegerField()),
                ('ages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('under_5', 'under 5'), ('from_5', '5 to 10'), ('from_11', '11 to 15'), ('from_16', '16 or 17'), ('adult', 'adult'), ('unknown', 'age not known')], max_length=10), default=list, size=None)),
                ('agency_told', models.CharField(blank=True, max_length=100)),
                ('told_on', models.DateField(blank=True, null=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='households', to='offenders.address')),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='households', to='offenders.nominal')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'household with children',
                'ordering': ('-period', '-pk'),
                'abstract': False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='household_period_has_days'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verified_by__isnull', True), ('verified_how', ''), ('verified_on__isnull', True)), models.Q(('verified_by__isnull', False), ('verified_on__isnull', False), models.Q(('verified_how', ''), _negated=True)), _connector='OR'), name='household_verified_wholly'),
                    models.CheckConstraint(condition=models.Q(('children__gte', 1), ('children__lte', 30)), name='household_has_children'),
                    models.CheckConstraint(condition=models.Q(('told_on__isnull', True), models.Q(('agency_told', ''), _negated=True), _connector='OR'), name='household_told_names_agency'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Marking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('reason', models.TextField()),
                ('set_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('level', models.CharField(choices=[('official', 'OFFICIAL'), ('official_sensitive', 'OFFICIAL – SENSITIVE')], max_length=20)),
                ('handling', models.CharField(blank=True, max_length=200)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='markings', to='offenders.nominal')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('nominal', '='), ('period', '&&')], name='markings_do_not_overlap'),
                    models.CheckConstraint(condition=models.Q(('level__in', ['official', 'official_sensitive'])), name='marking_level_known'),
                    models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='marking_period_starts'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Occupation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day included, last day excluded; open where a day is not known or not yet.')),
                ('source', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('verified_how', models.CharField(blank=True, choices=[('visit', 'Visit'), ('document', 'Document seen'), ('system', 'Found in another system'), ('agency', 'Told by an agency'), ('person', 'Told by the person only')], max_length=10)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('employed', 'Employed'), ('self_employed', 'Self-employed'), ('voluntary', 'Unpaid or voluntary'), ('education', 'Education or training'), ('leisure', 'Club, worship or other regular activity')], max_length=15)),
                ('organisation', models.CharField(max_length=100)),
                ('role', models.CharField(blank=True, max_length=100)),
                ('contact_with', models.CharField(choices=[('neither', 'Neither children nor adults at risk'), ('children', 'Children'), ('adults', 'Adults at risk'), ('both', 'Children and adults at risk'), ('unknown', 'Not known')], max_length=10)),
                ('told_on', models.DateField(blank=True, null=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupations', to='offenders.nominal')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'occupation',
                'ordering': ('-period', '-pk'),
                'abstract': False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='occupation_period_has_days'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verified_by__isnull', True), ('verified_how', ''), ('verified_on__isnull', True)), models.Q(('verified_by__isnull', False), ('verified_on__isnull', False), models.Q(('verified_how', ''), _negated=True)), _connector='OR'), name='occupation_verified_wholly'),
                    models.CheckConstraint(condition=models.Q(('organisation', ''), _negated=True), name='occupation_says_where'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OnlineIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day included, last day excluded; open where a day is not known or not yet.')),
                ('source', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('verified_how', models.CharField(blank=True, choices=[('visit', 'Visit'), ('document', 'Document seen'), ('system', 'Found in another system'), ('agency', 'Told by an agency'), ('person', 'Told by the person only')], max_length=10)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('email', 'E-mail'), ('social', 'Social network'), ('messaging', 'Messaging'), ('gaming', 'Games'), ('dating', 'Dating'), ('trading', 'Buying and selling'), ('other', 'Other')], max_length=10)),
                ('service', models.CharField(blank=True, max_length=60)),
                ('handle', models.CharField(max_length=150)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='online_identities', to='offenders.nominal')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'online identity',
                'ordering': ('-period', '-pk'),
                'abstract': False,
                "indexes": [
                    models.Index(django.db.models.functions.text.Lower('handle'), name='online_identity_by_name'),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='onlineidentity_period_has_days'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verified_by__isnull', True), ('verified_how', ''), ('verified_on__isnull', True)), models.Q(('verified_by__isnull', False), ('verified_on__isnull', False), models.Q(('verified_how', ''), _negated=True)), _connector='OR'), name='onlineidentity_verified_wholly'),
                    models.CheckConstraint(condition=models.Q(('handle', ''), _negated=True), name='online_identity_has_name'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProtectedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(help_text='First day included, last day excluded; open where a day is not known or not yet.')),
                ('source', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('verified_how', models.CharField(blank=True, choices=[('visit', 'Visit'), ('document', 'Document seen'), ('system', 'Found in another system'), ('agency', 'Told by an agency'), ('person', 'Told by the person only')], max_length=10)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('child', 'Child'), ('adult', 'Adult at risk')], max_length=10)),
                ('name', models.CharField(max_length=150)),
                ('relation', models.CharField(blank=True, max_length=100)),
                ('age', models.CharField(choices=[('under_5', 'under 5'), ('from_5', '5 to 10'), ('from_11', '11 to 15'), ('from_16', '16 or 17'), ('adult', 'adult'), ('unknown', 'age not known')], default='unknown', max_length=10)),
                ('whereabouts', models.CharField(blank=True, max_length=200)),
                ('protection', models.TextField(blank=True)),
                ('agency_told', models.CharField(blank=True, max_length=100)),
                ('told_on', models.DateField(blank=True, null=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='protected_people', to='offenders.nominal')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'child or adult at risk',
                'ordering': ('-period', '-pk'),
                'abstract': False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('period__isempty', False)), name='protectedperson_period_has_days'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verified_by__isnull', True), ('verified_how', ''), ('verified_on__isnull', True)), models.Q(('verified_by__isnull', False), ('verified_on__isnull', False), models.Q(('verified_how', ''), _negated=True)), _connector='OR'), name='protectedperson_verified_wholly'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='protected_person_has_name'),
                    models.CheckConstraint(condition=models.Q(('told_on__isnull', True), models.Q(('agency_told', ''), _negated=True), _connector='OR'), name='protected_person_told_names_agency'),
                    models.CheckConstraint(condition=models.Q(('age', 'adult'), ('kind', 'child'), _negated=True), name='protected_child_is_no_adult'),
                ],
            },
        ),
        migrations.RunSQL(CONTACTS_STAY, CONTACTS_MAY_CHANGE),
    ]
