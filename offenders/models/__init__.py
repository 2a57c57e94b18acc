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
from offenders.models.documents import Document, DocumentFile
from offenders.models.identity import DateOfBirth, Description, Identifier, Mark, Name, Photograph
from offenders.models.imports import Import
from offenders.models.nominal import Nominal, Partnership
from offenders.models.operational import Condition, MappaPeriod, Notice, OperationalFacts, RiskPeriod, WarningMarker
from offenders.models.search import SavedSearch, Word

__all__ = [
    "BreakGlass",
    "Condition",
    "ConfidentialSection",
    "DateOfBirth",
    "Description",
    "Document",
    "DocumentFile",
    "Exclusion",
    "Identifier",
    "Import",
    "MappaPeriod",
    "Mark",
    "Name",
    "Nominal",
    "NominalGroupGrant",
    "NominalUserGrant",
    "Notice",
    "OperationalFacts",
    "Partnership",
    "Photograph",
    "RiskPeriod",
    "SavedSearch",
    "SectionUserGrant",
    "StatedReason",
    "WarningMarker",
    "Word",
]
