"""Words of system checks."""
from django.db import models


class AdapterKind(models.TextChoices):
    """How a source can be asked."""

    BY_HAND = "by_hand", "Recorded by hand"
    HTTP_JSON = "http_json", "Asked by Vigil"


class CheckState(models.TextChoices):
    """Where a check stands."""

    ASKED = "asked", "Asked, no answer yet"
    ANSWERED = "answered", "Answered"
    FAILED = "failed", "Failed"


class CheckResult(models.TextChoices):
    """What the source knows of the person."""

    NO_TRACE = "no_trace", "No trace"
    TRACE = "trace", "Trace"
    POSSIBLE = "possible", "Possible match, to be confirmed"


class Failure(models.TextChoices):
    """Why a source gave no answer."""

    TIMEOUT = "timeout", "It took too long to answer"
    REFUSED = "refused", "It refused the question"
    OUTAGE = "outage", "It could not be reached"
    BAD_ANSWER = "bad_answer", "Its answer could not be understood"


class Need(models.TextChoices):
    """What a source may be told of a person."""

    NAME = "name", "name"
    BIRTH = "birth", "date of birth"
    PNC = "pnc", "PNC number"
    CRO = "cro", "CRO number"
    VISOR = "visor", "national reference"
    PRISON = "prison", "prison number"
    PASSPORT = "passport", "passport number"
