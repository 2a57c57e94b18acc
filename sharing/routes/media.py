"""Addresses of pages: the media."""

from django.urls import URLPattern, path

from sharing.views import media, proactive

ALL, ONE = "media", "media/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path(f"{ALL}/", media.MediaList.as_view(), name="media-list"),
    path(f"{ALL}/take/", media.TakeEnquiry.as_view(), name="media-take"),
    path(f"{ONE}/", media.MediaPage.as_view(), name="media"),
    path(f"{ONE}/record/", media.LinkRecord.as_view(), name="media-record"),
    path(f"{ONE}/answer/", media.AnswerPressOffice.as_view(), name="media-unit-answer"),
    path(f"{ONE}/strategy/", media.WriteStrategy.as_view(), name="media-strategy"),
    path(f"{ONE}/strategy/agree/", media.AgreeStrategy.as_view(), name="media-strategy-agree"),
    path(f"{ONE}/statements/write/", media.WriteStatement.as_view(), name="media-statement-write"),
    path(f"{ONE}/statements/<int:number>/agree/", media.AgreeStatement.as_view(), name="media-statement-agree"),
    path(f"{ONE}/statements/<int:number>/issue/", media.IssueStatement.as_view(), name="media-statement-issue"),
    path(f"{ONE}/agencies/add/", media.AddAgency.as_view(), name="media-agency-add"),
    path(f"{ONE}/agencies/<int:key>/", media.AgencyAnswer.as_view(), name="media-agency-answer"),
    path(f"{ONE}/close/", media.CloseEnquiry.as_view(), name="media-close"),
    path("sharing/decisions/<uuid:public_id>/proactive/", proactive.PlanProactiveRelease.as_view(), name="proactive"),
]
