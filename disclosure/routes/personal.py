"""Addresses of pages: what is held about a person, as they would read it."""

from django.urls import URLPattern, path

from disclosure.views import personal

urlpatterns: list[URLPattern] = [
    path("nominals/<reference:reference>/as-the-person-reads-it/", personal.AsRead.as_view(), name="as-read"),
]
