"""Every address of the app, by subject in disclosure/routes/."""

from django.urls import URLPattern

from disclosure.routes import applications

app_name = "disclosure"
urlpatterns: list[URLPattern] = [
    *applications.urlpatterns,
]
