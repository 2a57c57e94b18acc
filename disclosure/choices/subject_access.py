"""Words of requests for one's own data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Received(models.TextChoices):
    """How a request came."""

    LETTER = "letter", _("By letter")
    MAIL = "mail", _("By e-mail")
    ONLINE = "online", _("Through the force's web page")
    IN_PERSON = "in_person", _("In person, at a visit too")
    PRISON = "prison", _("Through a prison or probation")
    SOLICITOR = "solicitor", _("Through a solicitor")


class State(models.TextChoices):
    """Where a request stands."""

    NEW = "new", _("New: who asks is not proved")
    COLLECTING = "collecting", _("What is held is collected")
    DECIDING = "deciding", _("Decided passage by passage")
    SEALED = "sealed", _("Sealed: to be handed over")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Asks(models.TextChoices):
    """What somebody asks of the force about their own data."""

    ACCESS = "access", _("A copy of what is held")
    RECTIFY = "rectify", _("That something is put right")
    ERASE = "erase", _("That something is erased")
    RESTRICT = "restrict", _("That something is not used any more")


class Outcome(models.TextChoices):
    """What is decided of something that is disputed."""

    RECTIFIED = "rectified", _("Put right")
    ERASED = "erased", _("Erased")
    RESTRICTED = "restricted", _("Restricted: kept, and not used any more")
    REFUSED = "refused", _("Refused")


class Basis(models.TextChoices):
    """On which part of the law an outcome rests (Data Protection Act 2018)."""

    WRONG = "wrong", _("It is not accurate (section 46(1))")
    INCOMPLETE = "incomplete", _("It is not complete (section 46(2))")
    UNLAWFUL = "unlawful", _("It must not be kept, or the law says that it goes (section 47(1))")
    EVIDENCE = "evidence", _("It must be kept as evidence (sections 46(4), 47(2))")
    UNSURE = "unsure", _("Nobody can tell whether it is accurate (section 47(3))")
    ACCURATE = "accurate", _("It is accurate and complete")
    NEEDED = "needed", _("Keeping it is lawful and needed")
    NOT_HELD = "not_held", _("Nothing like it is held")


class Answer(models.TextChoices):
    """What goes out. Whoever asked reads the same words for nothing held and everything withheld."""

    BUNDLE = "bundle", _("A bundle of what is held")
    CORRECTION = "correction", _("An answer to what is disputed")
    NOTHING = "nothing", _("Nothing is held")
    WITHHELD = "withheld", _("Everything is withheld")


class Way(models.TextChoices):
    """How a bundle is handed over."""

    IN_PERSON = "in_person", _("Handed over, identity seen again")
    POST = "post", _("By post, recorded")
    PRISON = "prison", _("To the prison, marked for the person alone")
    SOLICITOR = "solicitor", _("To the solicitor, with authority seen")


class Refusal(models.TextChoices):
    """Why a request is refused as a whole."""

    UNPROVED = "unproved", _("Who asks could not be proved")
    UNAUTHORISED = "unauthorised", _("Whoever asks for them has no authority to")
    UNFOUNDED = "unfounded", _("It is manifestly unfounded")
    EXCESSIVE = "excessive", _("It is excessive: it repeats what was answered")
