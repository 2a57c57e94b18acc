"""The disclosure app."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Disclosure schemes, subject access, freedom of information, unused material of prosecutions."""

    name = "disclosure"
