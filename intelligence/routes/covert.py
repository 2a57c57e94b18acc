"""Addresses of pages: referrals for covert techniques."""
from django.urls import URLPattern, path

from intelligence.views import covert

MATTERS = "confidential-matters"

urlpatterns: list[URLPattern] = [
    path("nominals/<reference:reference>/confidential/matter/", covert.StartReferral.as_view(), name="covert-start"),
    path(f"{MATTERS}/", covert.CovertList.as_view(), name="covert-list"),
    path(f"{MATTERS}/<uuid:public_id>/", covert.Matter.as_view(), name="covert"),
    path(f"{MATTERS}/<uuid:public_id>/keep/", covert.KeepMatter.as_view(), name="covert-keep"),
    path(f"{MATTERS}/<uuid:public_id>/close/", covert.CloseMatter.as_view(), name="covert-close"),
]
