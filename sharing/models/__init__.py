"""Tables of sharing, one module a subject."""

from sharing.models.agreements import AgencyContact, Agreement
from sharing.models.decisions import Advice, Answer, Approval, DecisionItem, SharingDecision
from sharing.models.lent_authority import ToldApproval
from sharing.models.media import EnquiryRecord, MediaConsultation, MediaEnquiry, MediaStatement, MediaStrategy, ProactiveRelease
from sharing.models.news import PartnerNews
from sharing.models.practice import AuthorityRule, MediaLine, Power
from sharing.models.releases import AgencyAction, AgencyChange, Reading, Release
from sharing.models.requests import InformationRequest, RequestNote, RequestRelease
from sharing.models.reviews import DecisionReview
from sharing.models.sending import DataBreach, PaperCopy, ReleaseOutcome, Telling
from sharing.models.webhooks import Webhook, WebhookDelivery

__all__ = [
    "Advice",
    "AgencyAction",
    "AgencyChange",
    "AgencyContact",
    "Agreement",
    "Answer",
    "Approval",
    "AuthorityRule",
    "DataBreach",
    "DecisionItem",
    "DecisionReview",
    "EnquiryRecord",
    "InformationRequest",
    "MediaConsultation",
    "MediaEnquiry",
    "MediaLine",
    "MediaStatement",
    "MediaStrategy",
    "PaperCopy",
    "PartnerNews",
    "Power",
    "ProactiveRelease",
    "Reading",
    "Release",
    "ReleaseOutcome",
    "RequestNote",
    "RequestRelease",
    "SharingDecision",
    "Telling",
    "ToldApproval",
    "Webhook",
    "WebhookDelivery",
]
