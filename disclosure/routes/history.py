"""Addresses of pages: all disclosures about a record."""

from django.urls import URLPattern, path

from disclosure.views import history

ONE = "nominals/<reference:reference>/disclosures"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/", history.History.as_view(), name="history"),
    path(f"{ONE}/print/", history.PrintHistory.as_view(), name="history-print"),
]
