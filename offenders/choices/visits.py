"""Words of visits."""

from django.db import models


class VisitState(models.TextChoices):
    """Where a visit stands."""

    PLANNED = "planned", "Planned"
    DONE = "done", "Carried out"
    NO_REPLY = "no_reply", "No reply"
    CANCELLED = "cancelled", "Cancelled"


class VisitNotice(models.TextChoices):
    """Whether the person knew of the visit before."""

    UNANNOUNCED = "unannounced", "Unannounced"
    ANNOUNCED = "announced", "Announced"


class VisitPurpose(models.TextChoices):
    """Why officers go."""

    ROUTINE = "routine", "Routine visit"
    ADDRESS = "address", "Checking an address"
    CHANGE = "change", "After a change of circumstances"
    DEVICES = "devices", "Checking devices"
    CONCERN = "concern", "Following up a concern"
    ASSESSMENT = "assessment", "For a risk assessment"


class RiskSeen(models.TextChoices):
    """What the visit says about the risk."""

    UNCHANGED = "unchanged", "The risk is unchanged"
    CHANGED = "changed", "The risk has changed"
