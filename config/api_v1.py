"""The REST API, version 1."""
from django.urls import include, path

from audit.api import Schema

urlpatterns = [
    path("schema/", Schema.as_view(), name="schema"),
    path("", include("accounts.api.urls")),
    path("", include("offenders.api.urls")),
    path("", include("intelligence.api.urls")),
    path("", include("sharing.api.urls")),
]
