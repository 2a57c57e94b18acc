"""Rules of the database for what leaves: the statements of 0001, forth and back."""

REFERENCES = "CREATE SEQUENCE sharing_decision_reference AS bigint; CREATE SEQUENCE sharing_release_reference AS bigint"
NO_REFERENCES = "DROP SEQUENCE sharing_release_reference; DROP SEQUENCE sharing_decision_reference"

# No decision, no data: whoever writes the row, it rests on a decision to share, approved as it stands, by a verdict that has not lapsed, for
# this recipient and this way; what goes online besides on an agreement in force. What left stays as it was.
RULES = """
CREATE FUNCTION refuse_undecided_release() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decided sharing_sharingdecision;
BEGIN
    SELECT * INTO decided FROM sharing_sharingdecision WHERE id = NEW.decision_id FOR SHARE;
    IF decided.id IS NULL OR decided.state <> 'approved' OR decided.choice NOT IN ('share', 'part')
        OR decided.content_hash <> NEW.content_hash OR decided.channel <> NEW.channel
        OR decided.agency_id IS DISTINCT FROM NEW.agency_id
        OR NOT EXISTS (SELECT FROM sharing_approval WHERE id = NEW.approval_id AND decision_id = NEW.decision_id
            AND verdict = 'approved' AND content_hash = NEW.content_hash AND lapsed_at IS NULL) THEN
        RAISE EXCEPTION 'nothing leaves without a decision' USING ERRCODE = 'check_violation', CONSTRAINT = 'release_needs_a_decision';
    END IF;
    IF NEW.channel = 'online' AND NOT EXISTS (SELECT FROM sharing_agreement JOIN accounts_organisation
            ON accounts_organisation.id = sharing_agreement.agency_id WHERE sharing_agreement.id = decided.agreement_id
            AND sharing_agreement.force_id = NEW.force_id AND sharing_agreement.agency_id = NEW.agency_id AND suspended_at IS NULL
            AND is_active AND period @> (now() AT TIME ZONE 'Europe/London')::date) THEN
        RAISE EXCEPTION 'nothing goes online without an agreement' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'release_needs_an_agreement';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER release_needs_a_decision BEFORE INSERT ON sharing_release FOR EACH ROW EXECUTE FUNCTION refuse_undecided_release();
CREATE FUNCTION refuse_changed_sharing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - TG_ARGV[0]::text[] IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV[0]::text[] THEN
        RAISE EXCEPTION 'row % left and stays', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'what_left_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER release_stays BEFORE UPDATE ON sharing_release FOR EACH ROW EXECUTE FUNCTION refuse_changed_sharing(
    '{acknowledged_at,acknowledged_by_id,acknowledged_for,withdrawn_at,withdrawn_by_id,withdraw_reason,version}');
CREATE TRIGGER verdict_stays BEFORE UPDATE ON sharing_approval FOR EACH ROW EXECUTE FUNCTION refuse_changed_sharing('{lapsed_at}');
"""
NO_RULES = """
DROP TRIGGER verdict_stays ON sharing_approval;
DROP TRIGGER release_stays ON sharing_release;
DROP FUNCTION refuse_changed_sharing();
DROP TRIGGER release_needs_a_decision ON sharing_release;
DROP FUNCTION refuse_undecided_release();
"""
