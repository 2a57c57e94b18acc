"""Words of unusual looks and of questions why somebody looked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sign(models.TextChoices):
    """What makes a look unusual; each is the code of a dated rule."""

    SURNAME = "surname", _("Own surname")
    COLLEAGUE = "colleague", _("Name of a colleague")
    MANY = "many", _("Many in a row")
    NO_LINK = "no-link", _("Case files by stated reason alone")
    HOURS = "hours", _("Outside the person's usual hours")
    REFUSALS = "refusals", _("Refused again and again")


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

    OPEN = "open", _("To be judged")
    ASKED = "asked", _("The person was asked")
    EXPLAINED = "explained", _("Explained")
    REFERRED = "referred", _("Referred to professional standards")


JUDGED = (LookState.EXPLAINED, LookState.REFERRED)


class QuestionState(models.TextChoices):
    """Where a question why somebody looked stands."""

    ASKED = "asked", _("Waits for an answer")
    ANSWERED = "answered", _("Answered: to be decided")
    ACCEPTED = "accepted", _("Accepted")
    REFERRED = "referred", _("Referred to professional standards")


class Decision(models.TextChoices):
    """What an auditor makes of a look or of an answer."""

    EXPLAINED = "explained", _("It is explained")
    REFERRED = "referred", _("It goes to professional standards")
