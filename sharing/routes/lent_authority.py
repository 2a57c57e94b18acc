"""Addresses of pages: what was decided with authority that was lent."""

from django.urls import URLPattern, path

from sharing.views import lent_authority

urlpatterns: list[URLPattern] = [
    path("decided-in-your-name/", lent_authority.DecidedInYourName.as_view(), name="lent-authority"),
]
