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
    "carry on with imports": {"task": "offenders.tasks.resume_imports", "schedule": crontab(minute="*/5"), "options": {"expires": 280}},
    "remind owners of actions": {"task": "actions.tasks.remind_owners", "schedule": crontab(minute="*/15"), "options": {"expires": 800}},
    "tell the next ranks of overdue actions": {
        "task": "actions.tasks.escalate_actions",
        "schedule": crontab(minute="3,18,33,48"),
        "options": {"expires": 800},
    },
    "mail the number of notifications": {
        "task": "actions.tasks.mail_notifications",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 280},
    },
    "reckon clocks anew": {"task": "actions.tasks.recompute_clocks", "schedule": crontab(minute=7), "options": {"expires": 3000}},
    "find actions without an able owner": {
        "task": "actions.tasks.rehome_actions",
        "schedule": crontab(minute=11),
        "options": {"expires": 3000},
    },
}
