"""Words of requests for one's own data."""

from django.db import models


class Received(models.TextChoices):
    """How a request came."""

    LETTER = "letter", "By letter"
    MAIL = "mail", "By e-mail"
    ONLINE = "online", "Through the force's web page"
    IN_PERSON = "in_person", "In person, at a visit too"
    PRISON = "prison", "Through a prison or probation"
    SOLICITOR = "solicitor", "Through a solicitor"


class State(models.TextChoices):
    """Where a request stands."""

    NEW = "new", "New: who asks is not proved"
    COLLECTING = "collecting", "What is held is collected"
    DECIDING = "deciding", "Decided passage by passage"
    SEALED = "sealed", "Sealed: to be handed over"
    ANSWERED = "answered", "Answered"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Answer(models.TextChoices):
    """What goes out. Whoever asked reads the same words for the last two."""

    BUNDLE = "bundle", "A bundle of what is held"
    NOTHING = "nothing", "Nothing is held"
    WITHHELD = "withheld", "Everything is withheld"


class Way(models.TextChoices):
    """How a bundle is handed over."""

    IN_PERSON = "in_person", "Handed over, identity seen again"
    POST = "post", "By post, recorded"
    PRISON = "prison", "To the prison, marked for the person alone"
    SOLICITOR = "solicitor", "To the solicitor, with authority seen"


class Refusal(models.TextChoices):
    """Why a request is refused as a whole."""

    UNPROVED = "unproved", "Who asks could not be proved"
    UNAUTHORISED = "unauthorised", "Whoever asks for them has no authority to"
    UNFOUNDED = "unfounded", "It is manifestly unfounded"
    EXCESSIVE = "excessive", "It is excessive: it repeats what was answered"
