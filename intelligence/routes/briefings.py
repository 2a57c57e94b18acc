"""Addresses of pages: packs for investigators."""
from django.urls import URLPattern, path

from intelligence.views import briefings

OF_NOMINAL = "nominals/<reference:reference>/briefings"

urlpatterns: list[URLPattern] = [
    path(f"{OF_NOMINAL}/", briefings.NominalBriefings.as_view(), name="nominal-briefings"),
    path(f"{OF_NOMINAL}/make/", briefings.MakeBriefing.as_view(), name="briefing-make"),
    path(f"{OF_NOMINAL}/<uuid:public_id>/give/", briefings.GiveBriefing.as_view(), name="briefing-give"),
    path(f"{OF_NOMINAL}/<uuid:public_id>/end/", briefings.EndBriefing.as_view(), name="briefing-end"),
    path("briefings/", briefings.BriefingList.as_view(), name="briefing-list"),
    path("briefings/<uuid:public_id>/", briefings.BriefingPage.as_view(), name="briefing"),
    path("briefings/<uuid:public_id>/paper/", briefings.BriefingPaper.as_view(), name="briefing-paper"),
]
