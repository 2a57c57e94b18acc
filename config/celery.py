"""The Celery application: looks for work in PostgreSQL and pushes notices; the broker keeps nothing that matters."""
import logging
import os
from typing import Any

from celery import Celery, Task
from celery.signals import beat_init, setup_logging, task_failure, task_prerun, task_success, worker_init, worker_process_init
from celery.utils.log import get_multiprocessing_logger
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils.timezone import now

from config.memory import spare_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("vigil")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
logger = logging.getLogger(__name__)


@worker_init.connect
@beat_init.connect
def refuse_unsafe_start(**kwargs: Any) -> None:
    """End the process when a setting is unsafe; any other exception Celery would only log."""
    from config import checks  # noqa: PLC0415  (settings must be loaded first)

    try:
        checks.refuse_unsafe_start()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error


@worker_process_init.connect
def give_way(**kwargs: Any) -> None:
    """What a worker has loaded stays; on a host that serves pages too, these come first."""
    spare_what_is_loaded()
    os.nice(10)


@setup_logging.connect
def keep_form_of_lines(**kwargs: Any) -> None:
    """Leave logs to the settings: Celery would write some of its lines in forms of its own, with what an error quotes."""
    get_multiprocessing_logger().propagate = True


@task_prerun.connect
def note_begin(task: Task, **kwargs: Any) -> None:
    """Remember when the run began."""
    task.request.begun_at = now()


@task_success.connect
def note_success(sender: Task, **kwargs: Any) -> None:
    """Note that a job ended well."""
    note_end(sender)


@task_failure.connect
def note_failure(sender: Task, exception: BaseException, **kwargs: Any) -> None:
    """Note that a job failed, and by which kind of error."""
    note_end(sender, type(exception).__qualname__)


def note_end(task: Task, error: str = "") -> None:
    """Note the end of a run by the name of its task; what it was about is never noted. That it cannot be noted harms no job."""
    from governance.services import jobs  # noqa: PLC0415  (apps must be loaded first)

    try:
        jobs.note_end(actor=None, name=task.name, started_at=getattr(task.request, "begun_at", None) or now(), error=error)
    except DatabaseError:
        logger.error("That %s ended could not be noted", task.name)
