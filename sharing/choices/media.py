"""Words of work with the media."""

from django.db import models


class EnquiryKind(models.TextChoices):
    """What an enquiry is about. None is the usual one."""

    GENERAL = "general", "General: how people are managed. It names nobody"
    SPECIFIC = "specific", "Specific: about a person"


class Received(models.TextChoices):
    """How it came."""

    PHONE = "phone", "By telephone"
    EMAIL = "email", "By e-mail"
    IN_PERSON = "in_person", "In person"
    SOCIAL_MEDIA = "social_media", "Social media"


class Outcome(models.TextChoices):
    """Where an enquiry stands."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    REFUSED = "refused", "Refused to respond"


class Outlet(models.TextChoices):
    """How something goes out."""

    CONFERENCE = "conference", "News conference"
    STATEMENT = "statement", "Statement"
    INTERVIEWS = "interviews", "Interviews"
    APPEAL = "appeal", "Appeal with a picture"
