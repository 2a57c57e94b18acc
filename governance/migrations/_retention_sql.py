"""Rules of the database for disposal: the statements of 0002, forth and back.

A certificate opens its transaction for the rows of its records, and for nothing else; there is no other way for a record to go.
"""

# Rows of which tables are behind row security, and which of them belong to the records that go.
OF_RECORD = "nominal_id = ANY ((SELECT vigil_disposing())::bigint[])"
OF_APPLICATION = f"application_id IN (SELECT id FROM disclosure_application WHERE {OF_RECORD})"
IN_DISPOSAL = "cardinality((SELECT vigil_disposing())::bigint[]) > 0"
BEHIND_ROW_SECURITY = {
    "offenders_confidentialsection": OF_RECORD,
    "offenders_sectionversion": f"section_id IN (SELECT id FROM offenders_confidentialsection WHERE {OF_RECORD})",
    "offenders_sensitiveitem": OF_RECORD,
    "intelligence_covertreferral": OF_RECORD,
    "intelligence_informationgiver": IN_DISPOSAL,  # of reports about several people, only the collected ones go
    "intelligence_sourcereview": IN_DISPOSAL,
    "disclosure_party": OF_APPLICATION,
    "disclosure_safecontact": OF_APPLICATION,
    "disclosure_interview": OF_APPLICATION,
    "disclosure_safeguarding": OF_APPLICATION,
    "disclosure_forum": OF_APPLICATION,
    "disclosure_representations": OF_APPLICATION,
    "disclosure_schemedecision": OF_APPLICATION,
    "disclosure_schemedisclosure": OF_APPLICATION,
}
# Rows that go only by a rule of their own go with their record too: table, trigger, function.
LET_GO = (
    ("disclosure_bundle", "seal_undone_by_somebody", "refuse_undone_seal"),
    ("disclosure_undoneseal", "undone_seal_is_kept", "refuse_forgotten_undoing"),
)


def kept(when: str) -> str:
    """Return the statements that make these triggers anew, under a condition."""
    return "".join(
        f"DROP TRIGGER {name} ON {table};\n"
        f"CREATE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {function}();\n"
        for table, name, function in LET_GO
    )


RULES = """
CREATE FUNCTION vigil_disposing() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT keys FROM governance_disposal WHERE transaction = pg_current_xact_id_if_assigned()::text::bigint), '{}'::bigint[]
    )
$$;

CREATE FUNCTION refuse_undecided_disposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'certificate % stays', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_stays';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.keys = vigil_disposing() AND (NEW.transaction IS NULL OR NEW.transaction = OLD.transaction)
            AND to_jsonb(NEW) - '{removed,detached,trail,transaction}'::text[]
                = to_jsonb(OLD) - '{removed,detached,trail,transaction}'::text[]
            OR to_jsonb(NEW) - 'listed_at' = to_jsonb(OLD) - 'listed_at' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'certificate % stays', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_stays';
    END IF;
    IF EXISTS (SELECT FROM governance_legalhold WHERE nominal_id = ANY(NEW.keys) AND lifted_at IS NULL) THEN
        RAISE EXCEPTION 'the record is held' USING ERRCODE = 'check_violation', CONSTRAINT = 'no_disposal_under_hold';
    END IF;
    IF EXISTS (SELECT FROM offenders_nominal WHERE merged_into_id = ANY(NEW.keys) AND id <> ALL(NEW.keys)) THEN
        RAISE EXCEPTION 'merged records go together' USING ERRCODE = 'check_violation', CONSTRAINT = 'disposal_of_whole_records';
    END IF;
    IF NEW.is_reapplied THEN
        IF current_user <> (SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'governance_disposal') THEN
            RAISE EXCEPTION 'disposals are applied again by an operator' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'disposal_reapplied_by_operator';
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM governance_retentionreview WHERE nominal_id = ANY(NEW.keys) AND state = 'approved' AND decision = 'dispose'
        AND (proposed_by_id, proposed_at, approved_by_id, approved_at)
            = (NEW.decided_by_id, NEW.decided_at, NEW.approved_by_id, NEW.approved_at)
    ) THEN
        RAISE EXCEPTION 'no record goes without a decision' USING ERRCODE = 'check_violation', CONSTRAINT = 'disposal_needs_a_decision';
    END IF;
    NEW.transaction := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER disposal_needs_a_decision BEFORE INSERT OR UPDATE OR DELETE ON governance_disposal
    FOR EACH ROW EXECUTE FUNCTION refuse_undecided_disposal();

CREATE FUNCTION refuse_deleted_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.id <> ALL(vigil_disposing()) THEN
        RAISE EXCEPTION 'record % goes by disposal only', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'record_goes_by_disposal';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER record_goes_by_disposal BEFORE DELETE ON offenders_nominal FOR EACH ROW EXECUTE FUNCTION refuse_deleted_record();

CREATE FUNCTION refuse_removed_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.lifted_at IS NULL OR OLD.nominal_id <> ALL(vigil_disposing()) THEN
        RAISE EXCEPTION 'hold % is lifted, not removed', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'hold_is_lifted';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER hold_is_lifted BEFORE DELETE ON governance_legalhold FOR EACH ROW EXECUTE FUNCTION refuse_removed_hold();

CREATE FUNCTION refuse_changed_file_of_disposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'removed_at' IS DISTINCT FROM to_jsonb(OLD) - 'removed_at' THEN
        RAISE EXCEPTION 'certificate of file % stays', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificate_stays BEFORE UPDATE OR DELETE ON governance_disposedfile
    FOR EACH ROW EXECUTE FUNCTION refuse_changed_file_of_disposal();
""" + "".join(
    f"CREATE POLICY disposed_of ON {table} USING ({which}) WITH CHECK (false);\n" for table, which in BEHIND_ROW_SECURITY.items()
) + kept("WHEN (cardinality(vigil_disposing()) = 0)")
NO_RULES = kept("") + "".join(f"DROP POLICY disposed_of ON {table};\n" for table in BEHIND_ROW_SECURITY) + """
DROP TRIGGER certificate_stays ON governance_disposedfile;
DROP FUNCTION refuse_changed_file_of_disposal();
DROP TRIGGER hold_is_lifted ON governance_legalhold;
DROP FUNCTION refuse_removed_hold();
DROP TRIGGER record_goes_by_disposal ON offenders_nominal;
DROP FUNCTION refuse_deleted_record();
DROP TRIGGER disposal_needs_a_decision ON governance_disposal;
DROP FUNCTION refuse_undecided_disposal();
DROP FUNCTION vigil_disposing();
"""
