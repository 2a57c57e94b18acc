"""Stand-in for what the log's seal brings: content goes out of the log by a disposal in hand, and by nothing else."""

from django.db import migrations

KEPT = "'{page,act,rows,ids,kind,state,client,on_behalf_of}'::text[]"
FORWARD = f"""
CREATE OR REPLACE FUNCTION refuse_change_of_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('vigil.erasing', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION audit_erase_trail(record bigint, disposal uuid, OUT events bigint, OUT entries bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF record <> ALL(vigil_disposing()) THEN
        RAISE EXCEPTION 'record % is not being disposed of', record USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('vigil.erasing', 'on', true);
    UPDATE audit_event SET reason = '', detail = (
        SELECT coalesce(jsonb_object_agg(key, value), '{{}}') FROM jsonb_each(detail) WHERE key = ANY({KEPT})
    ) WHERE nominal = record OR detail ->> 'rows' = 'offenders.nominal' AND detail -> 'ids' @> to_jsonb(record);
    GET DIAGNOSTICS events = ROW_COUNT;
    UPDATE auditlog_logentry SET changes = NULL, changes_text = '', object_repr = '', serialized_data = NULL
        WHERE additional_data -> 'nominal' = to_jsonb(record);
    GET DIAGNOSTICS entries = ROW_COUNT;
    PERFORM set_config('vigil.erasing', '', true);
END $$;
CREATE FUNCTION audit_erase_rows(gone jsonb, disposal uuid, OUT events bigint, OUT entries bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF cardinality(vigil_disposing()) = 0 THEN
        RAISE EXCEPTION 'nothing is being disposed of' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('vigil.erasing', 'on', true);
    UPDATE audit_event SET reason = '', detail = (
        SELECT coalesce(jsonb_object_agg(key, value), '{{}}') FROM jsonb_each(detail) WHERE key = ANY({KEPT})
    ) WHERE gone -> subject_type @> to_jsonb(subject_id) OR EXISTS (
        SELECT FROM jsonb_array_elements(CASE jsonb_typeof(detail -> 'ids') WHEN 'array' THEN detail -> 'ids' END) shown (key)
        WHERE gone -> (detail ->> 'rows') @> shown.key
    );
    GET DIAGNOSTICS events = ROW_COUNT;
    UPDATE auditlog_logentry SET changes = NULL, changes_text = '', object_repr = '', serialized_data = NULL
        FROM django_content_type kind
        WHERE kind.id = content_type_id AND gone -> (kind.app_label || '.' || kind.model) @> to_jsonb(object_id);
    GET DIAGNOSTICS entries = ROW_COUNT;
    PERFORM set_config('vigil.erasing', '', true);
END $$;
REVOKE EXECUTE ON FUNCTION audit_erase_trail(bigint, uuid), audit_erase_rows(jsonb, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_erase_trail(bigint, uuid), audit_erase_rows(jsonb, uuid) TO vigil_app;
"""
BACKWARD = """
DROP FUNCTION audit_erase_rows(jsonb, uuid);
DROP FUNCTION audit_erase_trail(bigint, uuid);
CREATE OR REPLACE FUNCTION refuse_change_of_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_retention"), ("audit", "0003_event_by_client")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
