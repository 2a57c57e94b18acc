"""Words of what left."""

from django.db import models


class ChangeKind(models.TextChoices):
    """What changed for an agency."""

    RELEASE_SENT = "release.sent", "Something was shared"
    RELEASE_WITHDRAWN = "release.withdrawn", "Something shared was withdrawn"
    RELEASE_ENDED = "release.ended", "The time of something shared is over"
    AGREEMENT_ENDED = "agreement.ended", "An agreement is no longer in force"
    AGREEMENT_BEGUN = "agreement.begun", "An agreement is in force"
    REQUEST_ANSWERED = "request.answered", "A request was answered"
    REQUEST_REFUSED = "request.refused", "A request was refused"
    REQUEST_QUESTION = "request.question", "More was asked about a request"


class RemovedTold(models.TextChoices):
    """Why something was taken out, as the recipient is told. No more: the reason itself could tell of a victim, a source or a tactic."""

    NOT_NEEDED = "not_needed", "Not needed for the purpose"
    THIRD_PARTY = "third_party", "About somebody else"
    WITHHELD = "withheld", "Withheld"
