"""Every address of the app, by subject in disclosure/routes/."""

from django.urls import URLPattern

from disclosure.routes import outcomes

app_name = "disclosure"
urlpatterns: list[URLPattern] = [
    *outcomes.urlpatterns,
]
