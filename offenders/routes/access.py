"""Addresses of pages: who may see a record, confidential sections, sensitive material, history, who has looked."""
from django.urls import URLPattern, path

from offenders.views import access, history, looked, reasons, section_care, sections, sensitive

NOMINAL = "nominals/<reference:reference>"
PEOPLE = f"{NOMINAL}/people"
CONFIDENTIAL = f"{NOMINAL}/confidential"
SECTION = f"{CONFIDENTIAL}/<uuid:public_id>"
SENSITIVE = f"{NOMINAL}/sensitive"

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
    path(f"{SECTION}/change/", section_care.ChangeSectionPage.as_view(), name="section-change"),
    path(f"{SECTION}/review/", section_care.ReviewSectionPage.as_view(), name="section-review"),
    path(f"{SECTION}/pass-on/", section_care.PassOnSectionPage.as_view(), name="section-pass-on"),
    path(f"{SECTION}/print/", section_care.PrintSectionPage.as_view(), name="section-print"),
    path("kept-apart/", section_care.OwnSections.as_view(), name="own-sections"),
    path("kept-apart/of-a-leaver/", section_care.PassOnOfLeaverPage.as_view(), name="leaver-pass-on"),
    path(f"{SENSITIVE}/", sensitive.SensitivePage.as_view(), name="sensitive"),
    path(f"{SENSITIVE}/add/", sensitive.AddSensitive.as_view(), name="sensitive-add"),
    path(f"{SENSITIVE}/<uuid:public_id>/change/", sensitive.EditSensitive.as_view(), name="sensitive-change"),
    path(f"{SENSITIVE}/<uuid:public_id>/end/", sensitive.EndSensitivePage.as_view(), name="sensitive-end"),
    path(f"{NOMINAL}/break-glass/", sections.BreakGlassPage.as_view(), name="break-glass"),
    path(f"{NOMINAL}/history/", history.HistoryPage.as_view(), name="history"),
    path(f"{NOMINAL}/looked/", looked.LookedPage.as_view(), name="looked"),
    path("emergency-openings/", sections.BreakGlassList.as_view(), name="break-glass-list"),
    path("emergency-openings/<uuid:public_id>/", sections.BreakGlassReview.as_view(), name="break-glass-review"),
]
