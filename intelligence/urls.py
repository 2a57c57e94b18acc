"""Every address of the app, by subject in intelligence/routes/."""
from intelligence.routes import briefings, checks, covert, flags

app_name = "intelligence"
urlpatterns = [*checks.urlpatterns, *briefings.urlpatterns, *covert.urlpatterns, *flags.urlpatterns]
