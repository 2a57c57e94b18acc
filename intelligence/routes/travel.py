"""Addresses of pages: reports from the border, and the foreign-travel record."""
from django.urls import URLPattern, path

from intelligence.views import alert_sources, alerts, travel

TRAVEL = "nominals/<reference:reference>/travel"

urlpatterns: list[URLPattern] = [
    path("travel-alerts/", alerts.AlertQueue.as_view(), name="alert-list"),
    path("travel-alerts/all/", alerts.AlertList.as_view(), name="alert-all"),
    path("travel-alerts/search/", alerts.AlertSearch.as_view(), name="alert-search"),
    path("travel-alerts/balance/", alerts.AlertBalance.as_view(), name="alert-balance"),
    path("travel-alerts/sources/", alert_sources.SourceList.as_view(), name="alert-sources"),
    path("travel-alerts/sources/add/", alert_sources.AddSource.as_view(), name="alert-source-add"),
    path("travel-alerts/sources/<slug:code>/", alert_sources.ChangeSource.as_view(), name="alert-source-change"),
    path("travel-alerts/<uuid:public_id>/", alerts.AlertPage.as_view(), name="alert"),
    path("travel-alerts/<uuid:public_id>/document/", alerts.ShowDocument.as_view(), name="alert-document"),
    path("travel-alerts/<uuid:public_id>/take/", alerts.TakeAlert.as_view(), name="alert-take"),
    path("travel-alerts/<uuid:public_id>/back/", alerts.BringBack.as_view(), name="alert-back"),
    path(f"{TRAVEL}/", travel.TravelPage.as_view(), name="travel"),
    path(f"{TRAVEL}/<uuid:public_id>/evaluate/", travel.EvaluateTravel.as_view(), name="travel-evaluate"),
    path(f"{TRAVEL}/<uuid:public_id>/sign-off/", travel.SignOffTravel.as_view(), name="travel-sign-off"),
    path(f"{TRAVEL}/<uuid:public_id>/breach/", travel.RecordTravelBreach.as_view(), name="travel-breach"),
    path(f"{TRAVEL}/<uuid:public_id>/answer/", travel.AnswerAlert.as_view(), name="travel-answer"),
]
