"""Tables of sharing, one module a subject."""
from sharing.models.agreements import AgencyContact, Agreement
from sharing.models.decisions import Advice, Answer, Approval, DecisionItem, SharingDecision
from sharing.models.news import PartnerNews
from sharing.models.practice import AuthorityRule, Power
from sharing.models.releases import AgencyAction, AgencyChange, Reading, Release
from sharing.models.requests import InformationRequest, RequestNote, RequestRelease
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
    "DecisionItem",
    "InformationRequest",
    "PartnerNews",
    "Power",
    "Reading",
    "Release",
    "RequestNote",
    "RequestRelease",
    "SharingDecision",
    "Webhook",
    "WebhookDelivery",
]
