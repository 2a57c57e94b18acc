"""Words of system checks."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class AdapterKind(models.TextChoices):
    """How a source can be asked."""

    BY_HAND = "by_hand", _("Recorded by hand")
    HTTP_JSON = "http_json", _("Asked by Vigil")


class CheckState(models.TextChoices):
    """Where a check stands."""

    ASKED = "asked", _("Asked, no answer yet")
    ANSWERED = "answered", _("Answered")
    FAILED = "failed", _("Failed")


class CheckResult(models.TextChoices):
    """What the source knows of the person."""

    NO_TRACE = "no_trace", _("No trace")
    TRACE = "trace", _("Trace")
    POSSIBLE = "possible", _("Possible match, to be confirmed")


class Failure(models.TextChoices):
    """Why a source gave no answer."""

    TIMEOUT = "timeout", _("It took too long to answer")
    REFUSED = "refused", _("It refused the question")
    OUTAGE = "outage", _("It could not be reached")
    BAD_ANSWER = "bad_answer", _("Its answer could not be understood")


class Need(models.TextChoices):
    """What a source may be told of a person."""

    NAME = "name", _("name")
    BIRTH = "birth", _("date of birth")
    PNC = "pnc", _("PNC number")
    CRO = "cro", _("CRO number")
    VISOR = "visor", _("national reference")
    PRISON = "prison", _("prison number")
    PASSPORT = "passport", _("passport number")
