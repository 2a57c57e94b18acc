"""Print the data dictionary as docs/data-dictionary.md shows it."""

from itertools import groupby
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from accounts.permissions import TIERS, Perm, holders_of
from governance.reports.dictionary import Column, Table, tables
from governance.rules.tables import OF_LIBRARIES

BEGIN, END = "<!-- dictionary: begin -->\n", "<!-- dictionary: end -->"


def dictionary() -> str:
    """Return the readers by permission, then each table by app, then those of libraries."""
    parts = [f"## Who holds each permission to read\n\n{readers()}"]
    for app, group in groupby(tables(), key=lambda table: table.app):
        each = "\n\n".join(section(table) for table in group)
        parts.append(f"## {apps.get_app_config(app).verbose_name} (`{app}`)\n\n{each}")
    libraries = "\n".join(f"| `{label}` | {words} |" for label, words in OF_LIBRARIES.items())
    return "\n\n".join([*parts, f"## Tables of libraries\n\n| table | what Vigil keeps there |\n|---|---|\n{libraries}"])


def readers() -> str:
    """Return each permission by which a table is read, its tier, and the roles that hold it."""
    used = {getattr(model, "read_permission", None) for model in apps.get_models()}
    roles = {perm: ", ".join(str(role.label) for role in holders_of(perm)) for perm in Perm if perm in used}
    lines = [f"| `{perm}` | {TIERS.get(perm, '–')} | {labels} |" for perm, labels in roles.items()]
    return "\n".join(["| permission | tier | roles |", "|---|---|---|", *lines])


def section(table: Table) -> str:
    """Return one table."""
    facts = (("Read with", table.readers), ("Whose data", table.about), ("At a disposal", table.kept), ("Change log", table.logged))
    said = "\n".join(f"- **{name}**: {words}" for name, words in facts)
    rows = "\n".join(row(column) for column in table.columns)
    head = "| field | type | what it is | personal data | notes |\n|---|---|---|---|---|"
    return f"### `{table.name}`\n\n{table.holds}\n\n{said}\n\n{head}\n{rows}"


def row(column: Column) -> str:
    """Return one field."""
    cells = (f"`{column.name}`", column.kind, column.meaning, column.whose, column.notes)
    return f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"


def write_page() -> None:
    """Put the dictionary between the marks of its page."""
    path = settings.BASE_DIR / "docs" / "data-dictionary.md"
    head, rest = path.read_text(encoding="utf-8").split(BEGIN)
    path.write_text(f"{head}{BEGIN}{dictionary()}\n{END}{rest.split(END)[1]}", encoding="utf-8")


class Command(BaseCommand):
    """Writes to standard output, or into its page."""

    help = "Print the data dictionary: each table and field, whose data it is, who reads it, what becomes of it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the page be written."""
        parser.add_argument("--write", action="store_true", help="write docs/data-dictionary.md instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it, or write the page."""
        if options["write"]:
            write_page()
        else:
            self.stdout.write(dictionary())
