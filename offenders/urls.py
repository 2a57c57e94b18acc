"""Every address of the app, by subject in offenders/routes/."""
from offenders.routes import access, imports, records, search

app_name = "offenders"
urlpatterns = [*search.urlpatterns, *records.urlpatterns, *access.urlpatterns, *imports.urlpatterns]
