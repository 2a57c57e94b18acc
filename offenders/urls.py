"""Every address of the app, by subject in offenders/routes/."""
from offenders.routes import access, case_file, custody, documents, imports, meetings, merging, records, registration, risk, search, visits

app_name = "offenders"
urlpatterns = [
    *search.urlpatterns,
    *records.urlpatterns,
    *access.urlpatterns,
    *registration.urlpatterns,
    *case_file.urlpatterns,
    *documents.urlpatterns,
    *visits.urlpatterns,
    *risk.urlpatterns,
    *meetings.urlpatterns,
    *custody.urlpatterns,
    *imports.urlpatterns,
    *merging.urlpatterns,
]
