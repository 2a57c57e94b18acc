"""Words of visits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitState(models.TextChoices):
    """Where a visit stands."""

    PLANNED = "planned", _("Planned")
    DONE = "done", _("Carried out")
    NO_REPLY = "no_reply", _("No reply")
    CANCELLED = "cancelled", _("Cancelled")


class VisitNotice(models.TextChoices):
    """Whether the person knew of the visit before."""

    UNANNOUNCED = "unannounced", _("Unannounced")
    ANNOUNCED = "announced", _("Announced")


class VisitPurpose(models.TextChoices):
    """Why officers go."""

    ROUTINE = "routine", _("Routine visit")
    ADDRESS = "address", _("Checking an address")
    CHANGE = "change", _("After a change of circumstances")
    DEVICES = "devices", _("Checking devices")
    CONCERN = "concern", _("Following up a concern")
    ASSESSMENT = "assessment", _("For a risk assessment")


class RiskSeen(models.TextChoices):
    """What the visit says about the risk."""

    UNCHANGED = "unchanged", _("The risk is unchanged")
    CHANGED = "changed", _("The risk has changed")
