"""Every address of the app, by subject in disclosure/routes/."""

from django.urls import URLPattern

from disclosure.routes import applications, freedom, history, outcomes, practice, prosecutions

app_name = "disclosure"
urlpatterns: list[URLPattern] = [
    *applications.urlpatterns,
    *freedom.urlpatterns,
    *history.urlpatterns,
    *outcomes.urlpatterns,
    *practice.urlpatterns,
    *prosecutions.urlpatterns,
]
