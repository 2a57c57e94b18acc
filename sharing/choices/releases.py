"""Words of what left."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What changed for an agency."""

    RELEASE_SENT = "release.sent", _("Something was shared")
    RELEASE_WITHDRAWN = "release.withdrawn", _("Something shared was withdrawn")
    RELEASE_ENDED = "release.ended", _("The time of something shared is over")
    AGREEMENT_ENDED = "agreement.ended", _("An agreement is no longer in force")
    AGREEMENT_BEGUN = "agreement.begun", _("An agreement is in force")
    REQUEST_ANSWERED = "request.answered", _("A request was answered")
    REQUEST_REFUSED = "request.refused", _("A request was refused")
    REQUEST_QUESTION = "request.question", _("More was asked about a request")


class RemovedTold(models.TextChoices):
    """Why something was taken out, as the recipient is told. No more: the reason itself could tell of a victim, a source or a tactic."""

    NOT_NEEDED = "not_needed", _("Not needed for the purpose")
    THIRD_PARTY = "third_party", _("About somebody else")
    WITHHELD = "withheld", _("Withheld")
