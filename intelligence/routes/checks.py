"""Addresses of pages: system checks."""
from django.urls import URLPattern, path

from intelligence.views import checks

CHECKS = "nominals/<reference:reference>/checks"

urlpatterns: list[URLPattern] = [
    path(f"{CHECKS}/", checks.CheckList.as_view(), name="check-list"),
    path(f"{CHECKS}/record/", checks.RecordCheck.as_view(), name="check-record"),
    path(f"{CHECKS}/<uuid:public_id>/withdraw/", checks.WithdrawCheck.as_view(), name="check-withdraw"),
    path(f"{CHECKS}/ask/<slug:code>/", checks.AskSource.as_view(), name="check-ask"),
    path("connections/", checks.Connections.as_view(), name="connections"),
]
