"""Every address of the app, by subject in sharing/routes/."""
from django.urls import URLPattern

app_name = "sharing"
urlpatterns: list[URLPattern] = []
