"""Register the checks of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look of every page."""

    name = "ui"

    def ready(self) -> None:
        """Make Django aware of the checks."""
        from ui import checks  # noqa: F401, PLC0415  (importing registers them)
