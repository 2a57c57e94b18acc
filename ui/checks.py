"""Say what to do when something is missing that pages or papers need; otherwise nothing says why they fail."""

import ctypes.util
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  (Django's own word)

from ui.frontend import versions_file


@register(Tags.staticfiles)
def check_frontend_built(**_kwargs: Any) -> list[CheckMessage]:
    """Report ui.E001 until `manage.py build_frontend` has run."""
    if versions_file().exists():
        return []
    return [Error("The design-system files are missing.", hint="Run: manage.py build_frontend", id="ui.E001")]


@register()
def check_pango_found(**_kwargs: Any) -> list[CheckMessage]:
    """Report ui.W001 where the operating system lacks the library that sets the type of PDFs."""
    if ctypes.util.find_library("pango-1.0"):
        return []
    hint = "Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
    return [Warning("Pango is missing: no PDF can be made.", hint=hint, id="ui.W001")]
