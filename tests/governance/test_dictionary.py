"""The data dictionary says what the code declares, of every table and field."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models

from accounts.permissions import OPENED_BY, TIERS, Perm
from audit.disposing import Goes, Stays
from audit.personal import Apart, Held, NotTheirs
from disclosure.models import FreedomRequest
from governance.models import JobRun
from governance.reports.dictionary import Column, kept_until, kind_of, table_of, tables
from governance.rules.tables import GUARDED, OF_LIBRARIES
from intelligence.models import InformationGiver, ReportSearch
from offenders.models import Address, Name, Nominal, ProtectedPerson, SavedSearch
from tests.test_architecture import our_models

STAYS, GOES = Stays("it is a rule"), Goes()


def column(model: type[models.Model], name: str, about: Held | Apart | NotTheirs, kept: Goes | Stays = GOES) -> Column:
    """One field of a table."""
    return {each.name: each for each in table_of(model, about, kept).columns}[name]


def test_page_is_what_the_code_declares() -> None:
    page = (settings.BASE_DIR / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    copy = page.split("<!-- dictionary: begin -->\n")[1].split("<!-- dictionary: end -->")[0]
    out = StringIO()
    call_command("show_data_dictionary", stdout=out)

    assert copy.strip() == out.getvalue().strip(), "run make dictionary"


def test_the_page_is_written_between_its_marks(settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    page = tmp_path / "docs" / "data-dictionary.md"
    page.parent.mkdir()
    page.write_text("Head\n<!-- dictionary: begin -->\nold\n<!-- dictionary: end -->\nfoot\n", encoding="utf-8")

    call_command("show_data_dictionary", "--write")

    written = page.read_text(encoding="utf-8")
    assert written.startswith("Head\n<!-- dictionary: begin -->\n## Who holds each permission to read\n")
    assert written.endswith(" |\n<!-- dictionary: end -->\nfoot\n")
    assert "\nold\n" not in written


def test_every_table_and_field_is_described() -> None:
    described = {f"{table.app}.{table.name}": {each.name for each in table.columns} for table in tables()}
    there = {model._meta.label: {field.name for field in columns_of(model)} for model in our_models()}

    assert described == there
    assert [each for table in tables() for each in table.columns if not (each.kind and each.meaning and each.whose)] == []
    assert [table.name for table in tables() if not (table.holds and table.readers and table.about and table.kept and table.logged)] == []


def columns_of(model: type[models.Model]) -> list[models.Field]:
    """The fields that the database keeps for a table."""
    return [*model._meta.concrete_fields, *model._meta.local_many_to_many]


def test_tables_of_libraries_are_all_named() -> None:
    assert {model._meta.label for model in apps.get_models()} - {model._meta.label for model in our_models()} == set(OF_LIBRARIES)


@pytest.mark.django_db
def test_tables_that_the_database_guards_are_those_that_are_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        guarded = {name for (name,) in cursor.fetchall()}

    assert {apps.get_model(label)._meta.db_table for label in GUARDED} == guarded


def test_what_is_granted_together_is_of_one_tier() -> None:
    narrow = {perm: opened[-1] for perm, opened in OPENED_BY.items() if perm in TIERS and len(opened) == 1}

    assert {perm: TIERS[perm] for perm in narrow} == {perm: TIERS[by] for perm, by in narrow.items()}
    assert TIERS[Perm.VIEW_MARKER] < TIERS[Perm.VIEW_CARD] < TIERS[Perm.VIEW_CASE_FILE] < TIERS[Perm.VIEW_SENSITIVE]


def test_a_field_says_whose_data_it_is() -> None:
    held = Held("Addresses")

    assert column(Address, "id", held).whose == "key"
    assert column(Address, "nominal", held).whose == "yes"
    assert column(Nominal, "offender_manager", Held("The record", nominal="pk")).whose == "staff"
    assert column(Address, "version", held).whose == "no"
    assert column(Name, "tokens", Held("Names")).whose == "yes, not given"
    assert column(ProtectedPerson, "name", Apart("others", "A child.")).whose == "yes, apart"
    assert column(FreedomRequest, "asker", NotTheirs("about the force", "whoever asked")).whose == "whoever asked"
    assert column(FreedomRequest, "asker", NotTheirs("about the force")).whose == "no"


def test_a_field_says_what_the_change_log_hides_of_it_and_what_a_disposal_empties() -> None:
    kept = Goes(without={"relation": {"relation": ""}})

    assert column(ProtectedPerson, "name", Apart("others", "A child."), kept).notes == "hidden in the change log"
    assert column(ProtectedPerson, "relation", Apart("others", "A child."), kept).notes == "emptied when what it names is disposed of"


def test_a_table_says_its_tier_and_that_the_database_guards_it() -> None:
    giver = table_of(InformationGiver, Apart("others", "Who."), GOES).readers

    assert giver.startswith("`view_report`, tier 4. ")
    assert giver.endswith("The database itself guards each row.")
    assert table_of(Nominal, Held("The record", nominal="pk"), GOES).readers.startswith("`view_marker`, tier 0. ")


def test_a_table_says_what_becomes_of_its_rows() -> None:
    assert kept_until(Nominal, STAYS) == "stays: it is a rule"
    assert kept_until(Nominal, GOES) == "rows about it go"
    assert kept_until(SavedSearch, GOES) == "rows about it go; deleted after 12 hours"
    assert kept_until(ReportSearch, GOES).endswith("deleted after 12 hours, or, kept under a name, 365 days after it was opened last")
    assert kept_until(JobRun, STAYS) == "stays: it is a rule; deleted after 90 days"


def test_types_are_said_in_words() -> None:
    fields = {field.name: kind_of(field) for field in (*Name._meta.concrete_fields, *Nominal._meta.concrete_fields)}

    assert fields["tokens"] == "list, each a whole number"
    assert fields["merged_into"] == "link to `offenders.Nominal`, may be empty"
    assert fields["is_restricted"] == "yes or no"
    assert fields["created_at"] == "moment"
