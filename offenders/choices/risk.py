"""Words of risk assessments, the risk management plan and uses of material."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldKind(models.TextChoices):
    """What a field of an assessment tool takes."""

    NUMBER = "number", _("Whole number")
    CHOICE = "choice", _("One of a list")
    LEVEL = "level", _("Level of risk")
    TEXT = "text", _("Words")


class AssessmentReason(models.TextChoices):
    """Why a risk assessment is made."""

    PERIODIC = "periodic", _("Periodic review")
    RECALL = "recall", _("Recall to prison")
    NEW_OFFENCE = "new_offence", _("New offence or allegation")
    CHILDREN = "children", _("New relationship with children in it, or new contact with children")
    OTHER_CHANGE = "other_change", _("Another significant change")
    FIRST = "first", _("First assessment")


class SignOff(models.TextChoices):
    """Where something stands that one person writes and another approves."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Returned with reasons")
    APPROVED = "approved", _("Approved")
    SUPERSEDED = "superseded", _("Followed by a later one")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Decision(models.TextChoices):
    """What a supervisor says to something that waits."""

    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return with reasons")


class PlanPart(models.TextChoices):
    """The four parts of a risk management plan."""

    SUPERVISION = "supervision", _("Supervision")
    MONITORING = "monitoring", _("Monitoring and control")
    INTERVENTIONS = "interventions", _("Interventions and treatment")
    VICTIM_SAFETY = "victim_safety", _("Victim safety")


class RepeatUnit(models.TextChoices):
    """In what the time between two turns of a plan action counts."""

    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")


class UsePurpose(models.TextChoices):
    """What material of the case file is marked for."""

    BAD_CHARACTER = "bad_character", _("Bad character evidence")
    COURT_ORDER = "court_order", _("Application for a court order")
    BAIL = "bail", _("Bail condition")
    LICENCE = "licence", _("Licence condition")


class MaterialKind(models.TextChoices):
    """What sort of material it is."""

    ASSESSMENT = "assessment", _("Risk assessment")
    CONTACT = "contact", _("Contact log entry")
    DOCUMENT = "document", _("Document")
    OTHER = "other", _("Something else")


class SourceAsks(models.TextChoices):
    """What is asked besides of information from a kind of source."""

    NOTHING = "", _("Nothing more")
    PRISON = "prison", _("Which prison, and which officer there passed it on")
    GIVER = "giver", _("The circumstances of whoever gave it")
