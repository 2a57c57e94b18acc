"""Two records of one person can become one, and two again."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


# Sensitive items go with their record though whoever merges may not read them all: only between a record and the one it was merged into,
# and only for somebody who leads one of the two.
MOVE_SENSITIVE = """
CREATE POLICY sensitive_kept_by_functions ON offenders_sensitiveitem TO CURRENT_USER
    USING (current_setting('vigil.keeper', true) = 'on') WITH CHECK (current_setting('vigil.keeper', true) = 'on');
CREATE FUNCTION vigil_move_sensitive(origin bigint, target bigint, items bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT vigil_has_role('supervisor') OR NOT EXISTS (
        SELECT FROM offenders_nominal merged JOIN offenders_nominal survivor ON survivor.id = merged.merged_into_id
        JOIN accounts_user actor ON actor.id = vigil_user()
        WHERE (merged.id, survivor.id) IN ((origin, target), (target, origin)) AND (
            actor.unit_id IN (merged.unit_id, survivor.unit_id) OR actor.id IN (merged.offender_manager_id, survivor.offender_manager_id)
        )
    ) THEN
        RAISE EXCEPTION 'these items cannot be moved so' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('vigil.keeper', 'on', true);
    RETURN QUERY UPDATE offenders_sensitiveitem SET nominal_id = target
        WHERE nominal_id = origin AND (items IS NULL OR id = ANY(items)) RETURNING id;
    PERFORM set_config('vigil.keeper', '', true);
END $$;
REVOKE ALL ON FUNCTION vigil_move_sensitive(bigint, bigint, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vigil_move_sensitive(bigint, bigint, bigint[]) TO vigil_app;
"""
LEAVE_SENSITIVE = """
DROP FUNCTION vigil_move_sensitive(bigint, bigint, bigint[]);
DROP POLICY sensitive_kept_by_functions ON offenders_sensitiveitem;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_api_clients'),
        ('offenders', '0013_vehicles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('offered', 'Waits for the other side'), ('merged', 'Merged'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('undone', 'Undone')], max_length=10)),
                ('reason', models.CharField(max_length=500)),
                ('choices', models.JSONField(default=dict, help_text='By table: whose rows stay where those of both records cannot stand together.')),
                ('marks', models.JSONField(default=dict, help_text='By table: the highest key at the merge; what is higher was added afterwards.')),
                ('offered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_reason', models.CharField(blank=True, max_length=500)),
                ('needs_agreement', models.BooleanField(default=False)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undo_reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ('-pk',),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='merge_decided_wholly'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MergedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(help_text='The label of its model.', max_length=60)),
                ('row', models.BigIntegerField()),
                ('column', models.CharField(blank=True, help_text='Which column named the record; empty where it stays with the same one.', max_length=40)),
                ('changes', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='By column: before and after.')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddField(
            model_name='nominal',
            name='merged_into',
            field=models.ForeignKey(editable=False, help_text='The record of the same person that stands instead of this one.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_records', to='offenders.nominal'),
        ),
        migrations.AddConstraint(
            model_name='nominal',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='nominal_not_merged_into_itself'),
        ),
        migrations.AddField(
            model_name='merge',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_as_merged', to='offenders.nominal'),
        ),
        migrations.AddField(
            model_name='merge',
            name='offered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='survivor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_as_survivor', to='offenders.nominal'),
        ),
        migrations.AddField(
            model_name='merge',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mergedrow',
            name='merge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='offenders.merge'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['offered', 'merged'])), fields=('merged',), name='merge_one_standing_of_a_record'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('survivor', models.F('merged')), _negated=True), name='merge_of_two_records'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'merged', 'refused', 'withdrawn', 'undone'])), name='merge_state_known'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('needs_agreement', False), models.Q(('state__in', ['merged', 'undone']), _negated=True), models.Q(('decided_by', models.F('offered_by')), _negated=True), _connector='OR'), name='merge_agreed_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False), models.Q(('undo_reason', ''), _negated=True)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undo_reason', ''), ('undone_at__isnull', True), ('undone_by__isnull', True)), _connector='OR'), name='merge_undone_wholly'),
        ),
        migrations.AddConstraint(
            model_name='mergedrow',
            constraint=models.UniqueConstraint(fields=('merge', 'table', 'row'), name='merged_row_once_in_a_merge'),
        ),
        migrations.RunSQL(MOVE_SENSITIVE, LEAVE_SENSITIVE),
    ]
