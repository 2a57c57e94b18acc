"""Addresses of pages: news of agencies."""
from django.urls import URLPattern, path

from sharing.views import news

ONE, OF_BUREAU = "sharing/news/<uuid:public_id>", "sharing/intelligence/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path("sharing/news/", news.NewsList.as_view(), name="news-list"),
    path(f"{ONE}/", news.NewsPage.as_view(), name="news"),
    path(f"{ONE}/take/", news.TakeNews.as_view(), name="news-take"),
    path(f"{ONE}/record/", news.LinkNews.as_view(), name="news-record"),
    path(f"{ONE}/close/", news.CloseNews.as_view(), name="news-close"),
    path("sharing/intelligence/", news.IntelligenceList.as_view(), name="intelligence-list"),
    path(f"{OF_BUREAU}/", news.IntelligencePage.as_view(), name="intelligence"),
    path(f"{OF_BUREAU}/report/", news.TurnIntoReport.as_view(), name="intelligence-report"),
    path(f"{OF_BUREAU}/consent/", news.RecordConsent.as_view(), name="intelligence-consent"),
    path(f"{OF_BUREAU}/close/", news.CloseIntelligence.as_view(), name="intelligence-close"),
]
