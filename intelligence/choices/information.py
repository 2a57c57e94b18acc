"""Words of intelligence reports: what is graded, how often somebody is in contact, why a relationship is reviewed."""

from django.db import models


class SourceGrade(models.IntegerChoices):
    """How the source is evaluated (3×5×2)."""

    RELIABLE = 1, "1 Reliable"
    UNTESTED = 2, "2 Untested"
    NOT_RELIABLE = 3, "3 Not reliable"


class Assessment(models.TextChoices):
    """How the information is assessed (3×5×2)."""

    DIRECTLY = "A", "A Known directly"
    CORROBORATED = "B", "B Known indirectly but corroborated"
    INDIRECTLY = "C", "C Known indirectly"
    NOT_KNOWN = "D", "D Not known"
    FALSE = "E", "E Suspected to be false"


class Handling(models.TextChoices):
    """Whether it may go further (3×5×2)."""

    PERMITTED = "P", "P Sharing permitted"
    CONDITIONS = "C", "C Sharing permitted with conditions"


class Answer(models.TextChoices):
    """An answer to one of the six questions."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class YesNo(models.TextChoices):
    """An answer that must be given either way."""

    YES = "yes", "Yes"
    NO = "no", "No"


class Doer(models.TextChoices):
    """Who should do what an answer suggests."""

    AUTHOR = "author", "Whoever wrote the report"
    MANAGER = "manager", "The offender manager"  # the officers who manage the people named; without any the bureau
    BUREAU = "bureau", "The bureau"


class Frequency(models.TextChoices):
    """How often somebody who gives information is in contact with the police."""

    FIRST = "first", "The first time, as far as I know"
    SOMETIMES = "sometimes", "They have given information before"
    OFTEN = "often", "Often"


class NoteKind(models.TextChoices):
    """What was said about a report after it was sent; the report's own text stays as it was written."""

    ASKED = "asked", "More was asked"
    ADDED = "added", "The author added"
    REJECTED = "rejected", "No further action"
    REOPENED = "reopened", "To be corrected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ReviewReason(models.TextChoices):
    """Why the bureau looks at the relationship with somebody who gives information."""

    REPEATED = "repeated", "Repeated contact"
    TASKED = "tasked", "Asked to find out more"
    RELATIONSHIP = "relationship", "Uses a relationship to learn it"


class ReviewOutcome(models.TextChoices):
    """What the bureau decided about the relationship."""

    NO_ACTION = "no_action", "No action"
    AUTHORISATION = "authorisation", "Consider authorisation as a covert source"
    STOP = "stop", "Stop the contact"
    REFER = "refer", "Refer to another department"
