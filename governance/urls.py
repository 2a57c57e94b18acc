"""Every address of the app, by subject in governance/routes/."""

from django.urls import URLPattern

from governance.routes import looks

app_name = "governance"
urlpatterns: list[URLPattern] = [
    *looks.urlpatterns,
]
