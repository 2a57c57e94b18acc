"""What becomes of each table of sharing when a record is disposed of."""

from django.db.models import QuerySet

from audit.disposing import NOBODY, Declared, Goes, Going, Stays
from sharing.models import EnquiryRecord, MediaEnquiry

RULE = Stays("dated rules, agreements and contacts")
MACHINE = Stays("keys that programs fetch, never content: an agency reads on from where it was")


def enquiries_about_nobody_else(going: Going) -> QuerySet:
    """Enquiries of the media about these records alone."""
    about = EnquiryRecord.objects.filter(nominal__in=going.keys).values("enquiry")
    others = EnquiryRecord.objects.exclude(nominal__in=going.keys).values("enquiry")
    return MediaEnquiry.objects.filter(pk__in=about).exclude(pk__in=others)


def leave_without_release(news: QuerySet) -> None:
    """News of somebody else that named a release: it says of whom no more than it did."""
    news.filter(subject_name="").update(subject_name=NOBODY)
    news.update(release=None)


DISPOSAL: Declared = {
    "SharingDecision": Goes(),
    "Answer": Goes(),
    "Advice": Goes(),
    "DecisionItem": Goes(),
    "Approval": Goes(),
    "ToldApproval": Goes(),
    "DecisionReview": Goes(),
    "ProactiveRelease": Goes(),
    "Release": Goes(),
    "Reading": Goes(),
    "PaperCopy": Goes(),
    "Telling": Goes(),
    "DataBreach": Goes(),
    "ReleaseOutcome": Goes(),
    "AgencyAction": Goes(),
    "PartnerNews": Goes(without={"release": leave_without_release}),
    "InformationRequest": Goes(without={"release": {}}),
    "RequestNote": Goes(),
    "RequestRelease": Goes(),
    "MediaEnquiry": Goes(also=enquiries_about_nobody_else),
    "EnquiryRecord": Goes(),
    "MediaStrategy": Goes(),
    "MediaConsultation": Goes(),
    "MediaStatement": Goes(),
    "AgencyChange": MACHINE,
    "Webhook": MACHINE,
    "WebhookDelivery": MACHINE,
    "Agreement": RULE,
    "AgencyContact": RULE,
    "Power": RULE,
    "AuthorityRule": RULE,
    "MediaLine": RULE,
}
