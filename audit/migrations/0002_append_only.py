"""Rows of the trail are added and never changed: by privilege for the application, by trigger for everybody.

The application's role gets what it needs on every table, now and later; the log's reader reads the log only.
"""
from django.db import migrations

FORWARD = """
GRANT USAGE ON SCHEMA public TO vigil_app, vigil_audit;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO vigil_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO vigil_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO vigil_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO vigil_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM vigil_app;
REVOKE UPDATE, DELETE ON audit_event, auditlog_logentry FROM vigil_app;
GRANT SELECT ON audit_event, auditlog_logentry TO vigil_audit;

CREATE FUNCTION refuse_change_of_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail();
CREATE TRIGGER logentry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON auditlog_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail();
CREATE INDEX logentry_by_nominal ON auditlog_logentry ((additional_data -> 'nominal'), id DESC);
"""
BACKWARD = """
DROP INDEX logentry_by_nominal;
DROP TRIGGER logentry_append_only ON auditlog_logentry;
DROP TRIGGER event_append_only ON audit_event;
DROP FUNCTION refuse_change_of_trail();
GRANT UPDATE, DELETE ON audit_event, auditlog_logentry TO vigil_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("auditlog", "0017_add_actor_email"),
        ("sessions", "0001_initial"),
        ("axes", "0001_initial"),
        ("otp_totp", "0001_initial"),
        ("otp_static", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
