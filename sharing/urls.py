"""Every address of the app, by subject in sharing/routes/."""

from django.urls import URLPattern

from sharing.routes import (
    agreements,
    approvals,
    decisions,
    internal_access,
    items,
    lent_authority,
    media,
    news,
    partner,
    practice,
    releases,
    requests,
    webhooks,
)

app_name = "sharing"
urlpatterns: list[URLPattern] = [
    *agreements.urlpatterns,
    *approvals.urlpatterns,
    *decisions.urlpatterns,
    *internal_access.urlpatterns,
    *items.urlpatterns,
    *lent_authority.urlpatterns,
    *media.urlpatterns,
    *news.urlpatterns,
    *partner.urlpatterns,
    *practice.urlpatterns,
    *releases.urlpatterns,
    *requests.urlpatterns,
    *webhooks.urlpatterns,
]
