"""The intelligence app."""
from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    """System checks, briefings for investigators, referrals for covert techniques."""

    name = "intelligence"
