"""The accounts app."""
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who: users, forces, units, agencies, roles, delegations; the choke point."""

    name = "accounts"
