"""What each table of records is to the person that a record is about."""

from django.db.models import Q, QuerySet

from audit.personal import ON_RECORD, Apart, Declared, Held, NotTheirs
from offenders.choices.confidential import Consent, SensitiveKind
from offenders.choices.custody import RecallState
from offenders.choices.visits import VisitState

SIGNED = ("submitted_hash", "approved_hash")
# Victims, and people who were told, are read with what is kept apart.
NOT_OF_MINUTES = (
    "content_hash", "confidentiality_read", "return_reason", "victim_issues", "disclosure_to", "disclosure_how", "disclosure_reasons",
)  # fmt: skip
RULE = NotTheirs("dated rules and lists")
SEARCH = NotTheirs("words for searching, and what staff looked for", ON_RECORD)
ACCESS = Apart("security", "Who may read a record, who looked and why, are measures of security.")
OTHERS = "others"


def without_coming_visits(rows: QuerySet) -> QuerySet:
    """Visits that are over: a planned one must not be told before."""
    return rows.exclude(state=VisitState.PLANNED)


def without_coming_arrests(rows: QuerySet) -> QuerySet:
    """Recalls after which nobody is still to be arrested."""
    return rows.exclude(state__in=[RecallState.REQUESTED, RecallState.REVOKED])


def open_documents(rows: QuerySet) -> QuerySet:
    """Papers that stand on the record and are not privileged."""
    return rows.filter(is_privileged=False, withdrawn_at__isnull=True)


def files_of_open_documents(rows: QuerySet) -> QuerySet:
    """Files of the same."""
    return rows.filter(document__is_privileged=False, document__withdrawn_at__isnull=True)


def material_that_may_go_on(rows: QuerySet) -> QuerySet:
    """Sensitive material without what somebody else gave and has not let go on."""
    return rows.exclude(Q(kind=SensitiveKind.THIRD_PARTY) & ~Q(consent=Consent.GIVEN))


PERSONAL_DATA: Declared = {
    "Nominal": Held("The record", nominal="pk", without=("is_restricted", "merged_into")),
    "Name": Held("Names", without=("tokens",)),
    "DateOfBirth": Held("Dates of birth"),
    "Identifier": Held("Numbers", without=("as_given",)),
    "Description": Held("Appearance"),
    "Mark": Held("Marks and tattoos"),
    "Photograph": Held("Photographs", without=("sha256",)),
    "OperationalFacts": Held("For officers who meet the person", without=("licence_contact",)),
    "WarningMarker": Held("Warnings"),
    "RiskPeriod": Held("Levels of risk"),
    "MappaPeriod": Held("MAPPA categories and levels", without=("decided_by",)),
    "Address": Held("Addresses"),
    "OnlineIdentity": Held("Names online"),
    "Device": Held("Devices"),
    "Vehicle": Held("Vehicles"),
    "Occupation": Held("Work and activities"),
    "Associate": Held("Associates"),
    "Conviction": Held("Convictions"),
    "RegistrationPeriod": Held("Notification periods"),
    "RegistrationReview": Held("Reviews of notification", without=("decided_by_words",)),
    "NotificationDuty": Held("Notifications", without=("taken_by",)),
    "CourtOrder": Held("Orders of courts"),
    "OrderVariation": Held("Changes of orders"),
    "Condition": Held("Conditions and prohibitions"),
    "Breach": Held("Breaches"),
    "BreachStep": Held("Decisions about breaches"),
    "TravelNotification": Held("Foreign travel that was notified"),
    "Journey": Held("Places of foreign travel"),
    "Licence": Held("Licences", without=("probation_manager", "probation_phone", "out_of_hours_phone")),
    "Recall": Held("Recalls", without=("requested_by",), select=without_coming_arrests),
    "Custody": Held("Custody"),
    "Assessment": Held("Risk assessments", without=SIGNED),
    "RiskPlan": Held("Risk management plans", without=(*SIGNED, "victim_safety")),
    "PlanAction": Held("Actions of the plan"),
    "PlanReport": Held("What came of actions of the plan"),
    "Visit": Held("Visits", without=("recorded_at",), select=without_coming_visits),
    "ReactiveManagement": Held("Times without visits"),
    "Contact": Held("Conversations"),
    "ContactCorrection": Held("Corrections of conversations"),
    "Notice": Held("Notices from other officers"),
    "AuthorityNotice": Held("What other authorities were told", without=("recipient", "answered_by")),
    "Referral": Held("MAPPA referrals"),
    "AgendaItem": Held("MAPPA meetings", without=("position", "starts_at")),
    "Minutes": Held("Minutes of MAPPA meetings", without=NOT_OF_MINUTES),
    "AgencyInformation": Held("What agencies told meetings"),
    "MeetingAction": Held("Actions of meetings"),
    "Document": Held("Documents", without=("is_privileged", "withdrawn_at", "withdrawn_why"), select=open_documents),
    "DocumentFile": Held(
        "Files of documents", select=files_of_open_documents, without=("sha256", "scan_state", "scanned_at", "scan_words", "claimed_at")
    ),
    "Transfer": Held("Transfers"),
    "Partnership": Held("Forces that work with the record"),
    "SensitiveItem": Held(
        "Sensitive material",
        without=("source", "basis", "originator", "conditions", "consent", "asked_on", "answered_on", "review_on"),
        select=material_that_may_go_on,
    ),
    "ConfidentialSection": Apart(OTHERS, "Victims, other people, tactics and covert activity: for named people only."),
    "SectionVersion": Apart(OTHERS, "What a confidential section said before."),
    "SectionFingerprint": Apart(OTHERS, "Digests of confidential sections."),
    "RestrictedItem": Apart(OTHERS, "Parts of minutes for named recipients only."),
    "Household": Apart(OTHERS, "Children who live at an address."),
    "ProtectedPerson": Apart(OTHERS, "A child or adult at risk from the person."),
    "Exclusion": Apart(OTHERS, "Somebody who must not know of the record, and why."),
    "Invitation": Apart(OTHERS, "Who was asked to come to a meeting."),
    "MaterialUse": Apart("prevention", "What is marked for evidence, bail or an order."),
    "Consultation": Apart("prevention", "What the police plan, and what another agency thinks of it."),
    "NominalUserGrant": ACCESS,
    "NominalGroupGrant": ACCESS,
    "SectionUserGrant": ACCESS,
    "BreakGlass": ACCESS,
    "StatedReason": ACCESS,
    "SilentHit": ACCESS,
    "Marking": NotTheirs("how staff must handle the case file", ON_RECORD),
    "Import": NotTheirs("files of many records: their rows are read where they were stored", ON_RECORD),
    "Meeting": NotTheirs("days with many people on the agenda: the item of each is read itself"),
    "MinutesCopy": NotTheirs("numbers of copies", ON_RECORD),
    "Merge": NotTheirs("which records were put together: what they held is read itself", ON_RECORD),
    "MergedRow": NotTheirs("which keys a merge changed", ON_RECORD),
    "AssessmentTool": RULE,
    "ToolField": RULE,
    "InformationSource": RULE,
    "Word": SEARCH,
    "SavedSearch": SEARCH,
    "SearchSweep": NotTheirs("how far the system has looked"),
}
