"""Content leaves the log for an open disposal only, and its digests have keys that nobody knows: the statements of 0006.

`require_disposing` refuses everything; whoever disposes of records says when one is open (governance, 0005).
"""

from audit.migrations._seals_sql import NO_TAKING_OUT, STAYS, TAKING_OUT

# Key 0 is the one of entries about no record. A log that was sealed with the key that everybody knew keeps it, or it would not be whole.
KEYS = """
INSERT INTO audit_trailkey (nominal, key) SELECT 0, 'entries about no record'::bytea WHERE EXISTS (SELECT FROM audit_seal);
"""
NO_KEYS = "DELETE FROM audit_trailkey WHERE nominal = 0;"

GUARDED = f"""
CREATE FUNCTION require_disposing(record bigint, of_disposal uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the log forgets for a disposal only' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION erase_entries(chosen_events bigint[], chosen_entries bigint[], of_disposal uuid, OUT events bigint, OUT entries bigint)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    sealed_event bigint;
    sealed_entry bigint;
BEGIN
    SELECT COALESCE(max(event_to), 0), COALESCE(max(entry_to), 0) INTO sealed_event, sealed_entry FROM audit_seal;
    INSERT INTO audit_erasure (log, row_id, digest, disposal)
    SELECT 'event', id, CASE WHEN id <= sealed_event THEN vigil_hmac(key, vigil_packed(ARRAY[reason, (detail - {STAYS})::text])) END,
        of_disposal
    FROM audit_event AS event LEFT JOIN audit_trailkey AS known ON known.nominal = COALESCE(event.nominal, 0)
    WHERE id = ANY(chosen_events) ORDER BY id ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS events = ROW_COUNT;
    INSERT INTO audit_erasure (log, row_id, digest, disposal)
    SELECT 'entry', id, CASE WHEN id <= sealed_entry THEN vigil_hmac(key, vigil_packed(ARRAY[
        object_repr, serialized_data::text, changes_text, changes::text, (additional_data - 'nominal' - 'acting_role')::text
    ])) END, of_disposal
    FROM auditlog_logentry LEFT JOIN audit_trailkey ON nominal = CASE
        WHEN additional_data ->> 'nominal' ~ '^[0-9]{{1,18}}$' THEN (additional_data ->> 'nominal')::bigint ELSE 0
    END
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
    PERFORM require_disposing(record, of_disposal);
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
    PERFORM require_disposing(NULL, of_disposal);
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
REVOKE ALL ON FUNCTION require_disposing(bigint, uuid), erase_entries(bigint[], bigint[], uuid), erase_trail_of(bigint, uuid),
    erase_rows_of(jsonb, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_trail_of(bigint, uuid), erase_rows_of(jsonb, uuid) TO vigil_app;
"""
FORWARD = NO_TAKING_OUT + GUARDED + KEYS
BACKWARD = NO_TAKING_OUT + "DROP FUNCTION require_disposing(bigint, uuid);" + TAKING_OUT + NO_KEYS
