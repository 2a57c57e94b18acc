"""Every address of the app, by subject in governance/routes/."""

from django.urls import URLPattern

from governance.routes import retention

app_name = "governance"
urlpatterns: list[URLPattern] = [*retention.urlpatterns]
