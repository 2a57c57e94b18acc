"""Help for the pages about people on record."""

from offenders.help import apart, care, records

TOPICS = (*records.TOPICS, *apart.TOPICS, *care.TOPICS)
