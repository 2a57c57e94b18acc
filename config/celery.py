"""The Celery application: looks for work in PostgreSQL and pushes notices; the broker keeps nothing that matters."""
import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("vigil")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**kwargs: Any) -> None:
    """End the process when a setting is unsafe; any other exception Celery would only log."""
    from config import checks  # noqa: PLC0415  (settings must be loaded first)

    try:
        checks.refuse_unsafe_start()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error
