"""Words of convictions, notification requirements, orders, breaches and notified journeys."""
from django.db import models


class Disposal(models.TextChoices):
    """What the court or the police did about an offence."""

    LIFE = "life", "Life imprisonment"
    INDETERMINATE = "indeterminate", "Imprisonment for public protection or other indeterminate sentence"
    CUSTODY = "custody", "Custody of a fixed length"
    SUSPENDED = "suspended", "Suspended sentence"
    HOSPITAL_RESTRICTED = "hospital_restricted", "Hospital order with a restriction order"
    HOSPITAL = "hospital", "Hospital order without restriction"
    COMMUNITY = "community", "Community order"
    FINE = "fine", "Fine"
    CONDITIONAL_DISCHARGE = "discharge", "Conditional discharge"
    CAUTION = "caution", "Caution"
    OTHER = "other", "Other disposal"


class LengthUnit(models.TextChoices):
    """In what a court counts a sentence or a discharge. The words are those of the clocks."""

    DAYS = "days", "days"
    MONTHS = "months", "months"
    YEARS = "years", "years"


class DutyKind(models.TextChoices):
    """What a registered person must notify."""

    INITIAL = "initial", "First notification"
    ANNUAL = "annual", "Annual notification"
    CHANGE = "change", "Change of name, address or other details"
    BANK = "bank", "Bank account or card"
    PASSPORT = "passport", "Passport or identity document"
    HOUSEHOLD_CHILD = "household_child", "Living where a child lives or stays"
    NO_FIXED_ADDRESS = "no_fixed_address", "Weekly, while of no fixed address"


class DutyState(models.TextChoices):
    """Where a notification stands."""

    DUE = "due", "Due"
    COMPLIED = "complied", "Notified in time"
    LATE = "late", "Notified late"
    BREACHED = "breached", "Breach recorded"
    EXCUSED = "excused", "Not required"


class ReviewState(models.TextChoices):
    """Where an application for review of an indefinite requirement stands."""

    RECEIVED = "received", "Received"
    GRANTED = "granted", "Granted: the requirement ends"
    REFUSED = "refused", "Refused: the requirement stays"
    APPEALED = "appealed", "Refused, appeal made"
    APPEAL_ALLOWED = "appeal_allowed", "Appeal allowed: the requirement ends"
    APPEAL_DISMISSED = "appeal_dismissed", "Appeal dismissed: the requirement stays"


class OrderKind(models.TextChoices):
    """Orders of a court that manage risk."""

    SHPO = "shpo", "Sexual harm prevention order"
    INTERIM_SHPO = "interim_shpo", "Interim sexual harm prevention order"
    SRO = "sro", "Sexual risk order"
    INTERIM_SRO = "interim_sro", "Interim sexual risk order"
    NOTIFICATION = "notification", "Notification order (convicted abroad)"
    VOO = "voo", "Violent offender order"
    SOPO = "sopo", "Sexual offences prevention order"
    RSHO = "rsho", "Risk of sexual harm order"
    FOREIGN_TRAVEL = "foreign_travel", "Foreign travel order"
    STALKING = "stalking", "Stalking protection order"
    DOMESTIC = "domestic", "Domestic abuse protection order"
    TRAFFICKING = "trafficking", "Slavery and trafficking risk order"
    OTHER = "other", "Other order"


class BreachOf(models.TextChoices):
    """What was broken."""

    NOTIFICATION = "notification", "Notification requirement"
    ORDER = "order", "Order"


class BreachState(models.TextChoices):
    """What was decided about a breach, and what came of it."""

    OPEN = "open", "Decision awaited"
    NO_ACTION = "no_action", "No further action"
    WARNED = "warned", "Warned"
    ARRESTED = "arrested", "Arrested"
    CHARGED = "charged", "Charged"
    CAUTIONED = "cautioned", "Cautioned"
    CONVICTED = "convicted", "Convicted"
    ACQUITTED = "acquitted", "Acquitted"
    DISCONTINUED = "discontinued", "Prosecution ended without a result"
