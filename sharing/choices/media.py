"""Words of work with the media."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnquiryKind(models.TextChoices):
    """What an enquiry is about. None is the usual one."""

    GENERAL = "general", _("General: how people are managed. It names nobody")
    SPECIFIC = "specific", _("Specific: about a person")


class Received(models.TextChoices):
    """How it came."""

    PHONE = "phone", _("By telephone")
    EMAIL = "email", _("By e-mail")
    IN_PERSON = "in_person", _("In person")
    SOCIAL_MEDIA = "social_media", _("Social media")


class Outcome(models.TextChoices):
    """Where an enquiry stands."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused to respond")


class Outlet(models.TextChoices):
    """How something goes out."""

    CONFERENCE = "conference", _("News conference")
    STATEMENT = "statement", _("Statement")
    INTERVIEWS = "interviews", _("Interviews")
    APPEAL = "appeal", _("Appeal with a picture")
