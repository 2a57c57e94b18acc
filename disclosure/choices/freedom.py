"""Words of requests for information of the force."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FreedomKind(models.TextChoices):
    """What is asked for."""

    STATISTICS = "statistics", _("Figures")
    POLICY = "policy", _("A policy, or how something is done")
    PUBLISHED = "published", _("The published MAPPA report")
    CASE = "case", _("A case or a person")
    OTHER = "other", _("Something else")


class Came(models.TextChoices):
    """How it came. A request is in writing."""

    EMAIL = "email", _("By e-mail")
    LETTER = "letter", _("By letter")
    FORM = "form", _("Through the force's web page")
    PUBLIC_SITE = "public_site", _("Through a public site for requests")


class ReplyOutcome(models.TextChoices):
    """What the reply says."""

    DISCLOSE = "disclose", _("Disclose")
    PART = "part", _("Disclose part")
    REFUSE = "refuse", _("Refuse")
    NEITHER = "neither", _("Neither confirm nor deny")
    NOT_HELD = "not_held", _("Not held")
    PUBLISHED = "published", _("Point to the published report")


class ReviewOutcome(models.TextChoices):
    """What an internal review found."""

    UPHELD = "upheld", _("The reply was right")
    PART = "part", _("The reply was partly right")
    OVERTURNED = "overturned", _("The reply was wrong")


class Ending(models.TextChoices):
    """How a request ended."""

    OPEN = "", _("Open")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn by whoever asked")
