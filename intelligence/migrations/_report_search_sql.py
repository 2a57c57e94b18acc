"""Functions of the database that keep the words of reports findable: the statements of 0015, forth and back.

A word is kept as it was written and by its English stem; a telephone number, vehicle mark, postcode or reference besides in one form,
however it was written. Signs that would make one token of several words are spaces. The query is brought to the same forms by intelligence/rules/report_search.py: change both together.
"""

MARKS = r"""
CREATE FUNCTION vigil_marks(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT mark)), ''::tsvector) FROM (
        SELECT 'tel' || regexp_replace(regexp_replace(regexp_replace(
            CASE WHEN found[1] ~ '^(\+|00)' THEN replace(found[1], '(0)', '') ELSE found[1] END,
            '[^0-9+]', '', 'g'), '^(\+|00)440?', '0'), '^(\+|00)', '')
        FROM regexp_matches(said, '(?<![\w/])((?:(?:\+|00)\d{1,3}[\s().-]{0,2}(?:\(0\))?|\(?0)(?:[\s().-]{0,2}\d){8,11})(?![\d/])', 'g') found
        UNION ALL
        SELECT 'vrm' || regexp_replace(lower(found[1]), '[\s-]', '', 'g')
        FROM regexp_matches(
            said, '(?<![\w/])([A-Z]{2}\d{2}[\s-]?[A-Z]{3}|[A-Z]\d{1,3}[\s-]?[A-Z]{3}|[A-Z]{3}[\s-]?\d{1,3}[A-Z])(?!\w)', 'gi'
        ) found
        UNION ALL
        SELECT 'postcode' || lower(found[1] || found[2])
        FROM regexp_matches(said, '(?<!\w)([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})(?!\w)', 'gi') found
        UNION ALL
        SELECT lower(found[1]) || found[2] FROM regexp_matches(said, '(?<!\w)(IR|V)-?(\d{4,10})(?!\w)', 'gi') found
    ) marks (mark)
$$;
CREATE FUNCTION vigil_document(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('pg_catalog.simple', plain), 'A') || setweight(to_tsvector('pg_catalog.english', plain), 'C')
        || setweight(vigil_marks(said), 'A')
    FROM translate(said, '<>/', '   ') plain
$$;
"""
NO_MARKS = "DROP FUNCTION vigil_document(text); DROP FUNCTION vigil_marks(text);"

# Everything that the bureau reads of a report; who gave it is not among it.
REPORTS = """
CREATE FUNCTION vigil_report_text(report bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws(E'\\n', sent.original, nullif(sent.sanitised, ''), nullif(sent.seen_where, ''), nullif(sent.prison, ''),
        (SELECT string_agg(concat_ws(' ', nullif(called, ''), nullif(words, '')), E'\\n' ORDER BY id) FROM intelligence_reportsubject
         WHERE report_id = sent.id AND nominal_id IS NULL),
        (SELECT string_agg(text, E'\\n' ORDER BY id) FROM intelligence_reportnote WHERE report_id = sent.id AND kind = 'added'))
    FROM intelligence_informationreport sent WHERE sent.id = report
$$;
CREATE FUNCTION vigil_index_report(report bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO intelligence_reportindex (report_id, document)
    SELECT id, vigil_document(vigil_report_text(id)) || vigil_marks(reference)
    FROM intelligence_informationreport WHERE id = report AND submitted_at IS NOT NULL
    ON CONFLICT (report_id) DO UPDATE SET document = EXCLUDED.document
$$;
CREATE FUNCTION index_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vigil_index_report(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION index_report_of_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vigil_index_report(NEW.report_id);
    RETURN NULL;
END $$;
CREATE TRIGGER report_added_to_index AFTER INSERT ON intelligence_informationreport FOR EACH ROW EXECUTE FUNCTION index_report();
CREATE TRIGGER report_changed_in_index AFTER UPDATE ON intelligence_informationreport FOR EACH ROW
WHEN ((NEW.submitted_at IS NULL, NEW.original, NEW.sanitised, NEW.seen_where, NEW.prison)
    IS DISTINCT FROM (OLD.submitted_at IS NULL, OLD.original, OLD.sanitised, OLD.seen_where, OLD.prison)) EXECUTE FUNCTION index_report();
CREATE TRIGGER report_subject_in_index AFTER INSERT OR UPDATE OF called, words ON intelligence_reportsubject FOR EACH ROW
EXECUTE FUNCTION index_report_of_part();
CREATE TRIGGER report_note_in_index AFTER INSERT ON intelligence_reportnote FOR EACH ROW
WHEN (NEW.kind = 'added') EXECUTE FUNCTION index_report_of_part();
SELECT vigil_index_report(id) FROM intelligence_informationreport;
"""
NO_REPORTS = """
DROP TRIGGER report_note_in_index ON intelligence_reportnote;
DROP TRIGGER report_subject_in_index ON intelligence_reportsubject;
DROP TRIGGER report_changed_in_index ON intelligence_informationreport;
DROP TRIGGER report_added_to_index ON intelligence_informationreport;
DROP FUNCTION index_report_of_part();
DROP FUNCTION index_report();
DROP FUNCTION vigil_index_report(bigint);
DROP FUNCTION vigil_report_text(bigint);
"""

# A release never changes: its words are kept once.
RELEASES = """
CREATE FUNCTION index_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO intelligence_releaseindex (release_id, document)
    SELECT NEW.id, vigil_document(NEW.sanitised) || vigil_marks(reference)
    FROM intelligence_informationreport WHERE id = NEW.report_id;
    RETURN NULL;
END $$;
CREATE TRIGGER release_added_to_index AFTER INSERT ON intelligence_informationrelease FOR EACH ROW EXECUTE FUNCTION index_release();
INSERT INTO intelligence_releaseindex (release_id, document)
SELECT gone.id, vigil_document(gone.sanitised) || vigil_marks(report.reference)
FROM intelligence_informationrelease gone JOIN intelligence_informationreport report ON report.id = gone.report_id;
"""
NO_RELEASES = """
DROP TRIGGER release_added_to_index ON intelligence_informationrelease;
DROP FUNCTION index_release();
"""
