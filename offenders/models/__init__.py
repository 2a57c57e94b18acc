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
from offenders.models.plan import PlanAction, PlanReport, RiskPlan
from offenders.models.risk import Assessment, AssessmentTool, InformationSource, ToolField
from offenders.models.search import SavedSearch, Word
from offenders.models.uses import Consultation, MaterialUse

__all__ = [
    "Assessment",
    "AssessmentTool",
    "BreakGlass",
    "Condition",
    "ConfidentialSection",
    "Consultation",
    "DateOfBirth",
    "Description",
    "Exclusion",
    "Identifier",
    "Import",
    "InformationSource",
    "MappaPeriod",
    "Mark",
    "MaterialUse",
    "Name",
    "Nominal",
    "NominalGroupGrant",
    "NominalUserGrant",
    "Notice",
    "OperationalFacts",
    "Partnership",
    "Photograph",
    "PlanAction",
    "PlanReport",
    "RiskPeriod",
    "RiskPlan",
    "SavedSearch",
    "SectionUserGrant",
    "StatedReason",
    "ToolField",
    "WarningMarker",
    "Word",
]
