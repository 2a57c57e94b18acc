"""Every address of the app, by subject in sharing/routes/."""

from django.urls import URLPattern

from sharing.routes import agreements, approvals, decisions, internal_access, lent_authority, media, practice

app_name = "sharing"
urlpatterns: list[URLPattern] = [
    *agreements.urlpatterns,
    *approvals.urlpatterns,
    *decisions.urlpatterns,
    *internal_access.urlpatterns,
    *lent_authority.urlpatterns,
    *media.urlpatterns,
    *practice.urlpatterns,
]
