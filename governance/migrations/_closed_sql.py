"""Nobody's own tables stand in for those that row security looks into; nobody calls what acts as the owner: statements of 0007."""

# As 0005 did for rules that are triggers: temporary tables are found before ours, and everybody may make them.
FIXED_PATH = """
DO $$
DECLARE
    rule regprocedure;
BEGIN
    FOR rule IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = current_user
            AND provolatile <> 'i' AND oid <> 'vigil_user()'::regprocedure
            AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path%'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', rule);
    END LOOP;
END $$;
"""

# A trigger runs it without asking who may call it, so that its own tables keep their facts; on a table of somebody else nobody sets it.
NOT_FOR_EVERYBODY = "REVOKE EXECUTE ON FUNCTION governance_keep_fact() FROM PUBLIC;"
FOR_EVERYBODY = "GRANT EXECUTE ON FUNCTION governance_keep_fact() TO PUBLIC;"

# An exclusion wins over all that an owner may do, not over reading alone: whoever asks for no column is not asked whether they may read.
KNOWN = """nominal_id NOT IN (SELECT nominal_id FROM offenders_exclusion WHERE user_id = (SELECT vigil_user()) AND ended_at IS NULL)"""
OWNED = "owner_id = (SELECT vigil_user())"
ANSWERED = """(
    state <> 'draft' AND (SELECT vigil_has_role('intelligence'))
    AND unit_id = (SELECT unit_id FROM accounts_user WHERE id = (SELECT vigil_user()))
)"""
POLICIES = """
ALTER POLICY section_added_by_owner ON offenders_confidentialsection WITH CHECK ({owned});
ALTER POLICY section_changed_by_owner ON offenders_confidentialsection USING ({owned});
ALTER POLICY section_removed_by_owner ON offenders_confidentialsection USING ({owned});
ALTER POLICY covert_added_by_owner ON intelligence_covertreferral WITH CHECK ({owned});
ALTER POLICY covert_changed ON intelligence_covertreferral USING ({changed});
"""
EXCLUSION_WINS = POLICIES.format(owned=f"{OWNED} AND {KNOWN}", changed=f"({OWNED} OR {ANSWERED}) AND {KNOWN}")
EXCLUSION_FROM_READING = POLICIES.format(owned=OWNED, changed=f"{OWNED} OR {ANSWERED}")
