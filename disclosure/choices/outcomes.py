"""Words of what comes of an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from disclosure.choices.applications import Ground


class Answer(models.TextChoices):
    """What came of asking the person asked about."""

    NOT_ASKED = "not_asked", _("Not asked, for a reason")
    WAITING = "waiting", _("Asked; the answer has not come yet")
    NOTHING = "nothing", _("Asked; nothing was said")
    SAID = "said", _("Asked; something was said")


class PresumptionTest(models.TextChoices):
    """The two tests of the presumption."""

    CONVICTIONS = "convictions", _("Convictions for sexual offences against children")
    HARM = "harm", _("A risk of serious harm")


class Ruling(models.TextChoices):
    """What whoever decides says to a proposal."""

    AGREE = "agree", _("Agree")
    FIND_OUT = "find_out", _("Return it: more must be found out")
    WRITE_ANEW = "write_anew", _("Return it: it must be proposed anew")


class Paper(models.TextChoices):
    """Papers of a telling."""

    SCRIPT = "script", _("The words to say")
    UNDERTAKING = "undertaking", _("The undertaking")


# When each ground fits.
FITS: dict[str, str] = {
    Ground.PRESUMPTION: gettext_noop(
        "Both tests are met. Telling is the rule; the reasons say why nothing speaks against it."
    ),
    Ground.MAPPA: gettext_noop(
        "The person is managed under MAPPA, and the agencies agreed to it there. Name the meeting in the reasons."
    ),
    Ground.COMMON_LAW: gettext_noop(
        "There is a pressing need to prevent crime or to protect somebody, and telling is no more than that needs."
    ),
}
