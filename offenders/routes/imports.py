"""Addresses of pages: imports."""
from django.urls import URLPattern, path

from offenders.views import imports

urlpatterns: list[URLPattern] = [
    path("imports/", imports.ImportList.as_view(), name="import-list"),
    path("imports/new/", imports.ImportNew.as_view(), name="import-new"),
    path("imports/<uuid:public_id>/", imports.ImportPage.as_view(), name="import"),
    path("imports/<uuid:public_id>/progress/", imports.ImportProgress.as_view(), name="import-progress"),
    path("imports/<uuid:public_id>/store/", imports.ImportStore.as_view(), name="import-store"),
]
