"""What the tables themselves refuse: gaps between MAPPA periods, units of another force, confidential rows for strangers."""
from django.db import migrations

REFERENCES = "CREATE SEQUENCE offenders_reference AS bigint"

UNIT_OF_ITS_FORCE = """
ALTER TABLE accounts_unit ADD CONSTRAINT unit_with_organisation UNIQUE (id, organisation_id);
ALTER TABLE offenders_nominal ADD CONSTRAINT nominal_unit_of_its_force
    FOREIGN KEY (unit_id, force_id) REFERENCES accounts_unit (id, organisation_id);
"""
NOT_UNIT_OF_ITS_FORCE = """
ALTER TABLE offenders_nominal DROP CONSTRAINT nominal_unit_of_its_force;
ALTER TABLE accounts_unit DROP CONSTRAINT unit_with_organisation;
"""

NO_GAP = """
CREATE FUNCTION check_mappa_periods_leave_no_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject bigint := COALESCE(NEW.nominal_id, OLD.nominal_id);
BEGIN
    IF (SELECT count(*) FROM unnest((SELECT range_agg(period) FROM offenders_mappaperiod WHERE nominal_id = subject))) > 1 THEN
        RAISE EXCEPTION 'MAPPA periods of nominal % leave a gap', subject
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mappa_periods_leave_no_gap';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER mappa_periods_leave_no_gap AFTER INSERT OR UPDATE OR DELETE ON offenders_mappaperiod
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_mappa_periods_leave_no_gap();
"""
GAP = """
DROP TRIGGER mappa_periods_leave_no_gap ON offenders_mappaperiod;
DROP FUNCTION check_mappa_periods_leave_no_gap();
"""

# The sub-selects run once for each query. Unset setting: no user, no row.
ROW_SECURITY = """
CREATE FUNCTION vigil_user() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT NULLIF(current_setting('vigil.user_id', true), '')::bigint $$;
ALTER TABLE offenders_confidentialsection ENABLE ROW LEVEL SECURITY;
ALTER TABLE offenders_confidentialsection FORCE ROW LEVEL SECURITY;
CREATE POLICY section_read_by_named_people ON offenders_confidentialsection FOR SELECT USING (
    (
        owner_id = (SELECT vigil_user())
        OR id IN (
            SELECT content_object_id FROM offenders_sectionusergrant
            WHERE user_id = (SELECT vigil_user()) AND expires_at > now()
        )
        OR nominal_id IN (
            SELECT nominal_id FROM offenders_breakglass WHERE user_id = (SELECT vigil_user()) AND expires_at > now()
        )
    )
    AND nominal_id NOT IN (
        SELECT nominal_id FROM offenders_exclusion WHERE user_id = (SELECT vigil_user()) AND ended_at IS NULL
    )
);
CREATE POLICY section_added_by_owner ON offenders_confidentialsection FOR INSERT WITH CHECK (owner_id = (SELECT vigil_user()));
CREATE POLICY section_changed_by_owner ON offenders_confidentialsection FOR UPDATE USING (owner_id = (SELECT vigil_user()));
CREATE POLICY section_removed_by_owner ON offenders_confidentialsection FOR DELETE USING (owner_id = (SELECT vigil_user()));
"""
NO_ROW_SECURITY = """
DROP POLICY section_removed_by_owner ON offenders_confidentialsection;
DROP POLICY section_changed_by_owner ON offenders_confidentialsection;
DROP POLICY section_added_by_owner ON offenders_confidentialsection;
DROP POLICY section_read_by_named_people ON offenders_confidentialsection;
ALTER TABLE offenders_confidentialsection NO FORCE ROW LEVEL SECURITY;
ALTER TABLE offenders_confidentialsection DISABLE ROW LEVEL SECURITY;
DROP FUNCTION vigil_user();
"""


class Migration(migrations.Migration):
    dependencies = [("offenders", "0001_initial"), ("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(REFERENCES, "DROP SEQUENCE offenders_reference"),
        migrations.RunSQL(UNIT_OF_ITS_FORCE, NOT_UNIT_OF_ITS_FORCE),
        migrations.RunSQL(NO_GAP, GAP),
        migrations.RunSQL(ROW_SECURITY, NO_ROW_SECURITY),
    ]
