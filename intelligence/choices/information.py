"""Words of intelligence reports: what is graded, how often somebody is in contact, why a relationship is reviewed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceGrade(models.IntegerChoices):
    """How the source is evaluated (3×5×2)."""

    RELIABLE = 1, _("1 Reliable")
    UNTESTED = 2, _("2 Untested")
    NOT_RELIABLE = 3, _("3 Not reliable")


class Assessment(models.TextChoices):
    """How the information is assessed (3×5×2)."""

    DIRECTLY = "A", _("A Known directly")
    CORROBORATED = "B", _("B Known indirectly but corroborated")
    INDIRECTLY = "C", _("C Known indirectly")
    NOT_KNOWN = "D", _("D Not known")
    FALSE = "E", _("E Suspected to be false")


class Handling(models.TextChoices):
    """Whether it may go further (3×5×2)."""

    PERMITTED = "P", _("P Sharing permitted")
    CONDITIONS = "C", _("C Sharing permitted with conditions")


class Answer(models.TextChoices):
    """An answer to one of the six questions."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class YesNo(models.TextChoices):
    """An answer that must be given either way."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class Doer(models.TextChoices):
    """Who should do what an answer suggests."""

    AUTHOR = "author", _("Whoever wrote the report")
    MANAGER = "manager", _("The offender manager")  # the officers who manage the people named; without any the bureau
    BUREAU = "bureau", _("The bureau")


class Frequency(models.TextChoices):
    """How often somebody who gives information is in contact with the police."""

    FIRST = "first", _("The first time, as far as I know")
    SOMETIMES = "sometimes", _("They have given information before")
    OFTEN = "often", _("Often")


class NoteKind(models.TextChoices):
    """What was said about a report after it was sent; the report's own text stays as it was written."""

    ASKED = "asked", _("More was asked")
    ADDED = "added", _("The author added")
    REJECTED = "rejected", _("No further action")
    REOPENED = "reopened", _("To be corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReviewReason(models.TextChoices):
    """Why the bureau looks at the relationship with somebody who gives information."""

    REPEATED = "repeated", _("Repeated contact")
    TASKED = "tasked", _("Asked to find out more")
    RELATIONSHIP = "relationship", _("Uses a relationship to learn it")


class ReviewOutcome(models.TextChoices):
    """What the bureau decided about the relationship."""

    NO_ACTION = "no_action", _("No action")
    AUTHORISATION = "authorisation", _("Consider authorisation as a covert source")
    STOP = "stop", _("Stop the contact")
    REFER = "refer", _("Refer to another department")
