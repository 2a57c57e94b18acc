"""Addresses of pages: search."""
from django.urls import URLPattern, path

from offenders.views import find

urlpatterns: list[URLPattern] = [
    path("find/", find.Find.as_view(), name="find"),
    path("find/<uuid:token>/", find.FindResults.as_view(), name="find-results"),
]
