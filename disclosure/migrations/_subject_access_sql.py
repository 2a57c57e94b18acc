"""Rules of the database for bundles: the statements of 0004, forth and back."""

# What is kept apart is held by tables that no bundle reads; whoever writes the row.
APART = (
    "offenders.confidentialsection", "offenders.sectionversion", "intelligence.covertreferral", "intelligence.informationgiver",
    "intelligence.sourcereview", "disclosure.application", "disclosure.party", "disclosure.safecontact", "disclosure.interview",
)  # fmt: skip
RULES = f"""
CREATE FUNCTION refuse_apart_in_bundle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF split_part(NEW.key, ':', 1) IN ({", ".join(f"'{name}'" for name in APART)})
        OR split_part(NEW.key, ':', 1) IN ('offenders.document', 'offenders.documentfile') AND EXISTS (
            SELECT FROM offenders_document LEFT JOIN offenders_documentfile ON document_id = offenders_document.id
            WHERE is_privileged AND split_part(NEW.key, ':', 2) = CASE split_part(NEW.key, ':', 1)
                WHEN 'offenders.document' THEN offenders_document.id::text ELSE offenders_documentfile.id::text END
        ) THEN
        RAISE EXCEPTION 'this is kept apart' USING ERRCODE = 'check_violation', CONSTRAINT = 'bundle_without_what_is_apart';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bundle_without_what_is_apart BEFORE INSERT OR UPDATE ON disclosure_bundleitem
    FOR EACH ROW EXECUTE FUNCTION refuse_apart_in_bundle();
CREATE FUNCTION refuse_undecided_bundle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM disclosure_subjectrequest WHERE id = NEW.request_id AND identity_at IS NOT NULL
        AND identity NOT IN ('', 'not_proved')) THEN
        RAISE EXCEPTION 'nobody is answered unproved' USING ERRCODE = 'check_violation', CONSTRAINT = 'bundle_for_somebody_proved';
    END IF;
    IF EXISTS (
        SELECT FROM disclosure_bundleitem WHERE request_id = NEW.request_id AND (
            decided_by_id IS NULL OR passages @> '[{{"keep": null}}]' OR (passages @> '[{{"keep": false}}]' AND NOT needs_second)
            OR (needs_second AND read_by_id IS NULL)
        )
    ) THEN
        RAISE EXCEPTION 'a passage is undecided or unread' USING ERRCODE = 'check_violation', CONSTRAINT = 'bundle_wholly_decided';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bundle_wholly_decided BEFORE INSERT ON disclosure_bundle FOR EACH ROW EXECUTE FUNCTION refuse_undecided_bundle();
CREATE TRIGGER bundle_stays BEFORE UPDATE ON disclosure_bundle FOR EACH ROW EXECUTE FUNCTION refuse_changed_disclosure('{{}}');
CREATE TRIGGER delivery_stays BEFORE UPDATE ON disclosure_delivery FOR EACH ROW EXECUTE FUNCTION refuse_changed_disclosure('{{}}');
"""
NO_RULES = """
DROP TRIGGER delivery_stays ON disclosure_delivery;
DROP TRIGGER bundle_stays ON disclosure_bundle;
DROP TRIGGER bundle_wholly_decided ON disclosure_bundle;
DROP FUNCTION refuse_undecided_bundle();
DROP TRIGGER bundle_without_what_is_apart ON disclosure_bundleitem;
DROP FUNCTION refuse_apart_in_bundle();
"""
