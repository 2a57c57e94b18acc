"""Every address of the app, by subject in governance/routes/."""

from django.urls import URLPattern

from governance.routes import figures, further, looks, quality, retention

app_name = "governance"
urlpatterns: list[URLPattern] = [
    *figures.urlpatterns,
    *further.urlpatterns,
    *looks.urlpatterns,
    *quality.urlpatterns,
    *retention.urlpatterns,
]
