"""Words of transfer, licence, recall and custody, and of telling other authorities."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TransferState(models.TextChoices):
    """Where an offered transfer stands."""

    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


class LicenceKind(models.TextChoices):
    """Under what somebody is out of prison."""

    STANDARD = "standard", _("Determinate sentence licence")
    EXTENDED = "extended", _("Extended sentence licence")
    LIFE = "life", _("Life licence")
    IPP = "ipp", _("Imprisonment for public protection licence")
    PAROLE = "parole", _("Release by the Parole Board")
    POST_SENTENCE = "post_sentence", _("Post-sentence supervision")
    YOUTH = "youth", _("Youth sentence licence")


class RecallKind(models.TextChoices):
    """How quickly somebody must come back."""

    STANDARD = "standard", _("Standard recall")
    EMERGENCY = "emergency", _("Emergency recall")


class RecallState(models.TextChoices):
    """Where a recall stands."""

    REQUESTED = "requested", _("Asked for")
    REVOKED = "revoked", _("Licence revoked, to be arrested")
    ARRESTED = "arrested", _("Arrested")
    RETURNED = "returned", _("Back in custody")
    RESCINDED = "rescinded", _("Withdrawn")


class CustodyKind(models.TextChoices):
    """Why somebody is held."""

    SENTENCE = "sentence", _("Serving a sentence")
    RECALL = "recall", _("Recalled to prison")
    REMAND = "remand", _("On remand")
    HOSPITAL = "hospital", _("In hospital under an order")
    IMMIGRATION = "immigration", _("Immigration detention")


class TellChannel(models.TextChoices):
    """How an authority was told."""

    PHONE = "phone", _("By telephone")
    SECURE_MAIL = "secure_mail", _("By secure mail")
    MEETING = "meeting", _("In a meeting")
    LETTER = "letter", _("By letter")


class TellReason(models.TextChoices):
    """What another responsible authority is told about."""

    CAME_TO_NOTICE = "came_to_notice", _("The person came to notice")
    ARREST = "arrest", _("Arrest or charge")
    RISK = "risk", _("Change of risk")
    BREACH = "breach", _("Breach of a condition")
    ADDRESS = "address", _("Change of address")
    RELATIONSHIP = "relationship", _("New relationship or contact with a child")
    MOVEMENT = "movement", _("Travel or disappearance")
    RECALL = "recall", _("Recall or release")
    OTHER = "other", _("Something else")
