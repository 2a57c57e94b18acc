"""Help for the pages about sharing information."""

from sharing.help import agencies, decisions

TOPICS = (*decisions.TOPICS, *agencies.TOPICS)
