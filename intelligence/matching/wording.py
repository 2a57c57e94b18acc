"""Reads the words of reports that were sent, and of how people offend, into the tables that are compared."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection

from intelligence.models import ReportMark
from intelligence.rules.suggesting import marks_in

# Whatever a report says once it is sent, with what its author added. Never who gave it: that stands behind row security.
TEXTS = """
SELECT report.id, report.force_id, concat_ws(' ', report.original, report.seen_where,
    (SELECT string_agg(concat_ws(' ', called, words), ' ') FROM intelligence_reportsubject WHERE report_id = report.id),
    (SELECT string_agg(text, ' ') FROM intelligence_reportnote WHERE report_id = report.id AND kind = 'added')) AS text
FROM intelligence_informationreport report
WHERE report.id = ANY(%(reports)s) AND report.submitted_at IS NOT NULL AND report.state <> 'withdrawn'
"""
LEXEMES = "ARRAY(SELECT word FROM unnest(tsvector_to_array(to_tsvector('english', text))) word WHERE word ~ '^[[:alpha:]]{3,}$')"
READ_REPORTS = (
    "DELETE FROM intelligence_reportwords WHERE report_id = ANY(%(reports)s)",
    f"INSERT INTO intelligence_reportwords (report_id, force_id, lexemes) SELECT id, force_id, {LEXEMES} FROM ({TEXTS}) said",  # noqa: S608
)
READ_METHODS = (
    "DELETE FROM intelligence_methodwords WHERE nominal_id = ANY(%(nominals)s)",
    f"""
    INSERT INTO intelligence_methodwords (nominal_id, force_id, lexemes) SELECT id, force_id, {LEXEMES} FROM (
        SELECT nominal.id, nominal.force_id, facts.modus_operandi AS text
        FROM offenders_operationalfacts facts JOIN offenders_nominal nominal ON nominal.id = facts.nominal_id
        WHERE nominal.id = ANY(%(nominals)s) AND nominal.merged_into_id IS NULL AND facts.modus_operandi <> ''
    ) said
    """,  # noqa: S608
)
# How words are written in one report, by the form in which they are compared.
WRITTEN = f"""
SELECT id, (ts_lexize('english_stem', word))[1], min(word)
FROM ({TEXTS}) said, regexp_split_to_table(lower(text), '[^[:alpha:]]+') word WHERE word <> '' GROUP BY 1, 2
"""  # noqa: S608


def run(statement: str, **values: Any) -> list[Any]:
    """Run one of the statements."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def texts_of(reports: Collection[int]) -> list[tuple[int, int, str]]:
    """Return key, force and all words of each report that was sent and not withdrawn."""
    return run(TEXTS, reports=list(reports))


def read_words(*, reports: Collection[int], nominals: Collection[int]) -> None:
    """Store what these say now, in a few statements."""
    for statement in (*READ_REPORTS, *READ_METHODS):
        run(statement, reports=list(reports), nominals=list(nominals))
    ReportMark.objects.filter(report__in=reports).delete()
    ReportMark.objects.bulk_create(
        ReportMark(report_id=report, force_id=force, kind=kind, value=value)
        for report, force, text in texts_of(reports)
        for kind, value in marks_in(text)
    )


def written_in(reports: Collection[int]) -> dict[tuple[int, str], str]:
    """Return how words are written in reports, by report and the form in which they are compared."""
    return {(report, lexeme): word for report, lexeme, word in run(WRITTEN, reports=list(reports))}
