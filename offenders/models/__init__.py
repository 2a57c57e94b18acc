"""The tables of nominals."""

from offenders.models.access import (
    BreakGlass,
    ConfidentialSection,
    Exclusion,
    NominalGroupGrant,
    NominalUserGrant,
    SectionUserGrant,
    StatedReason,
)
from offenders.models.identity import DateOfBirth, Description, Identifier, Mark, Name, Photograph
from offenders.models.imports import Import
from offenders.models.nominal import Nominal, Partnership
from offenders.models.operational import Condition, MappaPeriod, Notice, OperationalFacts, RiskPeriod, WarningMarker
from offenders.models.orders import Breach, BreachStep, CourtOrder, Journey, OrderVariation, TravelNotification
from offenders.models.registration import Conviction, NotificationDuty, RegistrationPeriod, RegistrationReview
from offenders.models.search import SavedSearch, Word

__all__ = [
    "Breach",
    "BreachStep",
    "BreakGlass",
    "Condition",
    "ConfidentialSection",
    "Conviction",
    "CourtOrder",
    "DateOfBirth",
    "Description",
    "Exclusion",
    "Identifier",
    "Import",
    "Journey",
    "MappaPeriod",
    "Mark",
    "Name",
    "Nominal",
    "NominalGroupGrant",
    "NominalUserGrant",
    "Notice",
    "NotificationDuty",
    "OperationalFacts",
    "OrderVariation",
    "Partnership",
    "Photograph",
    "RegistrationPeriod",
    "RegistrationReview",
    "RiskPeriod",
    "SavedSearch",
    "SectionUserGrant",
    "StatedReason",
    "TravelNotification",
    "WarningMarker",
    "Word",
]
