"""The audit app."""
from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What happened: events, actor, change log; the edges that filter and record."""

    name = "audit"

    def ready(self) -> None:
        """Connect the one receiver: it stamps who acted on auditlog's entries. Then say which fields those are about."""
        from audit.receivers import keep_to_columns  # noqa: PLC0415  (models must be loaded first)

        keep_to_columns()
