"""Words of risk assessments, the risk management plan and uses of material."""

from django.db import models


class FieldKind(models.TextChoices):
    """What a field of an assessment tool takes."""

    NUMBER = "number", "Whole number"
    CHOICE = "choice", "One of a list"
    LEVEL = "level", "Level of risk"
    TEXT = "text", "Words"


class AssessmentReason(models.TextChoices):
    """Why a risk assessment is made."""

    PERIODIC = "periodic", "Periodic review"
    RECALL = "recall", "Recall to prison"
    NEW_OFFENCE = "new_offence", "New offence or allegation"
    CHILDREN = "children", "New relationship with children in it, or new contact with children"
    OTHER_CHANGE = "other_change", "Another significant change"
    FIRST = "first", "First assessment"


class SignOff(models.TextChoices):
    """Where something stands that one person writes and another approves."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for approval"
    RETURNED = "returned", "Returned with reasons"
    APPROVED = "approved", "Approved"
    SUPERSEDED = "superseded", "Followed by a later one"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Decision(models.TextChoices):
    """What a supervisor says to something that waits."""

    APPROVE = "approve", "Approve"
    RETURN = "return", "Return with reasons"


class PlanPart(models.TextChoices):
    """The four parts of a risk management plan."""

    SUPERVISION = "supervision", "Supervision"
    MONITORING = "monitoring", "Monitoring and control"
    INTERVENTIONS = "interventions", "Interventions and treatment"
    VICTIM_SAFETY = "victim_safety", "Victim safety"


class RepeatUnit(models.TextChoices):
    """In what the time between two turns of a plan action counts."""

    DAYS = "days", "days"
    WEEKS = "weeks", "weeks"


class UsePurpose(models.TextChoices):
    """What material of the case file is marked for."""

    BAD_CHARACTER = "bad_character", "Bad character evidence"
    COURT_ORDER = "court_order", "Application for a court order"
    BAIL = "bail", "Bail condition"
    LICENCE = "licence", "Licence condition"


class MaterialKind(models.TextChoices):
    """What sort of material it is."""

    ASSESSMENT = "assessment", "Risk assessment"
    CONTACT = "contact", "Contact log entry"
    DOCUMENT = "document", "Document"
    OTHER = "other", "Something else"


class SourceAsks(models.TextChoices):
    """What is asked besides of information from a kind of source."""

    NOTHING = "", "Nothing more"
    PRISON = "prison", "Which prison, and which officer there passed it on"
    GIVER = "giver", "The circumstances of whoever gave it"
