"""Every address of the app, by subject in intelligence/routes/."""
from intelligence.routes import briefings, checks, covert, flag_reviews, flags, information, messages, travel

app_name = "intelligence"
urlpatterns = [
    *checks.urlpatterns,
    *briefings.urlpatterns,
    *covert.urlpatterns,
    *flag_reviews.urlpatterns,
    *flags.urlpatterns,
    *information.urlpatterns,
    *messages.urlpatterns,
    *travel.urlpatterns,
]
