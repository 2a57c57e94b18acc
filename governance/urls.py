"""Every address of the app, by subject in governance/routes/."""

from django.urls import URLPattern

from governance.routes import figures, further, health, looks, quality, retention

app_name = "governance"
urlpatterns: list[URLPattern] = [
    *figures.urlpatterns,
    *further.urlpatterns,
    *health.urlpatterns,
    *looks.urlpatterns,
    *quality.urlpatterns,
    *retention.urlpatterns,
]
