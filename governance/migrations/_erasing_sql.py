"""The log forgets for a disposal that is open in this very transaction, and nobody's own tables stand in for ours: statements of 0005."""

REQUIRE = """
CREATE OR REPLACE FUNCTION require_disposing(record bigint, of_disposal uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM governance_disposal
        WHERE transaction = pg_current_xact_id_if_assigned()::text::bigint AND public_id = of_disposal
            AND (record IS NULL OR record = ANY(keys))
    ) THEN
        RAISE EXCEPTION 'the log forgets for a disposal only' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;
"""
REFUSE = """
CREATE OR REPLACE FUNCTION require_disposing(record bigint, of_disposal uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the log forgets for a disposal only' USING ERRCODE = 'insufficient_privilege';
END $$;
"""

# A decision about one record opens that record and those merged into it, and no other.
OF_ONE_RECORD = """
CREATE FUNCTION refuse_several_records() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT NEW.is_reapplied AND (
        SELECT count(*) FROM unnest(NEW.keys) AS key
        WHERE NOT EXISTS (SELECT FROM offenders_nominal WHERE id = key AND merged_into_id = ANY(NEW.keys))
    ) <> 1 THEN
        RAISE EXCEPTION 'one record goes at a time' USING ERRCODE = 'check_violation', CONSTRAINT = 'disposal_of_one_record';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER disposal_of_one_record BEFORE INSERT ON governance_disposal FOR EACH ROW EXECUTE FUNCTION refuse_several_records();
"""
OF_SEVERAL_RECORDS = """
DROP TRIGGER disposal_of_one_record ON governance_disposal;
DROP FUNCTION refuse_several_records();
"""

# Temporary tables are found before ours, and everybody may make them: a rule that looks into a table names where it looks.
FIXED_PATH = """
DO $$
DECLARE
    rule regprocedure;
BEGIN
    FOR rule IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = current_user
            AND (prorettype = 'trigger'::regtype OR oid = 'vigil_disposing()'::regprocedure)
            AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path%'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', rule);
    END LOOP;
END $$;
"""
