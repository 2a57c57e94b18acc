"""Words of weak signals: what follows from several reports of which none is strong by itself."""

from django.db import models


class Follow(models.TextChoices):
    """What follows when somebody has looked at reports that pile up."""

    NOTHING = "nothing", "Nothing now"
    TASKING = "tasking", "Raise a tasking to find out more"
    MANAGER = "manager", "Tell the offender manager"
    ASSESSMENT = "assessment", "Ask the offender manager for a new assessment of risk"
