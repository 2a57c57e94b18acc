"""Every address of the app, by subject in sharing/routes/."""
from sharing.routes import items, partner, releases

app_name = "sharing"
urlpatterns = [
    *items.urlpatterns,
    *partner.urlpatterns,
    *releases.urlpatterns,
]
