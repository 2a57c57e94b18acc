"""Addresses of pages: who may see a record, confidential sections, history, who has looked."""
from django.urls import URLPattern, path

from offenders.views import access, history, looked, reasons, sections

NOMINAL = "nominals/<reference:reference>"
PEOPLE = f"{NOMINAL}/people"
CONFIDENTIAL = f"{NOMINAL}/confidential"

urlpatterns: list[URLPattern] = [
    path(f"{NOMINAL}/reason/<str:permission>/", reasons.StateReasonPage.as_view(), name="reason"),
    path(f"{PEOPLE}/", access.PeoplePage.as_view(), name="people"),
    path(f"{PEOPLE}/grant/", access.GrantAccessPage.as_view(), name="access-grant"),
    path(f"{PEOPLE}/grants/<uuid:public_id>/end/", access.EndGrantPage.as_view(), name="access-revoke"),
    path(f"{PEOPLE}/exclude/", access.ExcludePersonPage.as_view(), name="exclusion-add"),
    path(f"{PEOPLE}/exclusions/<uuid:public_id>/end/", access.EndExclusionPage.as_view(), name="exclusion-end"),
    path(f"{PEOPLE}/partner/", access.AddPartnershipPage.as_view(), name="partnership-add"),
    path(f"{PEOPLE}/partnerships/<int:pk>/end/", access.EndPartnershipPage.as_view(), name="partnership-end"),
    path(f"{CONFIDENTIAL}/", sections.ConfidentialPage.as_view(), name="confidential"),
    path(f"{CONFIDENTIAL}/add/", sections.AddSectionPage.as_view(), name="section-add"),
    path(f"{CONFIDENTIAL}/<uuid:public_id>/grant/", sections.GrantSectionPage.as_view(), name="section-grant"),
    path(f"{CONFIDENTIAL}/grants/<uuid:public_id>/end/", sections.EndSectionGrantPage.as_view(), name="section-revoke"),
    path(f"{NOMINAL}/break-glass/", sections.BreakGlassPage.as_view(), name="break-glass"),
    path(f"{NOMINAL}/history/", history.HistoryPage.as_view(), name="history"),
    path(f"{NOMINAL}/looked/", looked.LookedPage.as_view(), name="looked"),
    path("emergency-openings/", sections.BreakGlassList.as_view(), name="break-glass-list"),
    path("emergency-openings/<uuid:public_id>/", sections.BreakGlassReview.as_view(), name="break-glass-review"),
]
