"""Addresses of pages: searching intelligence reports."""
from django.urls import URLPattern, path

from intelligence.views import report_search

SEARCH = "intelligence-reports/search"
ONE = f"{SEARCH}/<uuid:token>"

urlpatterns: list[URLPattern] = [
    path(f"{SEARCH}/", report_search.SearchReports.as_view(), name="report-search"),
    path(f"{SEARCH}/kept/", report_search.KeptSearches.as_view(), name="report-searches"),
    path(f"{ONE}/", report_search.FoundReports.as_view(), name="report-search-results"),
    path(f"{ONE}/keep/", report_search.KeepSearch.as_view(), name="report-search-keep"),
    path(f"{ONE}/delete/", report_search.DeleteSearch.as_view(), name="report-search-delete"),
]
