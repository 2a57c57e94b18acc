"""Words of requests for information of the force."""

from django.db import models


class FreedomKind(models.TextChoices):
    """What is asked for."""

    STATISTICS = "statistics", "Figures"
    POLICY = "policy", "A policy, or how something is done"
    PUBLISHED = "published", "The published MAPPA report"
    CASE = "case", "A case or a person"
    OTHER = "other", "Something else"


class Came(models.TextChoices):
    """How it came. A request is in writing."""

    EMAIL = "email", "By e-mail"
    LETTER = "letter", "By letter"
    FORM = "form", "Through the force's web page"
    PUBLIC_SITE = "public_site", "Through a public site for requests"


class ReplyOutcome(models.TextChoices):
    """What the reply says."""

    DISCLOSE = "disclose", "Disclose"
    PART = "part", "Disclose part"
    REFUSE = "refuse", "Refuse"
    NEITHER = "neither", "Neither confirm nor deny"
    NOT_HELD = "not_held", "Not held"
    PUBLISHED = "published", "Point to the published report"


class ReviewOutcome(models.TextChoices):
    """What an internal review found."""

    UPHELD = "upheld", "The reply was right"
    PART = "part", "The reply was partly right"
    OVERTURNED = "overturned", "The reply was wrong"


class Ending(models.TextChoices):
    """How a request ended."""

    OPEN = "", "Open"
    ANSWERED = "answered", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn by whoever asked"
