"""Compile the catalogues of words into the files that Django reads, without gettext, and say how much is translated."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Writes a django.mo beside each django.po; what is marked as doubtful (fuzzy) is left out."""

    help = "Compile locale/*/LC_MESSAGES/django.po, and print how much of each is translated."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, verbosity: int = 1, **_options: Any) -> None:
        """Compile each catalogue."""
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
                words = polib.pofile(str(source))
                words.save_as_mofile(str(source.with_suffix(".mo")))
                done, known = len(words.translated_entries()), len([entry for entry in words if not entry.obsolete])
                if verbosity:
                    share = done * 100 // max(known, 1)
                    self.stdout.write(f"{source.parent.parent.name}: {done} of {known} texts are translated ({share} %)")
