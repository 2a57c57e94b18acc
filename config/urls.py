"""Every address of the service."""
from django.urls import include, path

from accounts.api.views import Token
from offenders.views.home import Home

handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("", include("accounts.urls")),
    path("", include("actions.urls")),
    path("", include("offenders.urls")),
    path("", include("intelligence.urls")),
    path("", include("sharing.urls")),
    path("", include("disclosure.urls")),
    path("", include("governance.urls")),
    path("", include("guide.urls")),
    path("audit/", include("audit.urls")),
    path("api/token/", Token.as_view(), name="api-token"),
    path("api/v1/", include(("config.api_v1", "v1"), namespace="v1")),
]
