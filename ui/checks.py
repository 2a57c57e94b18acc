"""Say what to do when the design-system files are missing; otherwise pages are plain and nothing says why."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from ui.frontend import versions_file


@register(Tags.staticfiles)
def check_frontend_built(**_kwargs: Any) -> list[CheckMessage]:
    """Report ui.E001 until `manage.py build_frontend` has run."""
    if versions_file().exists():
        return []
    return [Error("The design-system files are missing.", hint="Run: manage.py build_frontend", id="ui.E001")]
