"""The guide app."""

from django.apps import AppConfig


class GuideConfig(AppConfig):
    """Help with every page, and why something does not open. Keeps nothing; the apps below declare their topics."""

    name = "guide"
