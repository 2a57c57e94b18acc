"""Privileged papers are numbered for themselves, stay privileged, and keep their files."""

from django.db import migrations, models

# Both series begin at one and have no gap.
NUMBER_ANEW = """
UPDATE offenders_document SET number = counted.place FROM (
    SELECT id, row_number() OVER (PARTITION BY nominal_id, is_privileged ORDER BY number) AS place FROM offenders_document
) AS counted WHERE counted.id = offenders_document.id AND number <> counted.place;
"""
NUMBER_TOGETHER = """
UPDATE offenders_document SET number = counted.place FROM (
    SELECT id, row_number() OVER (PARTITION BY nominal_id ORDER BY added_at, id) AS place FROM offenders_document
) AS counted WHERE counted.id = offenders_document.id AND number <> counted.place;
"""
STAYS = """
CREATE FUNCTION refuse_unsealing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is privileged stays privileged' USING ERRCODE = 'check_violation', CONSTRAINT = 'privileged_stays';
END $$;
CREATE TRIGGER privileged_stays BEFORE UPDATE ON offenders_document FOR EACH ROW
    WHEN (OLD.is_privileged AND NOT NEW.is_privileged) EXECUTE FUNCTION refuse_unsealing();
CREATE TRIGGER file_stays_with_its_document BEFORE UPDATE ON offenders_documentfile FOR EACH ROW
    WHEN (OLD.document_id <> NEW.document_id) EXECUTE FUNCTION refuse_unsealing();
"""
MAY_GO = """
DROP TRIGGER file_stays_with_its_document ON offenders_documentfile;
DROP TRIGGER privileged_stays ON offenders_document;
DROP FUNCTION refuse_unsealing();
"""


class Migration(migrations.Migration):
    dependencies = [("offenders", "0018_prison_and_public")]

    operations = [
        migrations.RemoveConstraint("document", "document_number_once_on_a_nominal"),
        migrations.RunSQL(NUMBER_ANEW, NUMBER_TOGETHER),
        migrations.AddConstraint(
            "document",
            models.UniqueConstraint(fields=["nominal", "is_privileged", "number"], name="document_number_once_in_its_series"),
        ),
        migrations.RunSQL(STAYS, MAY_GO),
    ]
