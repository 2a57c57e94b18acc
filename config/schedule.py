"""What Celery beat looks after, and how often. Jobs are safe to run twice; dates are decided inside the services."""
from typing import Any

from celery.schedules import crontab

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "end sessions that ran out": {"task": "accounts.tasks.delete_old_sessions", "schedule": crontab(minute=5), "options": {"expires": 3000}},
}
