"""Addresses of pages: decisions to share, their pages and advice."""
from django.urls import URLPattern, path

from sharing.views import advice, decisions, writing

OF_RECORD, ONE, ADVICE = "nominals/<reference:reference>/sharing", "sharing/decisions/<uuid:public_id>", "sharing/advice/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{OF_RECORD}/", decisions.DecisionList.as_view(), name="decision-list"),
    path(f"{OF_RECORD}/begin/<slug:template>/", decisions.StartDecision.as_view(), name="decision-start"),
    path(f"{ONE}/", decisions.DecisionPage.as_view(), name="decision"),
    path(f"{ONE}/pages/<int:number>/", writing.WritePage.as_view(), name="decision-page"),
    path(f"{ONE}/pages/<int:number>/keep/", writing.KeepPage.as_view(), name="decision-keep"),
    path(f"{ONE}/recipient/", writing.NameRecipient.as_view(), name="decision-recipient"),
    path(f"{ONE}/check/", writing.CheckAnswers.as_view(), name="decision-check"),
    path(f"{ONE}/end/", decisions.EndDecision.as_view(), name="decision-end"),
    path(f"{ONE}/review/", decisions.ReviewDecision.as_view(), name="decision-review"),
    path(f"{ONE}/advice/", advice.AddAdvice.as_view(), name="advice-add"),
    path(f"{ADVICE}/give/", advice.GiveAdvice.as_view(), name="advice-give"),
    path(f"{ADVICE}/note/", advice.NoteAdvice.as_view(), name="advice-note"),
    path(f"{ADVICE}/follow/", advice.FollowAdvice.as_view(), name="advice-follow"),
    path(f"{ADVICE}/take-back/", advice.TakeBackQuestion.as_view(), name="advice-take-back"),
]
