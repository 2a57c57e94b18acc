"""Rules of the database for applications: the statements of 0001, forth and back."""

REFERENCES = """
CREATE SEQUENCE disclosure_application_reference AS bigint;
CREATE SEQUENCE disclosure_subject_request_reference AS bigint;
CREATE SEQUENCE disclosure_freedom_request_reference AS bigint;
CREATE SEQUENCE disclosure_prosecution_reference AS bigint;
"""
NO_REFERENCES = """
DROP SEQUENCE disclosure_prosecution_reference;
DROP SEQUENCE disclosure_freedom_request_reference;
DROP SEQUENCE disclosure_subject_request_reference;
DROP SEQUENCE disclosure_application_reference;
"""

# Who applied and who may be at risk, how to reach them and what they said: for whoever deals with the application, whoever took it until
# then, and whoever leads its unit. Never for whoever manages the person asked about, nor for somebody excluded from that record.
SEALED = ("disclosure_party", "disclosure_safecontact", "disclosure_interview")
SEEN = """
CREATE FUNCTION vigil_application(application bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM disclosure_application
        WHERE disclosure_application.id = application
        AND (
            officer_id = vigil_user()
            OR (taken_by_id = vigil_user() AND officer_id IS NULL AND state = 'first_contact')
            OR (vigil_has_role('supervisor') AND unit_id = (SELECT unit_id FROM accounts_user WHERE id = vigil_user()))
        )
        AND (
            nominal_id IS NULL
            OR nominal_id NOT IN (SELECT id FROM offenders_nominal WHERE offender_manager_id = vigil_user())
            AND nominal_id NOT IN (SELECT nominal_id FROM offenders_exclusion WHERE user_id = vigil_user() AND ended_at IS NULL)
        )
    )
$$;
"""
POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_seen ON {table} FOR SELECT USING (vigil_application(application_id));
CREATE POLICY {table}_added ON {table} FOR INSERT WITH CHECK (vigil_application(application_id));
CREATE POLICY {table}_changed ON {table} FOR UPDATE USING (vigil_application(application_id));
"""
NO_POLICY = """
DROP POLICY {table}_changed ON {table};
DROP POLICY {table}_added ON {table};
DROP POLICY {table}_seen ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
ROW_SECURITY = SEEN + "".join(POLICY.format(table=table) for table in SEALED)
NO_ROW_SECURITY = "".join(NO_POLICY.format(table=table) for table in SEALED) + "DROP FUNCTION vigil_application(bigint);"

# 0008: what agencies and the person asked about said, what was proposed and decided with which words, what is said to whom, and who is in
# danger stand there too. Whoever took an application also reads it while it is stopped before anybody deals with it.
SEALED_LATER = (
    "disclosure_safeguarding", "disclosure_forum", "disclosure_representations", "disclosure_schemedecision", "disclosure_schemedisclosure",
)  # fmt: skip
SEEN_STOPPED = SEEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "state = 'first_contact')", "'first_contact' IN (state, stood_at))"
)
KEEPER = "current_setting('vigil.keeper', true) = 'on'"  # functions that the schema's owner runs on somebody's behalf; nobody else can

