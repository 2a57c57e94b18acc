"""What Celery beat looks after, and how often, and which jobs are long.

Jobs are safe to run twice; dates are decided inside the services.
"""

from typing import Any

from celery.schedules import crontab

# Work waits in two lines, under these names in the broker. What may take minutes has its own, so that none holds up what somebody must
# be told now.
QUEUES = PROMPT, LONG = "celery", "long"
LONG_JOBS = (
    "actions.tasks.recompute_clocks",
    "audit.tasks.run_check",
    "disclosure.tasks.collect_subject_request",
    "governance.tasks.raise_retention_reviews",
    "intelligence.tasks.check_flag_reviews",
    "intelligence.tasks.compare_travel_again",
    "intelligence.tasks.find_all_duplicates",
    "intelligence.tasks.find_duplicates",
    "intelligence.tasks.raise_missing_flags",
    "intelligence.tasks.suggest_all_links",
    "intelligence.tasks.suggest_links",
    "offenders.tasks.count_name_words",
    "offenders.tasks.raise_assessments",
    "offenders.tasks.raise_duties",
    "offenders.tasks.raise_reviews",
    "offenders.tasks.raise_visits",
    "offenders.tasks.run_import",
)
BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "end sessions that ran out": {
        "task": "accounts.tasks.delete_old_sessions",
        "schedule": crontab(minute=5),
        "options": {"expires": 3000},
    },
    "remove tokens that ran out": {
        "task": "accounts.tasks.delete_old_tokens",
        "schedule": crontab(minute=45),
        "options": {"expires": 3000},
    },
    "seal the log": {"task": "audit.tasks.seal_log", "schedule": crontab(), "options": {"expires": 50}},
    "make months of the log ahead": {
        "task": "audit.tasks.prepare_months",
        "schedule": crontab(hour=0, minute=40),
        "options": {"expires": 3000},
    },
    "mail the seal of the log": {"task": "audit.tasks.mail_seal", "schedule": crontab(minute=55), "options": {"expires": 3000}},
    "verify the last days of the log": {
        "task": "audit.tasks.verify_days",
        "schedule": crontab(hour=1, minute=30, day_of_week="1-6"),
        "options": {"expires": 3000},
    },
    "verify the whole log": {
        "task": "audit.tasks.verify_all",
        "schedule": crontab(hour=1, minute=30, day_of_week=0),
        "options": {"expires": 3000},
    },
    "tell of silent hits": {"task": "offenders.tasks.look_at_searches", "schedule": crontab(), "options": {"expires": 50}},
    "forget old searches": {"task": "offenders.tasks.delete_old_searches", "schedule": crontab(minute=25), "options": {"expires": 3000}},
    "count the words of names": {
        "task": "offenders.tasks.count_name_words",
        "schedule": crontab(hour=2, minute=40),
        "options": {"expires": 3000},
    },
    "raise annual notifications": {
        "task": "offenders.tasks.raise_duties",
        "schedule": crontab(hour=3, minute=5),
        "options": {"expires": 3000},
    },
    "raise visits that fall due": {
        "task": "offenders.tasks.raise_visits",
        "schedule": crontab(hour=3, minute=15),
        "options": {"expires": 3000},
    },
    "raise risk assessments and plan actions": {
        "task": "offenders.tasks.raise_assessments",
        "schedule": crontab(hour=3, minute=25),
        "options": {"expires": 3000},
    },
    "raise MAPPA reviews and minutes": {
        "task": "offenders.tasks.raise_reviews",
        "schedule": crontab(hour="*/6", minute=50),
        "options": {"expires": 3000},
    },
    "carry on with imports": {"task": "offenders.tasks.resume_imports", "schedule": crontab(minute="*/5"), "options": {"expires": 280}},
    "scan documents that wait": {
        "task": "offenders.tasks.scan_waiting_files",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 280},
    },
    "remove files without a row": {
        "task": "offenders.tasks.remove_left_over_files",
        "schedule": crontab(hour=3, minute=10),
        "options": {"expires": 3000},
    },
    "end taskings that expired": {
        "task": "intelligence.tasks.expire_taskings",
        "schedule": crontab(hour="*/6", minute=5),
        "options": {"expires": 3000},
    },
    "tell agencies of what was shared and is over": {
        "task": "sharing.tasks.end_releases",
        "schedule": crontab(minute=10),
        "options": {"expires": 3000},
    },
    "carry on with system checks": {
        "task": "intelligence.tasks.resume_system_checks",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 280},
    },
    "raise system checks that are due": {
        "task": "intelligence.tasks.raise_due_system_checks",
        "schedule": crontab(minute=35),
        "options": {"expires": 3000},
    },
    "compare reports from the border": {
        "task": "intelligence.tasks.match_travel_alerts",
        "schedule": crontab(),
        "options": {"expires": 50},
    },
    "compare unmatched reports again": {
        "task": "intelligence.tasks.compare_travel_again",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 500},
    },
    "find records of one person": {
        "task": "intelligence.tasks.find_duplicates",
        "schedule": crontab(minute="5-59/10"),
        "options": {"expires": 500},
    },
    "compare all records with each other": {
        "task": "intelligence.tasks.find_all_duplicates",
        "schedule": crontab(hour=4, minute=15),
        "options": {"expires": 3000},
    },
    "suggest what belongs together": {
        "task": "intelligence.tasks.suggest_links",
        "schedule": crontab(minute="8-59/10"),
        "options": {"expires": 500},
    },
    "suggest again what belongs together": {
        "task": "intelligence.tasks.suggest_all_links",
        "schedule": crontab(hour=4, minute=25),
        "options": {"expires": 3000},
    },
    "watch the sources of reports": {
        "task": "intelligence.tasks.watch_travel_feeds",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 800},
    },
    "take mails of the border": {"task": "intelligence.tasks.fetch_alert_mailboxes", "schedule": crontab(), "options": {"expires": 50}},
    "take files of the border": {"task": "intelligence.tasks.take_alert_folders", "schedule": crontab(), "options": {"expires": 50}},
    "carry on reading reports of the border": {
        "task": "intelligence.tasks.resume_alert_reading",
        "schedule": crontab(minute="*/2"),
        "options": {"expires": 100},
    },
    "note what the calendar made happen": {
        "task": "offenders.tasks.note_what_is_due",
        "schedule": crontab(hour=3, minute=45),
        "options": {"expires": 3000},
    },
    "ask for flags on registered people": {
        "task": "intelligence.tasks.raise_missing_flags",
        "schedule": crontab(hour=3, minute=55),
        "options": {"expires": 3000},
    },
    "test the routes of flags": {
        "task": "intelligence.tasks.send_canaries",
        "schedule": crontab(day_of_month=1, hour=10, minute=0),
        "options": {"expires": 3000},
    },
    "find routes of flags that are dead": {
        "task": "intelligence.tasks.check_canaries",
        "schedule": crontab(minute="4-59/10"),
        "options": {"expires": 500},
    },
    "raise reviews of flags that are due": {
        "task": "intelligence.tasks.check_flag_reviews",
        "schedule": crontab(hour=3, minute=35),
        "options": {"expires": 3000},
    },
    "match what happened with flags": {
        "task": "intelligence.tasks.match_occurrences",
        "schedule": crontab(minute="*/2"),
        "options": {"expires": 100},
    },
    "bring intelligence reports to whom they concern": {
        "task": "intelligence.tasks.route_reports",
        "schedule": crontab(),
        "options": {"expires": 50},
    },
    "tell of new results of kept searches": {
        "task": "intelligence.tasks.tell_of_new_results",
        "schedule": crontab(minute="1-59/5"),
        "options": {"expires": 280},
    },
    "forget old searches of reports": {
        "task": "intelligence.tasks.delete_old_report_searches",
        "schedule": crontab(minute=35),
        "options": {"expires": 3000},
    },
    "tell of agreements that begin or end": {
        "task": "sharing.tasks.tell_of_agreements",
        "schedule": crontab(),
        "options": {"expires": 50},
    },
    "raise reviews of agreements": {
        "task": "sharing.tasks.raise_agreement_reviews",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 3000},
    },
    "tell of what was decided in somebody's name": {
        "task": "sharing.tasks.tell_of_lent_authority",
        "schedule": crontab(hour=6, minute=30),
        "options": {"expires": 3000},
    },
    "tell systems of agencies what changed": {
        "task": "sharing.tasks.deliver_changes",
        "schedule": crontab(),
        "options": {"expires": 50},
    },
    "find unusual looks": {
        "task": "governance.tasks.find_unusual_looks",
        "schedule": crontab(minute="6-59/10"),
        "options": {"expires": 500},
    },
    "raise reviews of retention": {
        "task": "governance.tasks.raise_retention_reviews",
        "schedule": crontab(hour=2, minute=15),
        "options": {"expires": 3000},
    },
    "finish disposals": {"task": "governance.tasks.finish_disposals", "schedule": crontab(minute="*/5"), "options": {"expires": 280}},
    "forget jobs that run no longer": {
        "task": "governance.tasks.delete_old_runs",
        "schedule": crontab(hour=3, minute=58),
        "options": {"expires": 3000},
    },
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

# Only in a demonstration: invented journeys, so that something comes in while one looks.
DEMO_SCHEDULE: dict[str, dict[str, Any]] = {
    "report an invented journey": {"task": "intelligence.tasks.drop_demo_alert", "schedule": crontab(), "options": {"expires": 50}},
}
