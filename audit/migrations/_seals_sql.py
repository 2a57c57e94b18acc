"""Who may seal, and the one way in which content leaves the log: the statements of 0005, forth and back."""

# The application may read seals; the role of the audit adds them; nobody, the owner included, changes them.
RIGHTS = """
REVOKE INSERT, UPDATE, DELETE ON audit_seal, audit_sealmark, audit_erasure FROM vigil_app;
REVOKE ALL ON audit_trailkey FROM vigil_app;
GRANT SELECT ON audit_seal, audit_sealmark, audit_erasure, audit_trailkey, django_content_type TO vigil_audit;
GRANT SELECT ON SEQUENCE audit_event_id_seq, auditlog_logentry_id_seq, audit_erasure_id_seq TO vigil_audit;
GRANT INSERT ON audit_seal, audit_sealmark, audit_trailkey TO vigil_audit;
GRANT UPDATE ON audit_sealmark TO vigil_audit;
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail();
CREATE TRIGGER erasure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_erasure
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail();
"""
NO_RIGHTS = """
DROP TRIGGER erasure_append_only ON audit_erasure;
DROP TRIGGER seal_append_only ON audit_seal;
REVOKE SELECT ON SEQUENCE audit_event_id_seq, auditlog_logentry_id_seq, audit_erasure_id_seq FROM vigil_audit;
REVOKE ALL ON audit_seal, audit_sealmark, audit_erasure, audit_trailkey, django_content_type FROM vigil_audit;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_seal, audit_sealmark, audit_erasure, audit_trailkey TO vigil_app;
"""

# What an entry says, as audit/seals/rows.py packs it, and HMAC-SHA-256 (RFC 2104, keys up to 64 bytes), since the server has SHA-256 only.
DIGESTS = """
CREATE FUNCTION vigil_packed(parts text[]) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT convert_to(string_agg(COALESCE(octet_length(convert_to(part, 'UTF8')) || ':' || part, '-') || ',', '' ORDER BY place), 'UTF8')
    FROM unnest(parts) WITH ORDINALITY AS given (part, place)
$$;
CREATE FUNCTION vigil_hmac(secret bytea, message bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
DECLARE
    inner_pad bytea := decode(repeat('36', 64), 'hex');
    outer_pad bytea := decode(repeat('5c', 64), 'hex');
BEGIN
    FOR place IN 0 .. octet_length(secret) - 1 LOOP
        inner_pad := set_byte(inner_pad, place, get_byte(secret, place) # 54);
        outer_pad := set_byte(outer_pad, place, get_byte(secret, place) # 92);
    END LOOP;
    RETURN sha256(outer_pad || sha256(inner_pad || message));
END $$;
"""
NO_DIGESTS = """
DROP FUNCTION vigil_hmac(bytea, bytea);
DROP FUNCTION vigil_packed(text[]);
"""

# Of an event's details these name no words, and tell who saw which rows; they stay, whatever else is taken out.
STAYS = "'{page,act,rows,ids,kind,state,client,on_behalf_of}'::text[]"
PUBLIC = "'entries about no record'::bytea"  # the key of digests of entries about no record: audit/seals/rows.py

