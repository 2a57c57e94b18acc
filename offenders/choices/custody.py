"""Words of transfer, licence, recall and custody, and of telling other authorities."""

from django.db import models


class TransferState(models.TextChoices):
    """Where an offered transfer stands."""

    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    LAPSED = "lapsed", "Lapsed"


class LicenceKind(models.TextChoices):
    """Under what somebody is out of prison."""

    STANDARD = "standard", "Determinate sentence licence"
    EXTENDED = "extended", "Extended sentence licence"
    LIFE = "life", "Life licence"
    IPP = "ipp", "Imprisonment for public protection licence"
    PAROLE = "parole", "Release by the Parole Board"
    POST_SENTENCE = "post_sentence", "Post-sentence supervision"
    YOUTH = "youth", "Youth sentence licence"


class RecallKind(models.TextChoices):
    """How quickly somebody must come back."""

    STANDARD = "standard", "Standard recall"
    EMERGENCY = "emergency", "Emergency recall"


class RecallState(models.TextChoices):
    """Where a recall stands."""

    REQUESTED = "requested", "Asked for"
    REVOKED = "revoked", "Licence revoked, to be arrested"
    ARRESTED = "arrested", "Arrested"
    RETURNED = "returned", "Back in custody"
    RESCINDED = "rescinded", "Withdrawn"


class CustodyKind(models.TextChoices):
    """Why somebody is held."""

    SENTENCE = "sentence", "Serving a sentence"
    RECALL = "recall", "Recalled to prison"
    REMAND = "remand", "On remand"
    HOSPITAL = "hospital", "In hospital under an order"
    IMMIGRATION = "immigration", "Immigration detention"


class TellChannel(models.TextChoices):
    """How an authority was told."""

    PHONE = "phone", "By telephone"
    SECURE_MAIL = "secure_mail", "By secure mail"
    MEETING = "meeting", "In a meeting"
    LETTER = "letter", "By letter"


class TellReason(models.TextChoices):
    """What another responsible authority is told about."""

    CAME_TO_NOTICE = "came_to_notice", "The person came to notice"
    ARREST = "arrest", "Arrest or charge"
    RISK = "risk", "Change of risk"
    BREACH = "breach", "Breach of a condition"
    ADDRESS = "address", "Change of address"
    RELATIONSHIP = "relationship", "New relationship or contact with a child"
    MOVEMENT = "movement", "Travel or disappearance"
    RECALL = "recall", "Recall or release"
    OTHER = "other", "Something else"
