"""Every address of the app, by subject in sharing/routes/."""
from django.urls import URLPattern

from sharing.routes import approvals, decisions

app_name = "sharing"
urlpatterns: list[URLPattern] = [
    *decisions.urlpatterns,
    *approvals.urlpatterns,
]
