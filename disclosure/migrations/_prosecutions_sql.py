"""Rules of the database for unused material and privileged papers: the statements of 0006, forth and back."""

# What was looked at, issued, given and ruled stays; nothing is withheld without a ruling that covers it.
STAYS = """
CREATE TRIGGER look_at_item_stays BEFORE UPDATE ON disclosure_assessment FOR EACH ROW
    EXECUTE FUNCTION refuse_changed_disclosure('{}');
CREATE TRIGGER schedule_stays BEFORE UPDATE ON disclosure_schedule FOR EACH ROW EXECUTE FUNCTION refuse_changed_disclosure('{}');
CREATE TRIGGER schedule_copy_stays BEFORE UPDATE ON disclosure_schedulecopy FOR EACH ROW EXECUTE FUNCTION refuse_changed_disclosure('{}');
CREATE TRIGGER ruling_stays BEFORE UPDATE ON disclosure_immunityapplication FOR EACH ROW
    WHEN (OLD.ruling <> '') EXECUTE FUNCTION refuse_changed_disclosure('{}');
CREATE FUNCTION refuse_unruled_withholding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM disclosure_immunityapplication asked
        JOIN disclosure_immunityapplication_items covers ON covers.immunityapplication_id = asked.id
        WHERE covers.unuseditem_id = NEW.item_id AND asked.ruling IN ('withhold', 'part')
    ) THEN
        RAISE EXCEPTION 'nothing is withheld without a ruling' USING ERRCODE = 'check_violation', CONSTRAINT = 'withholding_needs_a_ruling';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withholding_needs_a_ruling BEFORE INSERT ON disclosure_assessment FOR EACH ROW
    WHEN (NEW.decision = 'withhold') EXECUTE FUNCTION refuse_unruled_withholding();
"""
MAY_CHANGE = """
DROP TRIGGER withholding_needs_a_ruling ON disclosure_assessment;
DROP FUNCTION refuse_unruled_withholding();
DROP TRIGGER ruling_stays ON disclosure_immunityapplication;
DROP TRIGGER schedule_copy_stays ON disclosure_schedulecopy;
DROP TRIGGER schedule_stays ON disclosure_schedule;
DROP TRIGGER look_at_item_stays ON disclosure_assessment;
"""

# Whoever writes the row: nothing that is meant to leave points to a privileged paper, and nothing leaves that has become one.
PRIVILEGED = """
CREATE FUNCTION vigil_is_privileged(wanted text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM offenders_document WHERE public_id::text = wanted AND is_privileged)
$$;
CREATE FUNCTION refuse_privileged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    points jsonb := to_jsonb(NEW);
    found boolean;
BEGIN
    found := CASE TG_TABLE_NAME
        WHEN 'disclosure_materiallink' THEN points ->> 'kind' = 'document' AND vigil_is_privileged(points ->> 'key')
        WHEN 'sharing_decisionitem' THEN points ->> 'key' LIKE 'document:%' AND vigil_is_privileged(substr(points ->> 'key', 10))
        ELSE EXISTS (SELECT FROM sharing_decisionitem WHERE decision_id = (points ->> 'decision_id')::bigint
            AND key LIKE 'document:%' AND vigil_is_privileged(substr(key, 10)))
    END;
    IF found THEN
        RAISE EXCEPTION 'privileged papers do not leave' USING ERRCODE = 'check_violation', CONSTRAINT = 'privileged_does_not_leave';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER privileged_does_not_leave BEFORE INSERT OR UPDATE ON disclosure_materiallink
    FOR EACH ROW EXECUTE FUNCTION refuse_privileged();
CREATE TRIGGER privileged_does_not_leave BEFORE INSERT ON sharing_decisionitem FOR EACH ROW EXECUTE FUNCTION refuse_privileged();
CREATE TRIGGER privileged_does_not_leave BEFORE INSERT ON sharing_release FOR EACH ROW EXECUTE FUNCTION refuse_privileged();
"""
NOT_PRIVILEGED = """
DROP TRIGGER privileged_does_not_leave ON sharing_release;
DROP TRIGGER privileged_does_not_leave ON sharing_decisionitem;
DROP TRIGGER privileged_does_not_leave ON disclosure_materiallink;
DROP FUNCTION refuse_privileged();
DROP FUNCTION vigil_is_privileged(text);
"""
