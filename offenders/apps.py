"""The offenders app."""
from django.apps import AppConfig


class OffendersConfig(AppConfig):
    """Nominals, the operational card, MAPPA, and who may see them."""

    name = "offenders"
