"""Words of taskings: at which level, by which means, on which shift, how they are reviewed and end."""

from django.db import models


class Level(models.TextChoices):
    """At which level something is wanted."""

    NATIONAL = "national", "National"
    REGIONAL = "regional", "Regional"
    FORCE = "force", "Force"
    BCU = "bcu", "BCU"
    NEIGHBOURHOOD = "neighbourhood", "Neighbourhood"


class Means(models.TextChoices):
    """How it is to be found out."""

    PATROL = "patrol", "Patrol"
    VISIT = "visit", "Visit"
    CCTV = "cctv", "CCTV, as recorded"
    ANPR = "anpr", "ANPR"
    OPEN_SOURCE = "open_source", "Open source, looked at once"
    CCTV_DIRECTED = "cctv_directed", "CCTV that follows a person"
    ONLINE = "online", "Open source, watched again and again"
    SURVEILLANCE = "surveillance", "Surveillance"


class Shift(models.TextChoices):
    """On which shift of a day officers are briefed."""

    EARLY = "early", "Early"
    LATE = "late", "Late"
    NIGHT = "night", "Night"


class Outcome(models.TextChoices):
    """What a review found."""

    KEPT = "reviewed", "It goes on as it is"
    EXTENDED = "extended", "It goes on for longer"


class Ending(models.TextChoices):
    """How a tasking ended."""

    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Its last day has passed"
