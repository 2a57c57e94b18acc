"""The governance app."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Unusual looks, review and disposal of records, annual figures and indicators, quality of data, health of the system."""

    name = "governance"
