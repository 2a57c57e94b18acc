"""Every address of the app, by subject in intelligence/routes/."""
from intelligence.routes import briefings, checks, covert, messages, travel

app_name = "intelligence"
urlpatterns = [*checks.urlpatterns, *briefings.urlpatterns, *covert.urlpatterns, *messages.urlpatterns, *travel.urlpatterns]
