"""Rules of the database for requests for information of the force: the statements of 0005, forth and back."""

# Whoever writes the row: no reply to what concerns MAPPA or registered offenders before the national unit has advised; a request for the
# published report is answered by pointing to it and in no other way; an approval holds for what it was given for; what went stays.
RULES = """
CREATE FUNCTION refuse_unadvised_reply() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked disclosure_freedomrequest;
    pointed boolean := NEW.outcome = 'published';
BEGIN
    SELECT * INTO asked FROM disclosure_freedomrequest WHERE id = NEW.request_id FOR SHARE;
    IF pointed <> (asked.kind = 'published') THEN
        RAISE EXCEPTION 'only a request for the published report is answered by pointing to it' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'freedom_reply_points_to_the_report';
    END IF;
    IF NOT pointed AND (asked.concerns OR asked.is_suggested AND asked.no_agreed_at IS NULL) AND NOT EXISTS (
        SELECT FROM disclosure_nationaladvice WHERE request_id = asked.id AND given_on IS NOT NULL
        AND (is_followed OR agreed_at IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'no reply before the advice of the national unit' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'freedom_reply_needs_advice';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.approved_at IS NOT NULL AND NEW.approved_at IS NOT NULL
        AND (NEW.outcome, NEW.text, NEW.grounds, NEW.figures, NEW.reasons, NEW.request_id, NEW.edited_by_id, NEW.approved_hash,
             NEW.approved_by_id)
        IS DISTINCT FROM (OLD.outcome, OLD.text, OLD.grounds, OLD.figures, OLD.reasons, OLD.request_id, OLD.edited_by_id,
             OLD.approved_hash, OLD.approved_by_id) THEN
        RAISE EXCEPTION 'an edit lapses the approval' USING ERRCODE = 'check_violation', CONSTRAINT = 'freedom_reply_edit_lapses';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER freedom_reply_needs_advice BEFORE INSERT OR UPDATE ON disclosure_freedomreply
    FOR EACH ROW EXECUTE FUNCTION refuse_unadvised_reply();
CREATE TRIGGER freedom_reply_stays BEFORE UPDATE ON disclosure_freedomreply FOR EACH ROW
    WHEN (OLD.sent_at IS NOT NULL) EXECUTE FUNCTION refuse_changed_disclosure('{}');
CREATE FUNCTION refuse_own_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_by_id IN (
        SELECT unnest(ARRAY[edited_by_id, approved_by_id, sent_by_id]) FROM disclosure_freedomreply WHERE id = NEW.reply_id
    ) THEN
        RAISE EXCEPTION 'nobody reviews what they had a part in' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'freedom_review_by_another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER freedom_review_by_another BEFORE INSERT OR UPDATE ON disclosure_freedomreview
    FOR EACH ROW EXECUTE FUNCTION refuse_own_review();
CREATE TRIGGER freedom_review_stays BEFORE UPDATE ON disclosure_freedomreview FOR EACH ROW
    WHEN (OLD.decided_at IS NOT NULL) EXECUTE FUNCTION refuse_changed_disclosure('{}');
"""
NO_RULES = """
DROP TRIGGER freedom_review_stays ON disclosure_freedomreview;
DROP TRIGGER freedom_review_by_another ON disclosure_freedomreview;
DROP FUNCTION refuse_own_review();
DROP TRIGGER freedom_reply_stays ON disclosure_freedomreply;
DROP TRIGGER freedom_reply_needs_advice ON disclosure_freedomreply;
DROP FUNCTION refuse_unadvised_reply();
"""
