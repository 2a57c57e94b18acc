"""Every address of the app, by subject in disclosure/routes/."""

from django.urls import URLPattern

from disclosure.routes import prosecutions

app_name = "disclosure"
urlpatterns: list[URLPattern] = [*prosecutions.urlpatterns]