# The managers of a record learn of a decision to tell somebody that it needs theirs, and since when; they let it point to theirs. Both
# functions check that the acting user may know of the record, and that its managers were told of the application.
SHARING = f"""
CREATE POLICY decision_kept_by_functions ON disclosure_schemedecision TO CURRENT_USER USING ({KEEPER}) WITH CHECK ({KEEPER});
CREATE POLICY disclosure_kept_by_functions ON disclosure_schemedisclosure FOR SELECT TO CURRENT_USER USING ({KEEPER});
CREATE FUNCTION vigil_waits_for_sharing(record bigint)
RETURNS TABLE (application bigint, decision bigint, decided_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF vigil_user() IS NULL OR NOT vigil_may_keep(vigil_user(), record) THEN
        RETURN;
    END IF;
    PERFORM set_config('vigil.keeper', 'on', true);
    RETURN QUERY
        SELECT decided.application_id, decided.id, decided.decided_at
        FROM disclosure_schemedecision decided
        JOIN disclosure_applicationmarker marker ON marker.application_id = decided.application_id AND marker.nominal_id = record
        JOIN disclosure_application asked ON asked.id = decided.application_id AND asked.state = 'decided'
        LEFT JOIN sharing_sharingdecision sharing ON sharing.id = decided.sharing_id
        LEFT JOIN disclosure_schemedisclosure telling ON telling.application_id = asked.id
        WHERE decided.verdict = 'disclose' AND decided.agreed AND decided.lapsed_at IS NULL AND telling.told_at IS NULL
        AND (sharing.id IS NULL OR sharing.state = 'ended')
        ORDER BY decided.id DESC;
    PERFORM set_config('vigil.keeper', '', true);
END $$;
CREATE FUNCTION vigil_link_sharing(wanted bigint, theirs bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM sharing_sharingdecision begun, vigil_waits_for_sharing(begun.nominal_id) waits
        WHERE begun.id = theirs AND waits.decision = wanted
    ) THEN
        RAISE EXCEPTION 'no such decision waits here' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('vigil.keeper', 'on', true);
    UPDATE disclosure_schemedecision SET sharing_id = theirs, version = version + 1 WHERE id = wanted;
    PERFORM set_config('vigil.keeper', '', true);
END $$;
REVOKE ALL ON FUNCTION vigil_waits_for_sharing(bigint), vigil_link_sharing(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vigil_waits_for_sharing(bigint), vigil_link_sharing(bigint, bigint) TO vigil_app;
"""
NO_SHARING = """
DROP FUNCTION vigil_link_sharing(bigint, bigint);
DROP FUNCTION vigil_waits_for_sharing(bigint);
DROP POLICY disclosure_kept_by_functions ON disclosure_schemedisclosure;
DROP POLICY decision_kept_by_functions ON disclosure_schemedecision;
"""
SEALED_TOO = SEEN_STOPPED + "".join(POLICY.format(table=table) for table in SEALED_LATER) + SHARING
NOT_SEALED_TOO = (
    NO_SHARING
    + "".join(NO_POLICY.format(table=table) for table in SEALED_LATER)
    + SEEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)

# Whoever writes the row: nobody is told, and nothing is answered, but on a decision of somebody else that stands.
RULES = """
CREATE FUNCTION refuse_undecided_telling() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decided disclosure_schemedecision;
    asked disclosure_application;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.told_at IS NOT NULL THEN
        RAISE EXCEPTION 'what was told stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_told_stays';
    END IF;
    IF NEW.told_at IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO decided FROM disclosure_schemedecision WHERE id = NEW.decision_id FOR SHARE;
    SELECT * INTO asked FROM disclosure_application WHERE id = NEW.application_id FOR SHARE;
    IF decided.id IS NULL OR decided.application_id <> NEW.application_id OR decided.verdict <> 'disclose'
        OR decided.agreed IS DISTINCT FROM true OR decided.lapsed_at IS NOT NULL OR asked.state <> 'decided' THEN
        RAISE EXCEPTION 'nobody is told without a decision' USING ERRCODE = 'check_violation', CONSTRAINT = 'telling_needs_a_decision';
    END IF;
    IF asked.nominal_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM sharing_release JOIN sharing_sharingdecision ON sharing_sharingdecision.id = sharing_release.decision_id
        WHERE sharing_release.id = NEW.release_id AND decision_id = decided.sharing_id AND withdrawn_at IS NULL
        AND sharing_sharingdecision.nominal_id = asked.nominal_id
    ) THEN
        RAISE EXCEPTION 'about a record nobody is told without its authority' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'telling_needs_an_authority';
    END IF;
    IF EXISTS (SELECT FROM disclosure_safeguarding WHERE application_id = NEW.application_id AND ended_at IS NULL) THEN
        RAISE EXCEPTION 'somebody is in danger' USING ERRCODE = 'check_violation', CONSTRAINT = 'telling_waits_for_safety';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER telling_needs_a_decision BEFORE INSERT OR UPDATE ON disclosure_schemedisclosure
    FOR EACH ROW EXECUTE FUNCTION refuse_undecided_telling();
CREATE FUNCTION refuse_changed_disclosure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - TG_ARGV[0]::text[] IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV[0]::text[] THEN
        RAISE EXCEPTION 'row % stays', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'what_was_decided_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scheme_decision_stays BEFORE UPDATE ON disclosure_schemedecision FOR EACH ROW
    WHEN (OLD.decided_at IS NOT NULL) EXECUTE FUNCTION refuse_changed_disclosure('{lapsed_at,version,sharing_id}');
CREATE TRIGGER neutral_answer_stays BEFORE UPDATE ON disclosure_neutralanswer FOR EACH ROW
    EXECUTE FUNCTION refuse_changed_disclosure('{}');
"""
NO_RULES = """
DROP TRIGGER neutral_answer_stays ON disclosure_neutralanswer;
DROP TRIGGER scheme_decision_stays ON disclosure_schemedecision;
DROP FUNCTION refuse_changed_disclosure();
DROP TRIGGER telling_needs_a_decision ON disclosure_schemedisclosure;
DROP FUNCTION refuse_undecided_telling();
"""
