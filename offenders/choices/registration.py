"""Words of convictions, notification requirements, orders, breaches and notified journeys."""
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class Disposal(models.TextChoices):
    """What the court or the police did about an offence."""

    LIFE = "life", _("Life imprisonment")
    INDETERMINATE = "indeterminate", _("Imprisonment for public protection or other indeterminate sentence")
    CUSTODY = "custody", _("Custody of a fixed length")
    SUSPENDED = "suspended", _("Suspended sentence")
    HOSPITAL_RESTRICTED = "hospital_restricted", _("Hospital order with a restriction order")
    HOSPITAL = "hospital", _("Hospital order without restriction")
    COMMUNITY = "community", _("Community order")
    FINE = "fine", _("Fine")
    CONDITIONAL_DISCHARGE = "discharge", _("Conditional discharge")
    CAUTION = "caution", _("Caution")
    OTHER = "other", _("Other disposal")


class LengthUnit(models.TextChoices):
    """In what a court counts a sentence or a discharge. The words are those of the clocks."""

    DAYS = "days", _("days")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")


class DutyKind(models.TextChoices):
    """What a registered person must notify."""

    INITIAL = "initial", _("First notification")
    ANNUAL = "annual", _("Annual notification")
    CHANGE = "change", _("Change of name, address or other details")
    BANK = "bank", _("Bank account or card")
    PASSPORT = "passport", _("Passport or identity document")
    HOUSEHOLD_CHILD = "household_child", _("Living where a child lives or stays")
    NO_FIXED_ADDRESS = "no_fixed_address", _("Weekly, while of no fixed address")


DUTY_TITLES = {
    DutyKind.INITIAL: gettext_noop("Notification due: first notification"),
    DutyKind.ANNUAL: gettext_noop("Notification due: annual notification"),
    DutyKind.CHANGE: gettext_noop("Notification due: change of name, address or other details"),
    DutyKind.BANK: gettext_noop("Notification due: bank account or card"),
    DutyKind.PASSPORT: gettext_noop("Notification due: passport or identity document"),
    DutyKind.HOUSEHOLD_CHILD: gettext_noop("Notification due: living where a child lives or stays"),
    DutyKind.NO_FIXED_ADDRESS: gettext_noop("Notification due: weekly, while of no fixed address"),
}


class DutyState(models.TextChoices):
    """Where a notification stands."""

    DUE = "due", _("Due")
    COMPLIED = "complied", _("Notified in time")
    LATE = "late", _("Notified late")
    BREACHED = "breached", _("Breach recorded")
    EXCUSED = "excused", _("Not required")


class ReviewState(models.TextChoices):
    """Where an application for review of an indefinite requirement stands."""

    RECEIVED = "received", _("Received")
    GRANTED = "granted", _("Granted: the requirement ends")
    REFUSED = "refused", _("Refused: the requirement stays")
    APPEALED = "appealed", _("Refused, appeal made")
    APPEAL_ALLOWED = "appeal_allowed", _("Appeal allowed: the requirement ends")
    APPEAL_DISMISSED = "appeal_dismissed", _("Appeal dismissed: the requirement stays")


class OrderKind(models.TextChoices):
    """Orders of a court that manage risk."""

    SHPO = "shpo", _("Sexual harm prevention order")
    INTERIM_SHPO = "interim_shpo", _("Interim sexual harm prevention order")
    SRO = "sro", _("Sexual risk order")
    INTERIM_SRO = "interim_sro", _("Interim sexual risk order")
    NOTIFICATION = "notification", _("Notification order (convicted abroad)")
    VOO = "voo", _("Violent offender order")
    SOPO = "sopo", _("Sexual offences prevention order")
    RSHO = "rsho", _("Risk of sexual harm order")
    FOREIGN_TRAVEL = "foreign_travel", _("Foreign travel order")
    STALKING = "stalking", _("Stalking protection order")
    DOMESTIC = "domestic", _("Domestic abuse protection order")
    TRAFFICKING = "trafficking", _("Slavery and trafficking risk order")
    OTHER = "other", _("Other order")


class BreachOf(models.TextChoices):
    """What was broken."""

    NOTIFICATION = "notification", _("Notification requirement")
    ORDER = "order", _("Order")


class BreachState(models.TextChoices):
    """What was decided about a breach, and what came of it."""

    OPEN = "open", _("Decision awaited")
    NO_ACTION = "no_action", _("No further action")
    WARNED = "warned", _("Warned")
    ARRESTED = "arrested", _("Arrested")
    CHARGED = "charged", _("Charged")
    CAUTIONED = "cautioned", _("Cautioned")
    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    DISCONTINUED = "discontinued", _("Prosecution ended without a result")
