"""Row security and functions of the database for intelligence reports: the statements of 0010, forth and back."""

REFERENCE = "CREATE SEQUENCE intelligence_report_reference AS bigint"
NO_REFERENCE = "DROP SEQUENCE intelligence_report_reference"

# What was sent stays as it was written; what was released is corrected by another row.
STAYS = """
CREATE FUNCTION refuse_changed_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL AND (NEW.original, NEW.author_id, NEW.submitted_at) IS DISTINCT FROM
        (OLD.original, OLD.author_id, OLD.submitted_at) THEN
        RAISE EXCEPTION 'report % was sent and stays', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'sent_report_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sent_report_stays BEFORE UPDATE ON intelligence_informationreport FOR EACH ROW EXECUTE FUNCTION refuse_changed_report();
CREATE FUNCTION refuse_changed_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'release % is not changed but corrected', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'release_stays';
END $$;
CREATE TRIGGER release_stays BEFORE UPDATE ON intelligence_informationrelease FOR EACH ROW EXECUTE FUNCTION refuse_changed_release();
"""
STAYS_NOT = """
DROP TRIGGER release_stays ON intelligence_informationrelease;
DROP FUNCTION refuse_changed_release();
DROP TRIGGER sent_report_stays ON intelligence_informationreport;
DROP FUNCTION refuse_changed_report();
"""

# The giver: the author until the report is sent, then the intelligence officers of the force, never the author again. The review: the
# officers without the author. An exclusion from a record that the report names wins. The last policies are for the function below alone.
KEEPER = "current_setting('vigil.keeper', true) = 'on'"
BUREAU = """(SELECT vigil_has_role('intelligence')) AND report_id IN (
        SELECT id FROM intelligence_informationreport WHERE submitted_at IS NOT NULL AND author_id <> (SELECT vigil_user())
        AND force_id = (SELECT organisation_id FROM accounts_user WHERE id = (SELECT vigil_user()))
    ) AND report_id NOT IN (
        SELECT report_id FROM intelligence_reportsubject WHERE nominal_id IN (
            SELECT nominal_id FROM offenders_exclusion WHERE user_id = (SELECT vigil_user()) AND ended_at IS NULL
        )
    )"""
WRITER = """report_id IN (
        SELECT id FROM intelligence_informationreport WHERE author_id = (SELECT vigil_user()) AND submitted_at IS NULL
    )"""
SEALED = f"""
ALTER TABLE intelligence_informationgiver ENABLE ROW LEVEL SECURITY;
ALTER TABLE intelligence_informationgiver FORCE ROW LEVEL SECURITY;
CREATE POLICY giver_read ON intelligence_informationgiver FOR SELECT USING (({WRITER}) OR ({BUREAU}));
CREATE POLICY giver_added ON intelligence_informationgiver FOR INSERT WITH CHECK ({WRITER});
CREATE POLICY giver_changed ON intelligence_informationgiver FOR UPDATE USING ({WRITER});
CREATE POLICY giver_removed ON intelligence_informationgiver FOR DELETE USING ({WRITER});
CREATE POLICY giver_counted_by_function ON intelligence_informationgiver TO CURRENT_USER USING ({KEEPER});
ALTER TABLE intelligence_sourcereview ENABLE ROW LEVEL SECURITY;
ALTER TABLE intelligence_sourcereview FORCE ROW LEVEL SECURITY;
CREATE POLICY source_review_read ON intelligence_sourcereview FOR SELECT USING ({BUREAU});
CREATE POLICY source_review_decided ON intelligence_sourcereview FOR UPDATE USING ({BUREAU});
CREATE POLICY source_review_opened_by_function ON intelligence_sourcereview TO CURRENT_USER USING ({KEEPER}) WITH CHECK ({KEEPER});
"""
NOT_SEALED = """
DROP POLICY source_review_opened_by_function ON intelligence_sourcereview;
DROP POLICY source_review_decided ON intelligence_sourcereview;
DROP POLICY source_review_read ON intelligence_sourcereview;
ALTER TABLE intelligence_sourcereview NO FORCE ROW LEVEL SECURITY;
ALTER TABLE intelligence_sourcereview DISABLE ROW LEVEL SECURITY;
DROP POLICY giver_counted_by_function ON intelligence_informationgiver;
DROP POLICY giver_removed ON intelligence_informationgiver;
DROP POLICY giver_changed ON intelligence_informationgiver;
DROP POLICY giver_added ON intelligence_informationgiver;
DROP POLICY giver_read ON intelligence_informationgiver;
ALTER TABLE intelligence_informationgiver NO FORCE ROW LEVEL SECURITY;
ALTER TABLE intelligence_informationgiver DISABLE ROW LEVEL SECURITY;
"""

# Contacts are counted by digests of the giver, without a name and without anybody's rights: those since the last decision, within the time.
# Gives the key of a review that was opened now; one that is open already is brought up to date instead.
REVIEWS = """
CREATE FUNCTION vigil_review_giver(sent bigint, within interval, most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    giver record;
    decided timestamptz;
    counted integer;
    found_reasons varchar[];
    opened bigint;
BEGIN
    PERFORM set_config('vigil.keeper', 'on', true);
    SELECT told.*, report.force_id, report.author_id, report.submitted_at INTO giver
    FROM intelligence_informationgiver told JOIN intelligence_informationreport report ON report.id = told.report_id
    WHERE told.report_id = sent AND report.submitted_at IS NOT NULL;
    IF FOUND THEN
        SELECT max(reviewed_at) INTO decided FROM intelligence_sourcereview
        WHERE force_id = giver.force_id AND pseudonyms && giver.pseudonyms;
        SELECT count(*) INTO counted
        FROM intelligence_informationgiver told JOIN intelligence_informationreport report ON report.id = told.report_id
        WHERE told.pseudonyms && giver.pseudonyms AND report.force_id = giver.force_id
        AND report.submitted_at > giver.submitted_at - within AND report.submitted_at <= giver.submitted_at
        AND (decided IS NULL OR report.submitted_at > decided);
        found_reasons := array_remove(ARRAY[
            CASE WHEN counted >= most THEN 'repeated' END, CASE WHEN giver.will_ask_more THEN 'tasked' END,
            CASE WHEN giver.uses_relationship THEN 'relationship' END
        ], NULL);
        IF cardinality(found_reasons) > 0 THEN
            UPDATE intelligence_sourcereview SET contacts = counted, version = version + 1, reasons = ARRAY(
                SELECT DISTINCT reason FROM unnest(reasons || found_reasons) reason ORDER BY reason
            )
            WHERE force_id = giver.force_id AND outcome = '' AND pseudonyms && giver.pseudonyms;
            IF NOT FOUND THEN
                INSERT INTO intelligence_sourcereview
                    (public_id, report_id, force_id, author_id, pseudonyms, reasons, contacts, outcome, outcome_reason, version)
                VALUES (gen_random_uuid(), sent, giver.force_id, giver.author_id, giver.pseudonyms, found_reasons, counted, '', '', 1)
                ON CONFLICT (report_id) DO NOTHING RETURNING id INTO opened;
            END IF;
        END IF;
    END IF;
    PERFORM set_config('vigil.keeper', '', true);
    RETURN opened;
END $$;
REVOKE ALL ON FUNCTION vigil_review_giver(bigint, interval, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vigil_review_giver(bigint, interval, integer) TO vigil_app;
"""
NO_REVIEWS = "DROP FUNCTION vigil_review_giver(bigint, interval, integer);"
