"""Words of prosecutions and their unused material."""

from django.db import models


class Outcome(models.TextChoices):
    """How a prosecution ended."""

    CONVICTED = "convicted", "Convicted"
    ACQUITTED = "acquitted", "Acquitted"
    DISCONTINUED = "discontinued", "Discontinued by the prosecutor"
    STOPPED = "stopped", "Stopped because of what may not be disclosed"
    OTHER = "other", "Ended otherwise"


class Examined(models.TextChoices):
    """How an item was examined."""

    INSPECTED = "inspected", "Inspected"
    LISTENED = "listened", "Listened to"
    WATCHED = "watched", "Watched"
    NOT_EXAMINED = "not_examined", "Not examined"


class Answer(models.TextChoices):
    """The answer to a test."""

    YES = "yes", "Yes"
    NO = "no", "No"
    CANNOT_SAY = "cannot_say", "Cannot say yet"


class Decision(models.TextChoices):
    """What becomes of an item."""

    DISCLOSE = "disclose", "Disclose to the defence"
    WITHHOLD = "withhold", "Withhold: the court so ruled"
    COURT = "court", "Wait for the court's ruling"
    NOT = "not", "Does not have to be disclosed"


class ReviewKind(models.TextChoices):
    """What led to looking again."""

    ROUTINE = "routine", "Continuing review, nothing new"
    DEFENCE_STATEMENT = "defence_statement", "A defence statement came"
    NEW_ISSUE = "new_issue", "A new issue or new material came up"


class MaterialKind(models.TextChoices):
    """Which thing that Vigil holds an item is."""

    DOCUMENT = "document", "Document"
    REPORT = "report", "Intelligence report"
    SECTION = "section", "Confidential section"
    MINUTES = "minutes", "Minutes of a meeting"
    VISIT = "visit", "Visit"


class Direction(models.TextChoices):
    """Where a line of enquiry points."""

    TOWARDS = "towards", "Towards the suspect"
    AWAY = "away", "Away from the suspect"
    NEITHER = "neither", "Neither way yet"


class LineState(models.TextChoices):
    """Where a line of enquiry stands."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    NOT_PURSUED = "not_pursued", "Not pursued"


class ScheduleKind(models.TextChoices):
    """A schedule as a paper."""

    OPEN = "mg6c", "MG6C: non-sensitive unused material"
    SENSITIVE = "mg6d", "MG6D: sensitive unused material"
    REPORT = "mg6e", "MG6E: disclosure officer's report"


class Recipient(models.TextChoices):
    """Who gets a copy of a schedule."""

    PROSECUTOR = "prosecutor", "The prosecutor"
    DEFENCE = "defence", "The defence"
    COURT = "court", "The court"


class Notice(models.TextChoices):
    """What the defence is told of an application to the court."""

    FULL = "full", "On notice: the defence is told what sort of material it is"
    BARE = "bare", "On notice: the defence is told that there is an application"
    NONE = "none", "Not on notice"


class Ruling(models.TextChoices):
    """What the court ruled."""

    WITHHOLD = "withhold", "Withhold"
    PART = "part", "Disclose in part"
    DISCLOSE = "disclose", "Disclose"
    STOPPED = "stopped", "The prosecution stops rather than disclose"
