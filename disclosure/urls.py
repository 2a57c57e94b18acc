"""Every address of the app, by subject in disclosure/routes/."""

from django.urls import URLPattern

from disclosure.routes import applications, freedom, history, outcomes, personal, practice, prosecutions, subject_access

app_name = "disclosure"
urlpatterns: list[URLPattern] = [
    *applications.urlpatterns,
    *freedom.urlpatterns,
    *history.urlpatterns,
    *outcomes.urlpatterns,
    *personal.urlpatterns,
    *practice.urlpatterns,
    *prosecutions.urlpatterns,
    *subject_access.urlpatterns,
]
