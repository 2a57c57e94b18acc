"""Help for the pages about intelligence."""

from intelligence.help import alerts, bureau, reports

TOPICS = (*reports.TOPICS, *bureau.TOPICS, *alerts.TOPICS)
