"""Every address of the app, by subject in disclosure/routes/."""

from django.urls import URLPattern

from disclosure.routes import freedom, history, practice

app_name = "disclosure"
urlpatterns: list[URLPattern] = [
    *freedom.urlpatterns,
    *history.urlpatterns,
    *practice.urlpatterns,
]
