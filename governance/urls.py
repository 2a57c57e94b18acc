"""Every address of the app, by subject in governance/routes/."""

from django.urls import URLPattern

app_name = "governance"
urlpatterns: list[URLPattern] = []
