"""Every address of the app, by subject in disclosure/routes/."""

from disclosure.routes import personal

app_name = "disclosure"
urlpatterns = [
    *personal.urlpatterns,
]
