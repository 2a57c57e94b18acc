"""Every address of the app, by subject in disclosure/routes/."""

from django.urls import URLPattern

from disclosure.routes import subject_access

app_name = "disclosure"
urlpatterns: list[URLPattern] = [
    *subject_access.urlpatterns,
]
