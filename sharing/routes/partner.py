"""Addresses of pages of an agency: what was shared with it."""
from django.urls import URLPattern, path

from sharing.views import partner

ONE = "partner/shared/<uuid:public_id>"

urlpatterns: list[URLPattern] = [
    path("partner/", partner.SharedList.as_view(), name="shared-list"),
    path(f"{ONE}/", partner.SharedPage.as_view(), name="shared"),
    path(f"{ONE}/accept/", partner.AcceptShared.as_view(), name="shared-accept"),
    path(f"{ONE}/done/", partner.SayDone.as_view(), name="shared-done"),
]
