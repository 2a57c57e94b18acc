"""Addresses of pages: requests of agencies, for the unit and for the agency."""
from django.urls import URLPattern, path

from sharing.views import asked, requests

QUEUE, ONE = "sharing/requests", "sharing/requests/<uuid:public_id>"
OWN, OWN_ONE = "partner/requests", "partner/requests/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{QUEUE}/", requests.RequestList.as_view(), name="request-list"),
    path(f"{QUEUE}/write-down/", requests.WriteDownRequest.as_view(), name="request-write-down"),
    path(f"{ONE}/", requests.RequestPage.as_view(), name="request"),
    path(f"{ONE}/take/", requests.TakeRequest.as_view(), name="request-take"),
    path(f"{ONE}/give-back/", requests.GiveBackRequest.as_view(), name="request-give-back"),
    path(f"{ONE}/record/", requests.FindRecord.as_view(), name="request-record"),
    path(f"{ONE}/question/", requests.AskBack.as_view(), name="request-question"),
    path(f"{ONE}/reply/", requests.WriteDownReply.as_view(), name="request-reply"),
    path(f"{ONE}/answer/", requests.AnswerRequest.as_view(), name="request-answer"),
    path(f"{ONE}/refuse/", requests.RefuseRequest.as_view(), name="request-refuse"),
    path(f"{OWN}/", asked.AskedList.as_view(), name="asked-list"),
    path(f"{OWN}/ask/", asked.Ask.as_view(), name="ask"),
    path(f"{OWN_ONE}/", asked.AskedPage.as_view(), name="asked"),
    path(f"{OWN_ONE}/reply/", asked.ReplyPage.as_view(), name="asked-reply"),
]
