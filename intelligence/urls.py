"""Every address of the app, by subject in intelligence/routes/."""
from intelligence.routes import (
    briefings,
    checks,
    covert,
    duplicates,
    flag_reviews,
    flags,
    information,
    messages,
    tasking,
    travel,
    weak_signals,
)

app_name = "intelligence"
urlpatterns = [
    *checks.urlpatterns,
    *briefings.urlpatterns,
    *covert.urlpatterns,
    *duplicates.urlpatterns,
    *flag_reviews.urlpatterns,
    *flags.urlpatterns,
    *information.urlpatterns,
    *messages.urlpatterns,
    *tasking.urlpatterns,
    *travel.urlpatterns,
    *weak_signals.urlpatterns,
]
