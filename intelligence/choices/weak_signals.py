"""Words of weak signals: what follows from several reports of which none is strong by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Follow(models.TextChoices):
    """What follows when somebody has looked at reports that pile up."""

    NOTHING = "nothing", _("Nothing now")
    TASKING = "tasking", _("Raise a tasking to find out more")
    MANAGER = "manager", _("Tell the offender manager")
    ASSESSMENT = "assessment", _("Ask the offender manager for a new assessment of risk")
