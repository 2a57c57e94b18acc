"""Who changed since unmatched reports were last compared: kept by the database, so that no way of writing a name is forgotten."""
from django.db import migrations

FUNCTION = """
CREATE FUNCTION intelligence_note_changed_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO intelligence_changedidentity (nominal_id) SELECT DISTINCT nominal_id FROM written ORDER BY nominal_id
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$
"""
TABLES = ("name", "dateofbirth", "identifier")
TRIGGER = """
CREATE TRIGGER note_changed_identity_{act} AFTER {act} ON offenders_{table} REFERENCING NEW TABLE AS written
FOR EACH STATEMENT EXECUTE FUNCTION intelligence_note_changed_identity()
"""
ACTS = ("INSERT", "UPDATE")
FORWARD = [FUNCTION, *(TRIGGER.format(act=act, table=table) for table in TABLES for act in ACTS)]
BACK = [
    *(f"DROP TRIGGER note_changed_identity_{act} ON offenders_{table}" for table in TABLES for act in ACTS),
    "DROP FUNCTION intelligence_note_changed_identity()",
]


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0006_doors")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
