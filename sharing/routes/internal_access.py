"""Addresses of pages: who inside the police may see what."""

from django.urls import URLPattern, path

from sharing.views import internal_access

urlpatterns: list[URLPattern] = [
    path("who-may-see-what/", internal_access.WhoMaySeeWhat.as_view(), name="internal-access"),
]
