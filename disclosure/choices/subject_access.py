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


class Asks(models.TextChoices):
    """What somebody asks of the force about their own data."""

    ACCESS = "access", "A copy of what is held"
    RECTIFY = "rectify", "That something is put right"
    ERASE = "erase", "That something is erased"
    RESTRICT = "restrict", "That something is not used any more"


class Outcome(models.TextChoices):
    """What is decided of something that is disputed."""

    RECTIFIED = "rectified", "Put right"
    ERASED = "erased", "Erased"
    RESTRICTED = "restricted", "Restricted: kept, and not used any more"
    REFUSED = "refused", "Refused"


class Basis(models.TextChoices):
    """On which part of the law an outcome rests (Data Protection Act 2018)."""

    WRONG = "wrong", "It is not accurate (section 46(1))"
    INCOMPLETE = "incomplete", "It is not complete (section 46(2))"
    UNLAWFUL = "unlawful", "It must not be kept, or the law says that it goes (section 47(1))"
    EVIDENCE = "evidence", "It must be kept as evidence (sections 46(4), 47(2))"
    UNSURE = "unsure", "Nobody can tell whether it is accurate (section 47(3))"
    ACCURATE = "accurate", "It is accurate and complete"
    NEEDED = "needed", "Keeping it is lawful and needed"
    NOT_HELD = "not_held", "Nothing like it is held"


class Answer(models.TextChoices):
    """What goes out. Whoever asked reads the same words for nothing held and everything withheld."""

    BUNDLE = "bundle", "A bundle of what is held"
    CORRECTION = "correction", "An answer to what is disputed"
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
