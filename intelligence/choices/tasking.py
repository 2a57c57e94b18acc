"""Words of taskings: at which level, by which means, on which shift, how they are reviewed and end."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """At which level something is wanted."""

    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    FORCE = "force", _("Force")
    BCU = "bcu", _("BCU")
    NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")


class Means(models.TextChoices):
    """How it is to be found out."""

    PATROL = "patrol", _("Patrol")
    VISIT = "visit", _("Visit")
    CCTV = "cctv", _("CCTV, as recorded")
    ANPR = "anpr", _("ANPR")
    OPEN_SOURCE = "open_source", _("Open source, looked at once")
    CCTV_DIRECTED = "cctv_directed", _("CCTV that follows a person")
    ONLINE = "online", _("Open source, watched again and again")
    SURVEILLANCE = "surveillance", _("Surveillance")


class Shift(models.TextChoices):
    """On which shift of a day officers are briefed."""

    EARLY = "early", _("Early")
    LATE = "late", _("Late")
    NIGHT = "night", _("Night")


class Outcome(models.TextChoices):
    """What a review found."""

    KEPT = "reviewed", _("It goes on as it is")
    EXTENDED = "extended", _("It goes on for longer")


class Ending(models.TextChoices):
    """How a tasking ended."""

    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Its last day has passed")
