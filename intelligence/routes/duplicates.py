"""Addresses of pages: pairs of records that may be one person."""
from django.urls import URLPattern, path

from intelligence.views import duplicates

urlpatterns: list[URLPattern] = [
    path("duplicates/", duplicates.DuplicateList.as_view(), name="duplicates"),
    path("duplicates/<uuid:public_id>/refuse/", duplicates.RefusePair.as_view(), name="duplicate-refuse"),
    path("nominals/<reference:reference>/duplicate/", duplicates.ProposeDuplicate.as_view(), name="duplicate-propose"),
]
