"""The few addresses that the base page names, so that the look is tested without the rest of the service."""

from django.http import HttpResponse
from django.urls import include, path


def nothing(request):
    return HttpResponse()


accounts = (
    [
        path("a/", nothing, name="acting-role"),
        path("o/", nothing, name="sign-out"),
        path("k/", nothing, name="keep-alive"),
        path("i/", nothing, name="sign-in"),
        path("u/", nothing, name="account"),
        path("l/<slug:language>/", nothing, name="language"),
    ],
    "accounts",
)
urlpatterns = [path("", nothing, name="home"), path("accounts/", include(accounts))]
