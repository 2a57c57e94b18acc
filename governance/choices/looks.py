"""Words of unusual looks and of questions why somebody looked."""

from django.db import models


class Sign(models.TextChoices):
    """What makes a look unusual; each is the code of a dated rule."""

    SURNAME = "surname", "Own surname"
    COLLEAGUE = "colleague", "Name of a colleague"
    MANY = "many", "Many in a row"
    NO_LINK = "no-link", "Case files by stated reason alone"
    HOURS = "hours", "Outside the person's usual hours"
    REFUSALS = "refusals", "Refused again and again"


# In what each rule counts its span of time.
SPANS: dict[str, str] = {
    Sign.SURNAME: "days",
    Sign.COLLEAGUE: "days",
    Sign.MANY: "minutes",
    Sign.NO_LINK: "days",
    Sign.HOURS: "days",
    Sign.REFUSALS: "minutes",
}


class LookState(models.TextChoices):
    """Where an unusual look stands."""

    OPEN = "open", "To be judged"
    ASKED = "asked", "The person was asked"
    EXPLAINED = "explained", "Explained"
    REFERRED = "referred", "Referred to professional standards"


JUDGED = (LookState.EXPLAINED, LookState.REFERRED)


class QuestionState(models.TextChoices):
    """Where a question why somebody looked stands."""

    ASKED = "asked", "Waits for an answer"
    ANSWERED = "answered", "Answered: to be decided"
    ACCEPTED = "accepted", "Accepted"
    REFERRED = "referred", "Referred to professional standards"


class Decision(models.TextChoices):
    """What an auditor makes of a look or of an answer."""

    EXPLAINED = "explained", "It is explained"
    REFERRED = "referred", "It goes to professional standards"
