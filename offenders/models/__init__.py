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
from offenders.models.case_file import Address, Device, Household, Marking, Occupation, OnlineIdentity, Vehicle
from offenders.models.confidential import SectionFingerprint, SectionVersion, SensitiveItem
from offenders.models.contacts import Contact, ContactCorrection
from offenders.models.custody import AuthorityNotice, Custody, Licence, Recall, Transfer
from offenders.models.documents import Document, DocumentFile
from offenders.models.identity import DateOfBirth, Description, Identifier, Mark, Name, Photograph
from offenders.models.imports import Import
from offenders.models.meetings import AgendaItem, Invitation, Meeting, Referral
from offenders.models.merging import Merge, MergedRow
from offenders.models.minutes import AgencyInformation, MeetingAction, Minutes, MinutesCopy, RestrictedItem
from offenders.models.nominal import Nominal, Partnership
from offenders.models.operational import Condition, MappaPeriod, Notice, OperationalFacts, RiskPeriod, WarningMarker
from offenders.models.orders import Breach, BreachStep, CourtOrder, Journey, OrderVariation, TravelNotification
from offenders.models.people import Associate, ProtectedPerson
from offenders.models.plan import PlanAction, PlanReport, RiskPlan
from offenders.models.registration import Conviction, NotificationDuty, RegistrationPeriod, RegistrationReview
from offenders.models.risk import Assessment, AssessmentTool, InformationSource, ToolField
from offenders.models.search import SavedSearch, SearchSweep, SilentHit, Word
from offenders.models.uses import Consultation, MaterialUse
from offenders.models.visits import ReactiveManagement, Visit

__all__ = [
    "Address",
    "AgencyInformation",
    "AgendaItem",
    "Assessment",
    "AssessmentTool",
    "Associate",
    "AuthorityNotice",
    "Breach",
    "BreachStep",
    "BreakGlass",
    "Condition",
    "ConfidentialSection",
    "Consultation",
    "Contact",
    "ContactCorrection",
    "Conviction",
    "CourtOrder",
    "Custody",
    "DateOfBirth",
    "Description",
    "Device",
    "Document",
    "DocumentFile",
    "Exclusion",
    "Household",
    "Identifier",
    "Import",
    "InformationSource",
    "Invitation",
    "Journey",
    "Licence",
    "MappaPeriod",
    "Mark",
    "Marking",
    "MaterialUse",
    "Meeting",
    "MeetingAction",
    "Merge",
    "MergedRow",
    "Minutes",
    "MinutesCopy",
    "Name",
    "Nominal",
    "NominalGroupGrant",
    "NominalUserGrant",
    "Notice",
    "NotificationDuty",
    "Occupation",
    "OnlineIdentity",
    "OperationalFacts",
    "OrderVariation",
    "Partnership",
    "Photograph",
    "PlanAction",
    "PlanReport",
    "ProtectedPerson",
    "ReactiveManagement",
    "Recall",
    "Referral",
    "RegistrationPeriod",
    "RegistrationReview",
    "RestrictedItem",
    "RiskPeriod",
    "RiskPlan",
    "SavedSearch",
    "SearchSweep",
    "SectionFingerprint",
    "SectionUserGrant",
    "SectionVersion",
    "SensitiveItem",
    "SilentHit",
    "StatedReason",
    "ToolField",
    "Transfer",
    "TravelNotification",
    "Vehicle",
    "Visit",
    "WarningMarker",
    "Word",
]
