"""Addresses of pages: verdicts on decisions to share."""
from django.urls import URLPattern, path

from sharing.views import approvals

urlpatterns: list[URLPattern] = [
    path("sharing/approvals/", approvals.ApprovalList.as_view(), name="approval-list"),
    path("sharing/approvals/<uuid:public_id>/", approvals.Decide.as_view(), name="approval-decide"),
]
