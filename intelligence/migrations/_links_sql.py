"""Triggers that note what to compare with all else: the statements of 0020, forth and back."""

# What is new or changed is noted without a unique key, so that nobody who writes waits for the comparison.
FUNCTIONS = """
CREATE FUNCTION intelligence_note_links_of_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO intelligence_linkcheck (key) SELECT DISTINCT 'n' || nominal_id FROM written;
    RETURN NULL;
END $$;
CREATE FUNCTION intelligence_note_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO intelligence_linkcheck (key) VALUES (TG_ARGV[0] || (to_jsonb(NEW) ->> TG_ARGV[1]));
    RETURN NULL;
END $$
"""
NO_FUNCTIONS = "DROP FUNCTION intelligence_note_links(); DROP FUNCTION intelligence_note_links_of_records()"
PARTS = ("identifier", "onlineidentity", "address")
OF_PARTS = {
    f"note_links_{act}": f"AFTER {act} ON offenders_{{table}} REFERENCING {side} TABLE AS written FOR EACH STATEMENT "
    "EXECUTE FUNCTION intelligence_note_links_of_records()"
    for act, side in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD"))
}
# Where, when, under which condition, the sort of thing and the column of its key.
OF_ROWS = (
    ("offenders_operationalfacts", "INSERT", "NEW.modus_operandi <> ''", "n", "nominal_id"),
    ("offenders_operationalfacts", "UPDATE", "NEW.modus_operandi <> OLD.modus_operandi", "n", "nominal_id"),
    ("offenders_nominal", "UPDATE", "(NEW.merged_into_id, NEW.force_id) IS DISTINCT FROM (OLD.merged_into_id, OLD.force_id)", "n", "id"),
    ("intelligence_entity", "INSERT", "true", "e", "id"),
    ("intelligence_entity", "UPDATE", "true", "e", "id"),
    ("intelligence_informationreport", "INSERT", "NEW.submitted_at IS NOT NULL", "r", "id"),
    (
        "intelligence_informationreport", "UPDATE",
        "NEW.submitted_at IS DISTINCT FROM OLD.submitted_at OR (NEW.state = 'withdrawn') <> (OLD.state = 'withdrawn')", "r", "id",
    ),
    ("intelligence_link", "INSERT", "NEW.kind = 'tells_of' AND NEW.state = 'confirmed'", "r", "evidence_id"),
    (
        "intelligence_link", "UPDATE", "NEW.kind = 'tells_of' AND NEW.state <> OLD.state AND NEW.evidence_id IS NOT NULL", "r", "evidence_id",
    ),
    ("intelligence_reportnote", "INSERT", "NEW.kind = 'added'", "r", "report_id"),
)  # fmt: skip
FIRST = """
INSERT INTO intelligence_linkcheck (key)
SELECT 'e' || id FROM intelligence_entity
UNION ALL SELECT 'r' || id FROM intelligence_informationreport WHERE submitted_at IS NOT NULL
UNION ALL SELECT 'n' || nominal_id FROM offenders_operationalfacts WHERE modus_operandi <> ''
"""
FORWARD = [
    FUNCTIONS,
    *(f"CREATE TRIGGER {name} {what.format(table=table)}" for table in PARTS for name, what in OF_PARTS.items()),
    *(
        f"CREATE TRIGGER note_links_{act.lower()} AFTER {act} ON {table} FOR EACH ROW WHEN ({condition}) "
        f"EXECUTE FUNCTION intelligence_note_links('{sort}', '{column}')"
        for table, act, condition, sort, column in OF_ROWS
    ),
    FIRST,
]
BACK = [
    *(f"DROP TRIGGER note_links_{act.lower()} ON {table}" for table, act, *_ in OF_ROWS),
    *(f"DROP TRIGGER {name} ON offenders_{table}" for table in PARTS for name in OF_PARTS),
    NO_FUNCTIONS,
]
