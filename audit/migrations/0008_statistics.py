"""After much was stored the application may have the tables of records looked at, without any other right of their owner."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION vigil_gather_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND starts_with(tablename, 'offenders_') ORDER BY 1 LOOP
        EXECUTE format('ANALYZE public.%I', name);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION vigil_gather_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vigil_gather_statistics() TO vigil_app;
"""
BACKWARD = "DROP FUNCTION vigil_gather_statistics();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_one_index_fewer")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
