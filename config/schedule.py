"""What Celery beat looks after, and how often. Jobs are safe to run twice; dates are decided inside the services."""

from typing import Any

from celery.schedules import crontab

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "end sessions that ran out": {
        "task": "accounts.tasks.delete_old_sessions",
        "schedule": crontab(minute=5),
        "options": {"expires": 3000},
    },
    "forget old searches": {"task": "offenders.tasks.delete_old_searches", "schedule": crontab(minute=25), "options": {"expires": 3000}},
    "count the words of names": {
        "task": "offenders.tasks.count_name_words",
        "schedule": crontab(hour=2, minute=40),
        "options": {"expires": 3000},
    },
    "raise MAPPA reviews and minutes": {
        "task": "offenders.tasks.raise_reviews",
        "schedule": crontab(hour="*/6", minute=50),
        "options": {"expires": 3000},
    },
    "carry on with imports": {"task": "offenders.tasks.resume_imports", "schedule": crontab(minute="*/5"), "options": {"expires": 280}},
}
