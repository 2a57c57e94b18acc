"""Gather the words that can be translated into locale/; needs the programs of gettext."""

from typing import Any

from django.core.management.commands import makemessages

OURS = ("DomainError", "StaleRecord", "DoorClosed")  # refusals are raised in English, and translated where they are shown
NOT_OURS = ["build/*", "frontend/*", "frontend-test/*", "tests/*", "benchmarks/*", ".venv/*", ".vigil/*", "*/demo/*", "*/migrations/*"]


class Command(makemessages.Command):
    """Django's makemessages with our refusals, by file without line numbers, so that a change of code changes little here."""

    xgettext_options = [*makemessages.Command.xgettext_options, *(f"--keyword={name}:1" for name in OURS)]
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather them."""
        fixed = {"add_location": "file", "no_obsolete": True, "ignore_patterns": NOT_OURS, "extensions": ["html", "py"]}
        super().handle(*args, **{**options, **fixed})