# The entry as an erasure leaves it. An update that does exactly this to an entry whose erasure stands is the only one that passes.
BLANKING = f"""
CREATE FUNCTION vigil_stays(detail jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT COALESCE(jsonb_object_agg(key, value), '{{}}') FROM jsonb_each(detail) WHERE key = ANY({STAYS})
$$;
CREATE FUNCTION vigil_blank(log text, entry jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT entry || CASE log
        WHEN 'event' THEN jsonb_build_object('reason', '', 'detail', public.vigil_stays(entry -> 'detail'))
        ELSE jsonb_build_object('object_repr', '', 'serialized_data', NULL, 'changes_text', '', 'changes', '{{}}'::jsonb, 'additional_data', (
            SELECT COALESCE(jsonb_object_agg(key, value), '{{}}') FROM jsonb_each(entry -> 'additional_data')
            WHERE key IN ('nominal', 'acting_role')
        ))
    END
$$;
CREATE FUNCTION refuse_change_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) = vigil_blank(TG_ARGV[0], to_jsonb(OLD))
        AND EXISTS (SELECT FROM audit_erasure WHERE log = TG_ARGV[0] AND row_id = OLD.id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER event_append_only ON audit_event;
DROP TRIGGER logentry_append_only ON auditlog_logentry;
CREATE TRIGGER event_append_only BEFORE DELETE OR TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail();
CREATE TRIGGER logentry_append_only BEFORE DELETE OR TRUNCATE ON auditlog_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail();
CREATE TRIGGER event_erased_only BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure('event');
CREATE TRIGGER logentry_erased_only BEFORE UPDATE ON auditlog_logentry FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure('entry');
"""
# Functions that 0006 makes anew, so that they ask first.
TAKING_OUT = f"""
-- Takes out what chosen entries say. Called by the two functions below, and by nobody else.
CREATE FUNCTION erase_entries(chosen_events bigint[], chosen_entries bigint[], of_disposal uuid, OUT events bigint, OUT entries bigint)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    sealed_event bigint;
    sealed_entry bigint;
BEGIN
    SELECT COALESCE(max(event_to), 0), COALESCE(max(entry_to), 0) INTO sealed_event, sealed_entry FROM audit_seal;
    INSERT INTO audit_erasure (log, row_id, digest, disposal)
    SELECT 'event', id, CASE WHEN id <= sealed_event THEN vigil_hmac(
        CASE WHEN event.nominal IS NULL THEN {PUBLIC} ELSE key END, vigil_packed(ARRAY[reason, (detail - {STAYS})::text])
    ) END, of_disposal
    FROM audit_event AS event LEFT JOIN audit_trailkey AS known ON known.nominal = event.nominal
    WHERE id = ANY(chosen_events) ORDER BY id ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS events = ROW_COUNT;
    INSERT INTO audit_erasure (log, row_id, digest, disposal)
    SELECT 'entry', id, CASE WHEN id <= sealed_entry THEN vigil_hmac(CASE WHEN about IS NULL THEN {PUBLIC} ELSE key END, vigil_packed(ARRAY[
        object_repr, serialized_data::text, changes_text, changes::text, (additional_data - 'nominal' - 'acting_role')::text
    ])) END, of_disposal
    FROM auditlog_logentry
    CROSS JOIN LATERAL (
        SELECT CASE WHEN additional_data ->> 'nominal' ~ '^[0-9]{{1,18}}$' THEN (additional_data ->> 'nominal')::bigint END AS about
    ) AS record
    LEFT JOIN audit_trailkey ON nominal = about
    WHERE id = ANY(chosen_entries) ORDER BY id ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS entries = ROW_COUNT;

    UPDATE audit_event SET reason = '', detail = vigil_stays(detail) FROM audit_erasure
    WHERE audit_event.id = ANY(chosen_events) AND log = 'event' AND row_id = audit_event.id AND disposal = of_disposal;
    UPDATE auditlog_logentry SET object_repr = '', serialized_data = NULL, changes_text = '', changes = '{{}}',
        additional_data = vigil_blank('entry', to_jsonb(auditlog_logentry)) -> 'additional_data'
    FROM audit_erasure
    WHERE auditlog_logentry.id = ANY(chosen_entries) AND log = 'entry' AND row_id = auditlog_logentry.id AND disposal = of_disposal;
END $$;

CREATE FUNCTION erase_trail_of(record bigint, of_disposal uuid, OUT events bigint, OUT entries bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(4207426);  -- no seal is being made meanwhile (audit/seals/sealing.py)
    SELECT erased.events, erased.entries INTO events, entries FROM erase_entries(
        ARRAY(SELECT id FROM audit_event WHERE nominal = record),
        ARRAY(SELECT id FROM auditlog_logentry WHERE additional_data -> 'nominal' = to_jsonb(record)),
        of_disposal
    ) AS erased;
    DELETE FROM audit_trailkey WHERE nominal = record;
END $$;

CREATE FUNCTION erase_rows_of(gone jsonb, of_disposal uuid, OUT events bigint, OUT entries bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(4207426);
    SELECT erased.events, erased.entries INTO events, entries FROM erase_entries(
        ARRAY(
            SELECT id FROM audit_event WHERE gone -> subject_type @> to_jsonb(subject_id) OR EXISTS (
                SELECT FROM jsonb_array_elements(CASE jsonb_typeof(detail -> 'ids') WHEN 'array' THEN detail -> 'ids' END) AS shown (key)
                WHERE gone -> (detail ->> 'rows') @> shown.key
            )
        ),
        ARRAY(
            SELECT entry.id FROM auditlog_logentry AS entry JOIN django_content_type AS kind ON kind.id = content_type_id
            WHERE gone -> (kind.app_label || '.' || kind.model) @> to_jsonb(object_id)
        ),
        of_disposal
    ) AS erased;
END $$;
REVOKE ALL ON FUNCTION erase_entries(bigint[], bigint[], uuid), erase_trail_of(bigint, uuid), erase_rows_of(jsonb, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_trail_of(bigint, uuid), erase_rows_of(jsonb, uuid) TO vigil_app;
"""
NO_TAKING_OUT = """
DROP FUNCTION erase_rows_of(jsonb, uuid);
DROP FUNCTION erase_trail_of(bigint, uuid);
DROP FUNCTION erase_entries(bigint[], bigint[], uuid);
"""
NO_BLANKING = """
DROP TRIGGER logentry_erased_only ON auditlog_logentry;
DROP TRIGGER event_erased_only ON audit_event;
DROP TRIGGER logentry_append_only ON auditlog_logentry;
DROP TRIGGER event_append_only ON audit_event;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail();
CREATE TRIGGER logentry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON auditlog_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail();
DROP FUNCTION refuse_change_but_erasure();
DROP FUNCTION vigil_blank(text, jsonb);
DROP FUNCTION vigil_stays(jsonb);
"""
