"""Every address of the app, by subject in disclosure/routes/."""

from django.urls import URLPattern

app_name = "disclosure"
urlpatterns: list[URLPattern] = []
