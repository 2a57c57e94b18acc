"""The actions app."""
from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """What must be done by when: actions, clocks, notifications."""

    name = "actions"
