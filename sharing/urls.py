"""Every address of the app, by subject in sharing/routes/."""

from django.urls import URLPattern

from sharing.routes import agreements, approvals, decisions, internal_access, items, lent_authority, media, partner, practice, releases

app_name = "sharing"
urlpatterns: list[URLPattern] = [
    *agreements.urlpatterns,
    *approvals.urlpatterns,
    *decisions.urlpatterns,
    *internal_access.urlpatterns,
    *items.urlpatterns,
    *lent_authority.urlpatterns,
    *media.urlpatterns,
    *partner.urlpatterns,
    *practice.urlpatterns,
    *releases.urlpatterns,
]
