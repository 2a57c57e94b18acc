"""Words of prosecutions and their unused material."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How a prosecution ended."""

    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    DISCONTINUED = "discontinued", _("Discontinued by the prosecutor")
    STOPPED = "stopped", _("Stopped because of what may not be disclosed")
    OTHER = "other", _("Ended otherwise")


class Examined(models.TextChoices):
    """How an item was examined."""

    INSPECTED = "inspected", _("Inspected")
    LISTENED = "listened", _("Listened to")
    WATCHED = "watched", _("Watched")
    NOT_EXAMINED = "not_examined", _("Not examined")


class Answer(models.TextChoices):
    """The answer to a test."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    CANNOT_SAY = "cannot_say", _("Cannot say yet")


class Decision(models.TextChoices):
    """What becomes of an item."""

    DISCLOSE = "disclose", _("Disclose to the defence")
    WITHHOLD = "withhold", _("Withhold: the court so ruled")
    COURT = "court", _("Wait for the court's ruling")
    NOT = "not", _("Does not have to be disclosed")


class ReviewKind(models.TextChoices):
    """What led to looking again."""

    ROUTINE = "routine", _("Continuing review, nothing new")
    DEFENCE_STATEMENT = "defence_statement", _("A defence statement came")
    NEW_ISSUE = "new_issue", _("A new issue or new material came up")


class MaterialKind(models.TextChoices):
    """Which thing that Vigil holds an item is."""

    DOCUMENT = "document", _("Document")
    REPORT = "report", _("Intelligence report")
    SECTION = "section", _("Confidential section")
    MINUTES = "minutes", _("Minutes of a meeting")
    VISIT = "visit", _("Visit")


class Direction(models.TextChoices):
    """Where a line of enquiry points."""

    TOWARDS = "towards", _("Towards the suspect")
    AWAY = "away", _("Away from the suspect")
    NEITHER = "neither", _("Neither way yet")


class LineState(models.TextChoices):
    """Where a line of enquiry stands."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    NOT_PURSUED = "not_pursued", _("Not pursued")


class ScheduleKind(models.TextChoices):
    """A schedule as a paper."""

    OPEN = "mg6c", _("MG6C: non-sensitive unused material")
    SENSITIVE = "mg6d", _("MG6D: sensitive unused material")
    REPORT = "mg6e", _("MG6E: disclosure officer's report")


class Recipient(models.TextChoices):
    """Who gets a copy of a schedule."""

    PROSECUTOR = "prosecutor", _("The prosecutor")
    DEFENCE = "defence", _("The defence")
    COURT = "court", _("The court")


class Notice(models.TextChoices):
    """What the defence is told of an application to the court."""

    FULL = "full", _("On notice: the defence is told what sort of material it is")
    BARE = "bare", _("On notice: the defence is told that there is an application")
    NONE = "none", _("Not on notice")


class Ruling(models.TextChoices):
    """What the court ruled."""

    WITHHOLD = "withhold", _("Withhold")
    PART = "part", _("Disclose in part")
    DISCLOSE = "disclose", _("Disclose")
    STOPPED = "stopped", _("The prosecution stops rather than disclose")
