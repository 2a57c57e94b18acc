"""Rules of the database for bundles: the statements of 0004, forth and back."""

# What is kept apart is held by tables that no bundle reads; whoever writes the row.
APART = (
    "offenders.confidentialsection", "offenders.sectionversion", "intelligence.covertreferral", "intelligence.informationgiver",
    "intelligence.sourcereview", "disclosure.application", "disclosure.party", "disclosure.safecontact", "disclosure.interview",
)  # fmt: skip

# The kinds of which rows may enter a bundle: whatever holds data about people and is not kept apart. A kind that is added later is opened
# by a migration of its own, with `opened`.
OPEN = (
    "actions.action", "intelligence.informationrelease", "intelligence.systemcheck", "intelligence.travelrecord", "offenders.address",
    "offenders.agencyinformation", "offenders.agendaitem", "offenders.assessment", "offenders.associate", "offenders.authoritynotice",
    "offenders.breach", "offenders.breachstep", "offenders.condition", "offenders.contact", "offenders.contactcorrection",
    "offenders.conviction", "offenders.courtorder", "offenders.custody", "offenders.dateofbirth", "offenders.description",
    "offenders.device", "offenders.document", "offenders.documentfile", "offenders.identifier", "offenders.journey", "offenders.licence",
    "offenders.mappaperiod", "offenders.mark", "offenders.meetingaction", "offenders.minutes", "offenders.name", "offenders.nominal",
    "offenders.notice", "offenders.notificationduty", "offenders.occupation", "offenders.onlineidentity", "offenders.operationalfacts",
    "offenders.ordervariation", "offenders.partnership", "offenders.photograph", "offenders.planaction", "offenders.planreport",
    "offenders.reactivemanagement", "offenders.recall", "offenders.referral", "offenders.registrationperiod",
    "offenders.registrationreview", "offenders.riskperiod", "offenders.riskplan", "offenders.sensitiveitem", "offenders.transfer",
    "offenders.travelnotification", "offenders.vehicle", "offenders.visit", "offenders.warningmarker", "sharing.databreach",
    "sharing.release",
)  # fmt: skip


def refusal(verb: str, condition: str) -> str:
    """Return the statement that makes the function by which the database refuses a row of a bundle."""
    return f"""
{verb} FUNCTION refuse_apart_in_bundle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition}
        OR split_part(NEW.key, ':', 1) IN ('offenders.document', 'offenders.documentfile') AND EXISTS (
            SELECT FROM offenders_document LEFT JOIN offenders_documentfile ON document_id = offenders_document.id
            WHERE is_privileged AND split_part(NEW.key, ':', 2) = CASE split_part(NEW.key, ':', 1)
                WHEN 'offenders.document' THEN offenders_document.id::text ELSE offenders_documentfile.id::text END
        ) THEN
        RAISE EXCEPTION 'this is kept apart' USING ERRCODE = 'check_violation', CONSTRAINT = 'bundle_without_what_is_apart';
    END IF;
    RETURN NEW;
END $$;
"""


def quoted(names: tuple[str, ...]) -> str:
    """Return names as the database writes them."""
    return ", ".join(f"'{name}'" for name in names)


def opened(kinds: tuple[str, ...]) -> str:
    """Return the statement that says which kinds may enter a bundle: all of them each time."""
    return f"""
CREATE OR REPLACE FUNCTION vigil_open_for_bundles() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ SELECT ARRAY[{quoted(kinds)}] $$;
"""


NOT_APART = f"split_part(NEW.key, ':', 1) IN ({quoted(APART)})"
ONLY_OPEN = opened(OPEN) + refusal("CREATE OR REPLACE", "split_part(NEW.key, ':', 1) <> ALL (vigil_open_for_bundles())")
ALL_BUT_APART = refusal("CREATE OR REPLACE", NOT_APART) + "DROP FUNCTION vigil_open_for_bundles();"

