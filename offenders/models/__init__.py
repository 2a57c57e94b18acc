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
from offenders.models.meetings import AgendaItem, Invitation, Meeting, Referral
from offenders.models.minutes import AgencyInformation, MeetingAction, Minutes, MinutesCopy, RestrictedItem
from offenders.models.nominal import Nominal, Partnership
from offenders.models.operational import Condition, MappaPeriod, Notice, OperationalFacts, RiskPeriod, WarningMarker
from offenders.models.search import SavedSearch, Word

__all__ = [
    "AgencyInformation",
    "AgendaItem",
    "BreakGlass",
    "Condition",
    "ConfidentialSection",
    "DateOfBirth",
    "Description",
    "Exclusion",
    "Identifier",
    "Import",
    "Invitation",
    "MappaPeriod",
    "Mark",
    "Meeting",
    "MeetingAction",
    "Minutes",
    "MinutesCopy",
    "Name",
    "Nominal",
    "NominalGroupGrant",
    "NominalUserGrant",
    "Notice",
    "OperationalFacts",
    "Partnership",
    "Photograph",
    "Referral",
    "RestrictedItem",
    "RiskPeriod",
    "SavedSearch",
    "SectionUserGrant",
    "StatedReason",
    "WarningMarker",
    "Word",
]
