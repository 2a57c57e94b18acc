"""Addresses of pages: quality of data."""

from django.urls import URLPattern, path

from governance.views import quality

urlpatterns: list[URLPattern] = [
    path("quality/", quality.QualityBoard.as_view(), name="quality"),
    path("quality/<slug:code>/", quality.QualityRows.as_view(), name="quality-rows"),
]
