"""The ledger of facts: the statements of 0003, forth and back."""

# The lock that whoever writes a fact shares until the end of the transaction: who holds it alone knows that nobody is writing one.
LEDGER = 7310052

# Source: table, the column with the key of the record, the column that tells when the row was added, and what is kept of it.
SOURCES = {
    "nominal": ("offenders_nominal", "id", "created_at", ("force_id", "merged_into_id", "registration")),
    "mappa": ("offenders_mappaperiod", "nominal_id", "set_at", ("category", "level", "period")),
    "custody": ("offenders_custody", "nominal_id", "recorded_at", ("kind", "period")),
    "recall": ("offenders_recall", "nominal_id", "recorded_at", ("state", "kind", "returned_at")),
    "registration": ("offenders_registrationperiod", "nominal_id", "reckoned_at", ("period", "withdrawn_at")),
    "review": ("offenders_registrationreview", "nominal_id", "recorded_at", ("state", "decided_on", "appeal_decided_on")),
    "order": ("offenders_courtorder", "nominal_id", "recorded_at", ("kind", "made_on")),
    "breach": ("offenders_breach", "nominal_id", "recorded_at", ("of", "order_id", "discovered_on")),
    "breach_step": ("offenders_breachstep", "nominal_id", "recorded_at", ("breach_id", "state", "on")),
    "charge": ("governance_furthercharge", "nominal_id", "recorded_at", ("kind", "charged_on", "withdrawn_on")),
    "action": ("actions_action", "nominal", "raised_at", ("kind", "rule_code", "late_from", "state", "closed_at")),
}

KEEP = f"""
CREATE FUNCTION governance_kept(whole jsonb, names text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE
    AS $$ SELECT jsonb_object_agg(name, whole -> name) FROM unnest(names) AS name $$;

-- Arguments: the source, the column with the key of the record, and the columns that are kept. It writes as its owner: nobody else may.
CREATE FUNCTION governance_keep_fact() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    stands jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    kept jsonb := governance_kept(stands, TG_ARGV[2:]);
BEGIN
    IF TG_OP = 'UPDATE' AND was -> TG_ARGV[1] IS NOT DISTINCT FROM stands -> TG_ARGV[1]
        AND was -> 'force_id' IS NOT DISTINCT FROM stands -> 'force_id' AND governance_kept(was, TG_ARGV[2:]) = kept THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock_shared({LEDGER});
    INSERT INTO governance_fact (source, "row", nominal, force, recorded_at, began_at, is_removed, "values")
    VALUES (
        TG_ARGV[0], (coalesce(stands, was) ->> 'id')::bigint, (coalesce(stands, was) ->> TG_ARGV[1])::bigint,
        (coalesce(stands, was) ->> 'force_id')::bigint, clock_timestamp(), now(), stands IS NULL,
        coalesce(kept, '{{}}')
    );
    RETURN NULL;
END $$;

CREATE FUNCTION refuse_change_of_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER fact_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON governance_fact
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_figures();
CREATE TRIGGER closed_year_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON governance_closedyear
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_figures();
REVOKE INSERT, UPDATE, DELETE ON governance_fact FROM vigil_app;
REVOKE UPDATE, DELETE ON governance_closedyear FROM vigil_app;
"""


def watch(source: str) -> str:
    """Return what lets a table write its facts, and writes those of the rows that stand."""
    table, record, added, kept = SOURCES[source]
    force = "force_id" if source in {"nominal", "action"} else "NULL::bigint"
    values = ", ".join(f"'{name}', to_jsonb({table}) -> '{name}'" for name in kept)
    return f"""
    CREATE TRIGGER keep_fact AFTER INSERT OR UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION governance_keep_fact('{source}', '{record}', {", ".join(f"'{name}'" for name in kept)});
    INSERT INTO governance_fact (source, "row", nominal, force, recorded_at, began_at, is_removed, "values")
        SELECT '{source}', id, {record}, {force}, {added}, {added}, false, jsonb_build_object({values}) FROM {table} ORDER BY id;
    """


FORWARD = KEEP + "".join(watch(source) for source in SOURCES)
BACKWARD = "".join(f"DROP TRIGGER keep_fact ON {table};" for table, *_ in SOURCES.values()) + """
DROP TRIGGER closed_year_append_only ON governance_closedyear;
DROP TRIGGER fact_append_only ON governance_fact;
DROP FUNCTION refuse_change_of_figures();
DROP FUNCTION governance_keep_fact();
DROP FUNCTION governance_kept(jsonb, text[]);
"""
