"""What auditlog is told: who acted, in which role and request, on each entry of the change log; and which fields count."""
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.db.models.signals import pre_save
from django.dispatch import receiver

from audit import context


@receiver(pre_save, sender=LogEntry)
def stamp_actor(sender: type[LogEntry], instance: LogEntry, **kwargs: Any) -> None:
    """Add the actor, the acting role and the request to an entry before it is stored."""
    now = context.current()
    if instance.actor_id is None and (actor := context.current_actor()):
        instance.actor_id = actor.pk
    instance.cid = str(now.request_id)
    instance.additional_data = {**(instance.additional_data or {}), "acting_role": now.acting_role}


def keep_to_columns() -> None:
    """Log what a row itself holds. Auditlog would also ask for every row that points at it, one statement each, and say nothing of it."""
    for model, options in auditlog._registry.items():  # noqa: SLF001 - the public way is to name them with each model
        options["include_fields"] = options["include_fields"] or [field.name for field in model._meta.concrete_fields]
