"""Row security and functions of the database for what is kept apart: the statements of 0010, forth and back."""

POLICY = "current_setting('vigil.keeper', true) = 'on'"

# Earlier texts follow the section, under whose own policies the sub-select runs; they are added by its owner and never changed.
# The last policy is for functions that the schema's owner runs on somebody's behalf; nobody else can use it.
SECTIONS = f"""
ALTER TABLE offenders_sectionversion ENABLE ROW LEVEL SECURITY;
ALTER TABLE offenders_sectionversion FORCE ROW LEVEL SECURITY;
CREATE POLICY version_read_with_section ON offenders_sectionversion FOR SELECT USING (
    section_id IN (SELECT id FROM offenders_confidentialsection)
);
CREATE POLICY version_added_by_owner ON offenders_sectionversion FOR INSERT WITH CHECK (
    changed_by_id = (SELECT vigil_user())
    AND section_id IN (SELECT id FROM offenders_confidentialsection WHERE owner_id = (SELECT vigil_user()))
);
CREATE POLICY section_kept_by_functions ON offenders_confidentialsection TO CURRENT_USER USING ({POLICY}) WITH CHECK ({POLICY});
"""
NO_SECTIONS = """
DROP POLICY section_kept_by_functions ON offenders_confidentialsection;
DROP POLICY version_added_by_owner ON offenders_sectionversion;
DROP POLICY version_read_with_section ON offenders_sectionversion;
ALTER TABLE offenders_sectionversion NO FORCE ROW LEVEL SECURITY;
ALTER TABLE offenders_sectionversion DISABLE ROW LEVEL SECURITY;
"""

# What nobody may read can still change hands, be counted as "some or none", or be told to its owner. Each checks the acting user itself.
FUNCTIONS = """
CREATE FUNCTION vigil_may_keep(person bigint, record bigint) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_user taker JOIN offenders_nominal record_row ON record_row.id = record
        WHERE taker.id = person AND taker.is_active AND taker.organisation_id = record_row.force_id
        AND (NOT record_row.is_restricted OR taker.unit_id = record_row.unit_id)
        AND NOT EXISTS (
            SELECT FROM offenders_exclusion WHERE user_id = person AND nominal_id = record AND ended_at IS NULL
        )
    )
$$;
CREATE FUNCTION vigil_pass_on_section(section uuid, taker bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('vigil.keeper', 'on', true);
    UPDATE offenders_confidentialsection SET owner_id = taker, version = version + 1
    WHERE public_id = section AND owner_id = vigil_user() AND closed_at IS NULL AND vigil_may_keep(taker, nominal_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this section cannot be passed on to this person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM offenders_sectionusergrant WHERE user_id = taker AND content_object_id IN (
        SELECT id FROM offenders_confidentialsection WHERE public_id = section
    );
    PERFORM set_config('vigil.keeper', '', true);
END $$;
CREATE FUNCTION vigil_pass_on_of_leaver(leaver bigint, taker bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('vigil.keeper', 'on', true);
    IF taker IN (leaver, vigil_user()) OR leaver = vigil_user() OR NOT EXISTS (
        SELECT FROM accounts_user actor JOIN accounts_user person ON person.id = leaver AND person.unit_id = actor.unit_id
        JOIN accounts_user_groups held ON held.user_id = actor.id JOIN auth_group ON auth_group.id = held.group_id
        WHERE actor.id = vigil_user() AND actor.is_active AND auth_group.name = 'supervisor'
    ) OR EXISTS (SELECT FROM offenders_nominal WHERE offender_manager_id = leaver) OR EXISTS (
        SELECT FROM offenders_confidentialsection
        WHERE owner_id = leaver AND closed_at IS NULL AND NOT vigil_may_keep(taker, nominal_id)
    ) THEN
        RAISE EXCEPTION 'this cannot be passed on so' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM offenders_sectionusergrant WHERE user_id = taker AND content_object_id IN (
        SELECT id FROM offenders_confidentialsection WHERE owner_id = leaver AND closed_at IS NULL
    );
    UPDATE offenders_confidentialsection SET owner_id = taker, version = version + 1 WHERE owner_id = leaver AND closed_at IS NULL;
    PERFORM set_config('vigil.keeper', '', true);
END $$;
CREATE FUNCTION vigil_keeps_apart(person bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found_any boolean;
BEGIN
    PERFORM set_config('vigil.keeper', 'on', true);
    found_any := EXISTS (SELECT FROM offenders_confidentialsection WHERE owner_id = person AND closed_at IS NULL);
    PERFORM set_config('vigil.keeper', '', true);
    RETURN found_any;
END $$;
CREATE FUNCTION vigil_owners_of_fingerprints(record bigint, digests bytea[]) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('vigil.keeper', 'on', true);
    RETURN QUERY SELECT DISTINCT owner_id FROM offenders_confidentialsection WHERE id IN (
        SELECT section_id FROM offenders_sectionfingerprint WHERE nominal_id = record AND digest = ANY(digests)
    );
    PERFORM set_config('vigil.keeper', '', true);
END $$;
REVOKE ALL ON FUNCTION vigil_pass_on_section(uuid, bigint), vigil_pass_on_of_leaver(bigint, bigint), vigil_keeps_apart(bigint),
    vigil_owners_of_fingerprints(bigint, bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vigil_pass_on_section(uuid, bigint), vigil_pass_on_of_leaver(bigint, bigint), vigil_keeps_apart(bigint),
    vigil_owners_of_fingerprints(bigint, bytea[]) TO vigil_app;
"""
NO_FUNCTIONS = """
DROP FUNCTION vigil_owners_of_fingerprints(bigint, bytea[]);
DROP FUNCTION vigil_keeps_apart(bigint);
DROP FUNCTION vigil_pass_on_of_leaver(bigint, bigint);
DROP FUNCTION vigil_pass_on_section(uuid, bigint);
DROP FUNCTION vigil_may_keep(bigint, bigint);
"""

