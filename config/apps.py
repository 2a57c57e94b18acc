"""The wiring as an app, so that its checks are found."""
from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Settings, routes, errors, servers."""

    name = "config"

    def ready(self) -> None:
        """Register the checks."""
        from config import checks  # noqa: F401, PLC0415  (the check registry wants loaded apps)
