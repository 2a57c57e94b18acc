"""The sharing app."""
from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Decisions to share, agreements with agencies, releases, requests of partners, the media."""

    name = "sharing"