# Tier 3: the managing officer, the unit's supervisors, and whoever holds a grant; an exclusion wins.
SENSITIVE = """
CREATE FUNCTION vigil_has_role(role text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM accounts_user JOIN accounts_user_groups ON accounts_user_groups.user_id = accounts_user.id
        JOIN auth_group ON auth_group.id = accounts_user_groups.group_id
        WHERE accounts_user.id = vigil_user() AND accounts_user.is_active AND auth_group.name = role
    )
$$;
CREATE FUNCTION vigil_sensitive_nominals() RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM offenders_nominal
    WHERE offender_manager_id = vigil_user() AND (vigil_has_role('offender_manager') OR vigil_has_role('supervisor'))
    UNION
    SELECT offenders_nominal.id FROM offenders_nominal JOIN accounts_user ON accounts_user.unit_id = offenders_nominal.unit_id
    WHERE accounts_user.id = vigil_user() AND vigil_has_role('supervisor')
    UNION
    SELECT content_object_id FROM offenders_nominalusergrant JOIN auth_permission ON auth_permission.id = permission_id
    WHERE user_id = vigil_user() AND codename = 'view_sensitive' AND expires_at > now()
    UNION
    SELECT content_object_id FROM offenders_nominalgroupgrant JOIN auth_permission ON auth_permission.id = permission_id
    JOIN accounts_user_groups ON accounts_user_groups.group_id = offenders_nominalgroupgrant.group_id
    WHERE accounts_user_groups.user_id = vigil_user() AND codename = 'view_sensitive' AND expires_at > now()
    EXCEPT
    SELECT nominal_id FROM offenders_exclusion WHERE user_id = vigil_user() AND ended_at IS NULL
$$;
ALTER TABLE offenders_sensitiveitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE offenders_sensitiveitem FORCE ROW LEVEL SECURITY;
CREATE POLICY sensitive_read ON offenders_sensitiveitem FOR SELECT USING (nominal_id IN (SELECT vigil_sensitive_nominals()));
CREATE POLICY sensitive_added ON offenders_sensitiveitem FOR INSERT WITH CHECK (
    added_by_id = (SELECT vigil_user()) AND nominal_id IN (SELECT vigil_sensitive_nominals())
);
CREATE POLICY sensitive_changed ON offenders_sensitiveitem FOR UPDATE USING (nominal_id IN (SELECT vigil_sensitive_nominals()));
"""
NO_SENSITIVE = """
DROP POLICY sensitive_changed ON offenders_sensitiveitem;
DROP POLICY sensitive_added ON offenders_sensitiveitem;
DROP POLICY sensitive_read ON offenders_sensitiveitem;
ALTER TABLE offenders_sensitiveitem NO FORCE ROW LEVEL SECURITY;
ALTER TABLE offenders_sensitiveitem DISABLE ROW LEVEL SECURITY;
DROP FUNCTION vigil_sensitive_nominals();
DROP FUNCTION vigil_has_role(text);
"""