RULES = refusal("CREATE", NOT_APART) + """
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
            decided_by_id IS NULL OR passages @> '[{"keep": null}]' OR (passages @> '[{"keep": false}]' AND NOT needs_second)
            OR (needs_second AND read_by_id IS NULL)
        )
    ) THEN
        RAISE EXCEPTION 'a passage is undecided or unread' USING ERRCODE = 'check_violation', CONSTRAINT = 'bundle_wholly_decided';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bundle_wholly_decided BEFORE INSERT ON disclosure_bundle FOR EACH ROW EXECUTE FUNCTION refuse_undecided_bundle();
CREATE TRIGGER bundle_stays BEFORE UPDATE ON disclosure_bundle FOR EACH ROW EXECUTE FUNCTION refuse_changed_disclosure('{}');
CREATE TRIGGER delivery_stays BEFORE UPDATE ON disclosure_delivery FOR EACH ROW EXECUTE FUNCTION refuse_changed_disclosure('{}');
"""
# 0009: a bundle goes only with a row that says who undid its seal and why, and never once it was handed over; that row stays.
UNDOING = """
CREATE FUNCTION refuse_undone_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'disclosure_bundle' THEN
        IF NOT EXISTS (
            SELECT FROM disclosure_undoneseal WHERE request_id = OLD.request_id AND sha256 = OLD.sha256 AND sealed_at = OLD.sealed_at
        ) THEN
            RAISE EXCEPTION 'a seal is undone by somebody, for a reason' USING ERRCODE = 'check_violation', CONSTRAINT = 'seal_undone_by_somebody';
        END IF;
        RETURN OLD;
    END IF;
    IF NOT EXISTS (
        SELECT FROM disclosure_bundle bundle WHERE bundle.request_id = NEW.request_id AND bundle.sha256 = NEW.sha256
        AND bundle.sealed_at = NEW.sealed_at AND bundle.sealed_by_id = NEW.sealed_by_id AND bundle.answer = NEW.answer
        AND NOT EXISTS (SELECT FROM disclosure_delivery WHERE bundle_id = bundle.id)
    ) THEN
        RAISE EXCEPTION 'nothing is sealed so, or it was handed over' USING ERRCODE = 'check_violation', CONSTRAINT = 'seal_undone_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seal_undone_by_somebody BEFORE DELETE ON disclosure_bundle FOR EACH ROW EXECUTE FUNCTION refuse_undone_seal();
CREATE TRIGGER seal_undone_in_time BEFORE INSERT ON disclosure_undoneseal FOR EACH ROW EXECUTE FUNCTION refuse_undone_seal();
CREATE TRIGGER undone_seal_stays BEFORE UPDATE ON disclosure_undoneseal FOR EACH ROW EXECUTE FUNCTION refuse_changed_disclosure('{}');
CREATE FUNCTION refuse_forgotten_undoing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'row % stays', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'undone_seal_is_kept';
END $$;
CREATE TRIGGER undone_seal_is_kept BEFORE DELETE ON disclosure_undoneseal FOR EACH ROW EXECUTE FUNCTION refuse_forgotten_undoing();
"""
NO_UNDOING = """
DROP TRIGGER undone_seal_is_kept ON disclosure_undoneseal;
DROP FUNCTION refuse_forgotten_undoing();
DROP TRIGGER undone_seal_stays ON disclosure_undoneseal;
DROP TRIGGER seal_undone_in_time ON disclosure_undoneseal;
DROP TRIGGER seal_undone_by_somebody ON disclosure_bundle;
DROP FUNCTION refuse_undone_seal();
"""

# 0009: whoever had a part in deciding about a thing is never its second reader.
PARTS = """
UPDATE disclosure_bundleitem SET deciders = ARRAY[decided_by_id] WHERE decided_by_id IS NOT NULL;
"""
READ_BY_OTHERS = """
ALTER TABLE disclosure_bundleitem
    ADD CONSTRAINT bundle_item_read_by_none_who_decided CHECK (read_by_id IS NULL OR read_by_id <> ALL (deciders));
"""
NOT_READ_BY_OTHERS = "ALTER TABLE disclosure_bundleitem DROP CONSTRAINT bundle_item_read_by_none_who_decided;"

# 0010: an answer to what is disputed waits until each thing is decided, and done where it was granted.
ANSWERING = """
CREATE FUNCTION refuse_undone_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.answer = 'correction') <> EXISTS (SELECT FROM disclosure_subjectrequest WHERE id = NEW.request_id AND asks <> 'access')
        OR EXISTS (
            SELECT FROM disclosure_correction
            WHERE request_id = NEW.request_id AND (outcome = '' OR outcome <> 'refused' AND done_at IS NULL)
        ) THEN
        RAISE EXCEPTION 'something disputed is undecided or not done' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'correction_decided_and_done';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER correction_decided_and_done BEFORE INSERT ON disclosure_bundle
    FOR EACH ROW EXECUTE FUNCTION refuse_undone_correction();
CREATE TRIGGER correction_done_stays BEFORE UPDATE ON disclosure_correction FOR EACH ROW
    WHEN (OLD.done_at IS NOT NULL) EXECUTE FUNCTION refuse_changed_disclosure('{}');
"""
NO_ANSWERING = """
DROP TRIGGER correction_done_stays ON disclosure_correction;
DROP TRIGGER correction_decided_and_done ON disclosure_bundle;
DROP FUNCTION refuse_undone_correction();
"""

NO_RULES = """
DROP TRIGGER delivery_stays ON disclosure_delivery;
DROP TRIGGER bundle_stays ON disclosure_bundle;
DROP TRIGGER bundle_wholly_decided ON disclosure_bundle;
DROP FUNCTION refuse_undecided_bundle();
DROP TRIGGER bundle_without_what_is_apart ON disclosure_bundleitem;
DROP FUNCTION refuse_apart_in_bundle();
"""
