"""What each table of sharing is to the person that a record is about."""

from django.db.models import QuerySet

from audit.personal import Apart, Declared, Held, NotTheirs

REASONING = Apart("prevention", "Why something was shared or not, which may tell of whoever is protected by it.")
RECIPIENTS = Apart("others", "What somebody who was told said and promised.")
ASKED = Apart("prevention", "What an agency asked or gave, under its control.")
MEDIA = Apart("others", "What the media asked, and how it was handled.")
RULE = NotTheirs("dated rules")
AGENCY = NotTheirs("agreements and contacts", "people who work for agencies")
PROOF = NotTheirs("that a release was opened, printed or sent on", "whoever received it")
MACHINE = NotTheirs("keys that programs fetch")


def to_agencies(rows: QuerySet) -> QuerySet:
    """Releases to agencies: one to somebody at risk would tell who that is."""
    return rows.filter(agency__isnull=False)


def of_releases_to_agencies(rows: QuerySet) -> QuerySet:
    """What hangs on those."""
    return rows.filter(release__agency__isnull=False)


PERSONAL_DATA: Declared = {
    "Release": Held(
        "What was shared with other agencies",
        nominal="decision__nominal",
        # What a release holds is read where it comes from; some of it comes from what is kept apart.
        without=("content_hash", "recipient", "contents", "purpose", "handling", "must_not", "expected_action", "acknowledged_for"),
        select=to_agencies,
    ),
    "DataBreach": Held("Breaches of data", nominal="release__decision__nominal", without=("lessons",), select=of_releases_to_agencies),
    "SharingDecision": REASONING,
    "Answer": REASONING,
    "Advice": Apart("privileged", "Advice, some of it of lawyers."),
    "DecisionItem": REASONING,
    "Approval": REASONING,
    "ToldApproval": REASONING,
    "DecisionReview": REASONING,
    "ProactiveRelease": REASONING,
    "ReleaseOutcome": REASONING,
    "Telling": RECIPIENTS,
    "AgencyAction": RECIPIENTS,
    "PartnerNews": ASKED,
    "InformationRequest": ASKED,
    "RequestNote": ASKED,
    "RequestRelease": ASKED,
    "MediaEnquiry": MEDIA,
    "EnquiryRecord": MEDIA,
    "MediaStrategy": MEDIA,
    "MediaConsultation": MEDIA,
    "MediaStatement": MEDIA,
    "Reading": PROOF,
    "PaperCopy": PROOF,
    "AgencyChange": MACHINE,
    "Webhook": MACHINE,
    "WebhookDelivery": MACHINE,
    "Agreement": AGENCY,
    "AgencyContact": AGENCY,
    "Power": RULE,
    "AuthorityRule": RULE,
    "MediaLine": RULE,
}
